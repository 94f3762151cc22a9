import { join } from 'node:path'
import { questions } from '../../lib/cli/predict.ts'
import { sentences } from '../../lib/study/index.ts'
import { folder, trace } from '../study/support/lesson.ts'

describe('yieldfrom predict', () => {
  const { events } = trace(join(folder, '03-grouper.ts')).recorder
  const words = sentences(events)

  it('asks what comes next: the right answer follows what it shows', () => {
    const asked = questions(events, 8)
    expect(asked.length).toBe(8)
    for (const { before, choices, right } of asked) {
      expect(new Set(choices).size).toBe(3)
      const at = words.findIndex((_, i) => before.every((text, k) => words[i - before.length + k] === text) && words[i] === choices[right])
      expect(at).toBeGreaterThan(0)
    }
  })

  it('does not have its right answer always at the same place, and asks the same each time', () => {
    const asked = questions(events, 8)
    expect(new Set(asked.map(({ right }) => right)).size).toBe(3)
    expect(questions(events, 8)).toEqual(asked)
  })

  it('asks of everything when there is little', () => {
    const few = trace(join(folder, '13-inlined-futures.ts')).recorder.events
    expect(questions(few, 100).length).toBe(few.filter(({ kind }) => !['made', 'enter'].includes(kind)).length)
    expect(questions([], 5)).toEqual([])
  })
})
