/** G25: A tracer that raises is removed, and its error is raised in the target of the jump. */
import {
  type Greenlet, GreenletExit, type Tracer, ValueError, getCurrent, getTrace, greenlet, setTrace,
} from '../../../lib/greenlet/index.ts'
import type { Programs } from '../programs.ts'

class Boom extends Error {}

function raising(error: Error): Tracer {
  return () => {
    throw error
  }
}

export const programs: Programs = {
  'in a waiting greenlet it is raised at the switch, instead of the value'(log) {
    function* run() {
      try {
        log('never here', yield* main.switch())
      } catch (error) {
        log('caught', error, (error as Boom).message, getTrace())
      }
      return 'run is done'
    }

    const main = getCurrent()
    const g: Greenlet = greenlet(run)
    g.resume()
    setTrace(raising(new Boom('of the tracer')))
    log('main gets', g.resume('a value'))
    log(getTrace())
  },

  'a greenlet about to start dies without running'(log) {
    function* run() {
      log('never here')
    }

    function* parentRun() {
      const child: Greenlet = greenlet(run)
      try {
        yield* main.switch(child)
      } catch (error) {
        log('parent caught', error)
      }
      return 'parent is done'
    }

    const main = getCurrent()
    const child = (greenlet(parentRun) as Greenlet).resume() as Greenlet
    setTrace(raising(new Boom()))
    log('main gets', child.resume())
    log(child.dead, getTrace())
  },

  'it replaces the error that was thrown'(log) {
    function* run() {
      try {
        yield* main.switch()
      } catch (error) {
        log('caught', error)
      }
      return 'run is done'
    }

    const main = getCurrent()
    const g: Greenlet = greenlet(run)
    g.resume()
    setTrace(raising(new Boom()))
    log('main gets', g.resumeThrow(new ValueError('')))
    log(getTrace())
  },

  'at the end of a greenlet the parent gets it instead of the result, and so does main'(log) {
    function arm() {
      setTrace(raising(new Boom()))
    }

    function* childRun() {
      arm()
      return 'child is done'
    }

    function* parentRun() {
      try {
        yield* greenlet(childRun).switch()
      } catch (error) {
        log('parent caught', error)
      }
      arm()
      yield* main.switch('from parent')
    }

    const main = getCurrent()
    const parent: Greenlet = greenlet(parentRun)
    try {
      log('never here', parent.resume())
    } catch (error) {
      log('main caught', error)
    }
    log(parent.active, getTrace())
    log('main gets', parent.resume())
  },

  'GreenletExit from a tracer ends the target quietly; in a switch to itself, an error is raised right there'(log) {
    function* run() {
      log('never here')
    }

    function* meRun() {
      try {
        setTrace(raising(new Boom()))
        yield* getCurrent().switch()
      } catch (error) {
        log('caught', error, getTrace())
      }
    }

    const g: Greenlet = greenlet(run)
    setTrace(raising(new GreenletExit()))
    log('main gets', g.resume(), g.dead, getTrace())
    greenlet(meRun).resume()
  },
}
