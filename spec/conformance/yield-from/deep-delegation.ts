/** Delegation works at any depth: values, errors, results and the close pass all levels. */
import { RuntimeError, ValueError, pyGenerator, yieldFrom } from '../../../lib/greenlet/index.ts'
import type { Programs } from '../programs.ts'
import { WAYS, enter, step } from './support/steps.ts'

export const programs: Programs = {
  'nine hundred levels deep, values, errors and the close pass all levels'(log) {
    function* down(levels: number): Generator<unknown, number> {
      try {
        if (levels === 0) {
          for (;;) {
            try {
              log('bottom got', yield 'bottom')
            } catch (error) {
              if (!(error instanceof RuntimeError)) throw error
              log('bottom caught', error)
            }
          }
        }
        return (yield* yieldFrom(down(levels - 1))) + 1
      } finally {
        counts[0] += 1
      }
    }

    const counts: [number] = [0]
    for (const way of WAYS) {
      const g = pyGenerator(down, 900)
      step(log, () => g.next())
      step(log, () => g.send('sent'))
      enter(log, way, g)
      step(log, () => g.throw(new ValueError('mine')))
      log('left', counts[0])
      counts[0] = 0
    }
  },

  'nine hundred levels deep, the result passes all levels'(log) {
    function* down(levels: number): Generator<unknown, number, number> {
      if (levels === 0) return yield 'bottom'
      return (yield* yieldFrom(down(levels - 1))) + 1
    }

    const g = pyGenerator(down, 900)
    step(log, () => g.next())
    step(log, () => g.send(100))
  },
}
