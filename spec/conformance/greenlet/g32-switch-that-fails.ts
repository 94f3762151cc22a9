/** G32: A switch that cannot be made raises its error where it was made, and leaves both greenlets as they were. */
import { Greenlet, type Tracer, getCurrent, greenlet, setTrace } from '../../../lib/greenlet/index.ts'
import { type Programs, label } from '../programs.ts'

class Boom extends Error {}

export const programs: Programs = {
  'the greenlet that switched continues, and so do all others'(log) {
    function* run() {
      try {
        yield* bare.switch('lost')
      } catch (error) {
        log('caught', error, 'in', getCurrent())
      }
      log('gets', yield* main.switch('still here'))
      return 'run is done'
    }

    const main = getCurrent()
    const bare: Greenlet = greenlet()
    const g: Greenlet = greenlet(run)
    label(g, 'g')
    log('main gets', g.resume())
    log('main gets', g.resume('go on'))
    log(bare.active, bare.dead, g.dead)
  },

  'the arguments of the switch are dropped'(log) {
    const bare: Greenlet = greenlet()
    for (const value of ['first', 'second']) {
      try {
        bare.resume(value, value)
      } catch (error) {
        log(error)
      }
    }
    try {
      bare.resumeThrow(Boom)
    } catch (error) {
      log(error)
    }
    bare.run = (...args: unknown[]) => ['run got', ...args]
    log(bare.resume('third'))
  },

  'the target may be the ancestor of a dead greenlet'(log) {
    function* run() {
      for (let n = 0; n < 2; n++) {
        try {
          yield* dead.switch(n)
        } catch (error) {
          log('caught', error)
        }
        dead.parent = fails
      }
      return 'run is done'
    }

    class Fails extends Greenlet {
      // @ts-expect-error: to TypeScript run is a method
      override get run(): never {
        throw new Boom()
      }
    }

    const fails: Greenlet = new Fails()
    const dead: Greenlet = greenlet(() => null)
    dead.resume()
    dead.parent = greenlet()
    log('main gets', greenlet(run).resume())
    log(fails.dead, dead.parent === fails)
  },

  'the tracer is not called'(log) {
    const tracer: Tracer = (event, greenlets) => {
      log(event, ...greenlets)
    }

    function* run() {
      try {
        yield* bare.switch()
      } catch (error) {
        log('caught', error)
      }
    }

    const bare: Greenlet = greenlet()
    const g: Greenlet = greenlet(run)
    label(g, 'g')
    setTrace(tracer)
    try {
      bare.resumeThrow(Boom)
    } catch (error) {
      log('main caught', error)
    }
    g.resume()
    setTrace(null)
  },

  'if not caught, the error ends the greenlet that switched, like any error'(log) {
    function* run() {
      yield* bare.switch()
    }

    function* parentRun() {
      try {
        yield* greenlet(run).switch()
      } catch (error) {
        log('parent caught', error)
      }
      bare.run = () => 'bare ran'
      return yield* bare.switch()
    }

    const bare: Greenlet = greenlet()
    log('main gets', greenlet(parentRun).resume())
    log(bare.dead)
  },
}
