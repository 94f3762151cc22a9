import { type Coroutine, all, createTask, race, sleep } from '../../lib/index.ts'
import { attempt, slip, story } from '../support/stories.ts'

function* runner(log: unknown[], name: string, ms: number, error?: Error): Coroutine<string> {
  try {
    yield* sleep(ms)
    if (error !== undefined) throw error
    return name
  } finally {
    log.push(`${name} is over`)
  }
}

describe('race()', () => {
  it('gives the first, and has ended the others', () => {
    expect(story(function* (log) {
      log.push(yield* race([runner(log, 'slow', 20), runner(log, 'fast', 10), runner(log, 'slower', 30)]))
    })).toEqual(['fast is over', 'slow is over', 'slower is over', 'fast'])
  })

  it('leaves futures alone that are given', () => {
    expect(story(function* (log) {
      const mine = createTask(runner(log, 'mine', 20))
      log.push(yield* race([mine, runner(log, 'fast', 10)]), yield* mine)
    })).toEqual(['fast is over', 'mine is over', 'fast', 'mine'])
  })

  it('throws what the first ends with, and what others fail with', () => {
    expect(story(function* (log) {
      log.push(yield* attempt(() => race([runner(log, 'a', 10, new Error('a fails')), runner(log, 'b', 20)])))
      log.push(yield* attempt(() => race([runner(log, 'c', 10, new Error('c fails')), runner(log, 'd', 10, new Error('d fails'))])))
      function* bad(): Coroutine<void> { try { yield* sleep(50) } finally { log.push(String(new Error('bad cleanup'))) } }
      log.push(yield* race([runner(log, 'e', 5), bad()]))
    })).toEqual([
      'a is over', 'b is over', 'Error undefined: a fails', 'c is over', 'd is over',
      expect.stringMatching(/^ExceptionGroup .*several have failed/), 'e is over', 'Error: bad cleanup', 'e',
    ])
  })

  it('is cancelled with all that it began', () => {
    expect(story(function* (log) {
      const task = createTask(race([runner(log, 'a', 10), runner(log, 'b', 20)]))
      yield* sleep(5)
      task.cancel()
      log.push(yield* attempt(() => task))
    })).toEqual(['a is over', 'b is over', 'CancelledError CANCELLED: '])
  })

  it('takes a list', () => {
    expect([slip(() => race([])), slip(() => race(3 as never)), slip(() => all(3 as never))]).toEqual([
      expect.stringContaining('race() takes an array'), expect.stringContaining('race() takes an array'), expect.stringContaining('all() takes an array'),
    ])
  })
})

describe('all()', () => {
  it('gives the results by position', () => {
    expect(story(function* (log) {
      const [a, b] = yield* all([runner(log, 'a', 20), sleep(10, 7)])
      log.push(a, b, yield* all([]))
    })).toEqual(['a is over', 'a', 7, []])
  })

  it('ends the others with the first error, before it throws', () => {
    expect(story(function* (log) {
      log.push(yield* attempt(() => all([runner(log, 'a', 20), runner(log, 'b', 10, new Error('b fails'))])))
    })).toEqual(['b is over', 'a is over', 'Error undefined: b fails'])
  })
})
