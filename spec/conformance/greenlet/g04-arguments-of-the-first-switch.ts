/** G4: The first switch to a greenlet calls its `run` with the arguments of the switch. */
import { Greenlet, getCurrent, greenlet } from '../../../lib/greenlet/index.ts'
import { type Programs, label } from '../programs.ts'

export const programs: Programs = {
  'the arguments of the first switch are the arguments of run'(log) {
    function* run(...args: unknown[]) {
      log(args.length, ...args)
    }

    greenlet(run).resume()
    greenlet(run).resume('one')
    greenlet(run).resume('one', 2, [3, 4])
    greenlet(run).resume(null)
    greenlet(run).resume([1, 2])
  },

  'the same holds when one greenlet starts another'(log) {
    function* run(...args: unknown[]) {
      log(args.length, ...args)
    }

    function* starter() {
      yield* greenlet(run).switch()
      yield* greenlet(run).switch('one')
      yield* greenlet(run).switch('one', 'two')
    }

    greenlet(starter).resume()
  },

  'an argument that has a default may be left out'(log) {
    function* run(first: unknown, second: unknown = 'second') {
      return [first, second]
    }

    log(greenlet(run).resume('first'))
    log(greenlet(run).resume(1, 2))
  },

  'run may be a plain function, which ends when it returns'(log) {
    function run(a: number, b: number) {
      log(getCurrent(), g.dead)
      return a + b
    }

    const g: Greenlet = greenlet(run)
    label(g, 'g')
    log(g.resume(1, 2), g.dead)
  },

  'a run that cannot be called kills the greenlet, and its parent gets the TypeError'(log) {
    class Odd extends Greenlet {
      // @ts-expect-error: to TypeScript run is a method
      override get run() { return 'not a function' }
    }

    function* parentRun() {
      const odd: Greenlet = new Odd() as never
      made.push(odd)
      try {
        log('never here', yield* main.switch('made'))
      } catch (error) {
        log('parent caught', error)
      }
      return 'parent is done'
    }

    const main = getCurrent()
    const made: Greenlet[] = []
    const parent = greenlet(parentRun)
    parent.resume()
    log('main gets', made[0]?.resume(1, 2))
    log(made[0]?.dead, parent.dead)
  },
}
