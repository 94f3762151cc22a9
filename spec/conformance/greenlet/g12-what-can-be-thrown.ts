/**
 * G12: `throw()` takes an error, a class of errors, or a class and a message. Without arguments it throws GreenletExit.
 */
import { type Greenlet, GreenletExit, getCurrent, greenlet } from '../../../lib/greenlet/index.ts'
import type { Programs } from '../programs.ts'

class Boom extends Error {}

export const programs: Programs = {
  'throw() without arguments throws GreenletExit'(log) {
    function* run() {
      try {
        yield* main.switch()
      } catch (error) {
        log('caught', error)
        throw error
      }
    }

    const main = getCurrent()
    const g: Greenlet = greenlet(run)
    g.resume()
    log('main gets', g.resumeThrow(), g.dead)
  },

  'a class stands for a new instance of it, with a message if one is given'(log) {
    function* run() {
      for (;;) {
        try {
          yield* main.switch()
        } catch (error) {
          log('caught', error, error instanceof Boom, (error as Boom).message)
        }
      }
    }

    const main = getCurrent()
    const g: Greenlet = greenlet(run)
    g.resume()
    g.resumeThrow(Boom)
    g.resumeThrow(Boom, 'with a message')
  },

  'an instance is thrown as it is'(log) {
    function* run() {
      try {
        yield* main.switch()
      } catch (error) {
        log('caught', error === mine, (error as Boom).message)
        throw error
      }
    }

    const main = getCurrent()
    const mine = new Boom('mine')
    const g: Greenlet = greenlet(run)
    g.resume()
    try {
      g.resumeThrow(mine)
    } catch (error) {
      log('main caught', error === mine)
    }
  },

  'an instance with a message is a TypeError for the thrower, and the target is left alone'(log) {
    function* run() {
      log('gets', yield* main.switch())
    }

    function* throwerRun() {
      try {
        yield* g.throw(new Boom('mine'), 'with a message')
      } catch (error) {
        log('thrower caught', error)
      }
      return 'thrower is done'
    }

    const main = getCurrent()
    const g: Greenlet = greenlet(run)
    g.resume()
    try {
      g.resumeThrow(new Boom('mine'), 'with a message')
    } catch (error) {
      log('main caught', error)
    }
    log('main gets', greenlet(throwerRun).resume())
    log(g.active, g.dead)
    g.resume('a value')
  },

  'the same holds for a throw from one greenlet into another'(log) {
    function* run() {
      for (;;) {
        try {
          yield* thrower.switch('next')
        } catch (error) {
          log('caught', error, (error as Error).message)
          if (error instanceof GreenletExit) return
        }
      }
    }

    function* throwerRun() {
      yield* g.switch()
      yield* g.throw(Boom)
      yield* g.throw(Boom, 'with a message')
      yield* g.throw(new Boom('mine'))
      yield* g.throw()
    }

    const g: Greenlet = greenlet(run)
    const thrower: Greenlet = greenlet(throwerRun)
    thrower.resume()
    log(g.dead, thrower.active)
  },
}
