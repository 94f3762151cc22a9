/**
 * G5: A waiting `switch()` returns the arguments of the switch that resumes it: nothing, the single one, or all as a
 * list.
 */
import { type Greenlet, getCurrent, greenlet } from '../../../lib/greenlet/index.ts'
import type { Programs } from '../programs.ts'

export const programs: Programs = {
  'no argument arrives as nothing, one as itself, several as a list'(log) {
    function* run() {
      for (;;) {
        log(yield* main.switch())
      }
    }

    const main = getCurrent()
    const g: Greenlet = greenlet(run)
    g.resume()
    g.resume()
    g.resume('one')
    g.resume('one', 2, null)
    g.resume(null)
    g.resume([1, 2])
    g.resume([1, 2], 3)
  },

  'the same holds for a switch to main'(log) {
    function* run() {
      yield* main.switch()
      yield* main.switch('one')
      yield* main.switch('one', 2)
      yield* main.switch([1, 2])
      return 'end'
    }

    const main = getCurrent()
    const g: Greenlet = greenlet(run)
    while (!g.dead) {
      log('main gets', g.resume())
    }
  },

  'a single argument is the object itself'(log) {
    function* run(first: number[]) {
      log(first === thing)
      log((yield* main.switch(first)) === thing)
      return thing
    }

    const main = getCurrent()
    const thing = [1, 2]
    const g: Greenlet = greenlet(run)
    log(g.resume(thing) === thing)
    log(g.resume(thing) === thing)
  },

  'several arguments start a greenlet one by one and reach a waiting one together'(log) {
    function* run(a: unknown, b: unknown) {
      log('run got', a, b)
      log('then', yield* main.switch(b, a))
    }

    const main = getCurrent()
    const g: Greenlet = greenlet(run)
    log('main gets', g.resume(1, 2))
    g.resume(3, 4)
  },
}
