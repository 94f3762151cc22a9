import { PassThrough } from 'node:stream'
import { join } from 'node:path'
import { choiceOf } from '../../lib/cli/answer.ts'
import { predict, questions } from '../../lib/cli/predict.ts'
import { reasonFor } from '../../lib/cli/reason.ts'
import type { StudyEvent, StudyKind } from '../../lib/study/index.ts'
import { folder, trace } from '../study/support/lesson.ts'

const choices = ["echo yields 'ready' on line 3", "echo's yield on line 3 evaluates to undefined", 'echo returns 42 on line 6']

describe('an answer', () => {
  it.each([
    ['a', 0], ['B', 1], ['(c)', 2], ['c.', 2], ['1', 0], ['3', 2],
    ["echo yields 'ready' on line 3", 0], ['ECHO YIELDS "ready"', 0], ['ready', 0], ["'ready'", 0], ['it yields ready', 0],
    ['None', 1], ['undefined', 1], ['null', 1], ['evaluates to None.', 1], ['42', 2], ['it returns 42', 2],
  ])('may be %p', (answer, place) => { expect(choiceOf(answer, choices)).toBe(place) })

  it.each(['', '  ', 'echo', 'on line 3', 'd', '4', 'tea', 'yields 42'])('is asked for again when it is %p', answer => {
    expect(choiceOf(answer, choices)).toBe(null)
  })

  it('that is a number means the value, if one of the choices has it', () => {
    expect(choiceOf('2', ['f yields 1 on line 9', 'f yields 7', 'f yields 2'])).toBe(2)
    expect(choiceOf('2', ['f yields 1', 'f yields 7'])).toBe(1)
  })
})

describe('the quiz', () => {
  const asked = questions(trace(join(folder, '01-send.ts')).recorder.events, 3)
  const letters = asked.map(({ right }) => 'abc'.charAt(right))

  /** What it prints when these lines come in. */
  function session(lines: readonly string[]): Promise<{ score: number; printed: string }> {
    const input = new PassThrough()
    input.end(lines.map(line => `${line}\n`).join(''))
    let printed = ''
    return predict(asked, text => { printed += text }, input).then(score => ({ score, printed }))
  }

  it('keeps score, says what is right and why, and asks again for an answer that is none', () => {
    const wrong = letters[1] === 'a' ? 'b' : 'a'
    return session([letters[0] as string, 'tea', wrong, letters[2] as string]).then(({ score, printed }) => {
      expect(score).toBe(2)
      expect(printed.split('\n').filter(line => /^(> )?(Right|No|That)|right\.$/.test(line))).toEqual([
        `> Right: ${asked[0]?.why as string}`,
        '> That is none of them, or more than one. Answer with a, b, c, or with more words; q ends.',
        `> No, it is ${letters[1] as string}) ${asked[1]?.choices[asked[1].right] as string}: ${asked[1]?.why as string}`,
        `> Right: ${asked[2]?.why as string}`,
        '2 of 3 right.',
      ])
    })
  })

  it('ends when it is told to, and when nothing more comes in', () => Promise.all([session(['q']), session([])]).then(ended => {
    for (const { score, printed } of ended) {
      expect(score).toBe(0)
      expect(printed.endsWith('\n0 of 0: you left after 0 of 3 questions.\n')).toBe(true)
    }
  }))
})

it('each event that is asked for has a reason, another one for a delegate', () => {
  const kinds: StudyKind[] = ['send', 'answer', 'result', 'throw', 'fail', 'yield', 'emit', 'delegate', 'return', 'raise', 'close', 'catch', 'finally', 'suspend', 'switch', 'task', 'done', 'cancel', 'output']
  const event = (kind: StudyKind, parent: string | null, why: StudyEvent['why']): StudyEvent =>
    ({ seq: 1, time: null, kind, task: null, greenlet: 'main', frame: 'f', parent, depth: 0, value: '', ...why === undefined ? {} : { why } })
  for (const kind of kinds) {
    expect(reasonFor(event(kind, null, 'switch'))).toMatch(/\.$/)
    const isOther = ['send', 'throw', 'yield', 'return', 'switch'].includes(kind)
    expect([kind, reasonFor(event(kind, 'g', 'throw')) !== reasonFor(event(kind, null, 'switch'))]).toEqual([kind, isOther])
  }
  expect(reasonFor(event('turn', null, undefined))).toBe('')
})
