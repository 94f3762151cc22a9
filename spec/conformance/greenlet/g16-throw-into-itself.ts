/** G16: An error thrown into the current greenlet is raised right there. */
import { type Greenlet, type Tracer, getCurrent, greenlet, runMain, setTrace } from '../../../lib/greenlet/index.ts'
import { type Programs, label } from '../programs.ts'

class Boom extends Error {}

export const programs: Programs = {
  'a greenlet may throw into itself and catch the error'(log) {
    function* run() {
      const me = getCurrent()
      try {
        yield* me.throw(new Boom('mine'))
        log('never here')
      } catch (error) {
        log('caught', error, (error as Boom).message)
      }
      return 'run is done'
    }

    log('main gets', greenlet(run).resume())
  },

  'if not caught, it ends the greenlet; GreenletExit ends it quietly'(log) {
    function* run(error: unknown) {
      try {
        yield* getCurrent().throw(error)
      } finally {
        log('leaving')
      }
    }

    try {
      greenlet(run).resume(Boom)
    } catch (error) {
      log('main caught', error)
    }

    function* quit() {
      yield* getCurrent().throw()
      log('never here')
    }

    log('main gets', greenlet(quit).resume())
  },

  'main may throw into itself too'(log) {
    const main = getCurrent()
    try {
      main.resumeThrow(Boom)
    } catch (error) {
      log('main caught', error)
    }
  },

  'a program that runs in main may do it too'(log) {
    function* mainProgram() {
      const main = getCurrent()
      try {
        yield* main.throw(Boom)
      } catch (error) {
        log('main caught', error)
      }
      try {
        yield* greenlet(function* () { yield* main.throw(new Boom('from g')) }).switch()
      } catch (error) {
        log('main caught', error, (error as Boom).message)
      }
    }

    runMain(mainProgram)
  },

  'it is traced as a throw from the greenlet to itself'(log) {
    const tracer: Tracer = (event, greenlets) => {
      log(event, ...greenlets)
    }

    function* run() {
      try {
        yield* g.throw(Boom)
      } catch (error) {
        log('caught', error)
      }
    }

    const g: Greenlet = greenlet(run)
    label(g, 'g')
    setTrace(tracer)
    g.resume()
    setTrace(null)
  },
}
