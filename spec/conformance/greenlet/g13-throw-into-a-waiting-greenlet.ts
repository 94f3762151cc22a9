/** G13: An error thrown into a waiting greenlet is raised at its `switch()`. */
import {
  type Greenlet, GreenletExit, type Tracer, getCurrent, greenlet, setTrace,
} from '../../../lib/greenlet/index.ts'
import { type Programs, label } from '../programs.ts'

class Boom extends Error {}

export const programs: Programs = {
  'the greenlet may catch it and continue'(log) {
    function* run() {
      try {
        yield* main.switch('waiting')
      } catch (error) {
        log('caught', error)
      }
      log('gets', yield* main.switch('still here'))
      return 'run is done'
    }

    const main = getCurrent()
    const g: Greenlet = greenlet(run)
    log('main gets', g.resume())
    log('main gets', g.resumeThrow(Boom))
    log('main gets', g.resume('go on'))
  },

  'if not caught, it goes to the parent, not to the thrower'(log) {
    function* parentRun() {
      const child: Greenlet = greenlet(childRun)
      try {
        yield* main.switch(child)
      } catch (error) {
        log('parent caught', error)
      }
      return 'parent is done'
    }

    function* childRun() {
      yield* main.switch()
    }

    function* throwerRun(child: Greenlet) {
      yield* child.throw(Boom)
      log('never here')
    }

    const main = getCurrent()
    const parent: Greenlet = greenlet(parentRun)
    const child = parent.resume() as Greenlet
    greenlet(function* () { yield* child.switch() }).resume()
    const thrower: Greenlet = greenlet(throwerRun)
    log('main gets', thrower.resume(child))
    log(child.dead, thrower.active)
  },

  'GreenletExit runs every finally on its way out, and is returned'(log) {
    function* deep() {
      try {
        yield* main.switch()
      } finally {
        log('deep cleans up')
      }
    }

    function* run() {
      try {
        yield* deep()
      } finally {
        log('run cleans up')
      }
    }

    const main = getCurrent()
    const g: Greenlet = greenlet(run)
    g.resume()
    log('main gets', g.resumeThrow(new GreenletExit('mine')), g.dead)
  },

  'what the greenlet returns after the error goes to the parent as usual'(log) {
    const tracer: Tracer = (event, greenlets) => {
      log(event, ...greenlets)
    }

    function* parentRun(value: unknown) {
      log('parent got', value)
      return 'parent is done'
    }

    function* run() {
      try {
        yield* main.switch()
        return undefined
      } catch {
        return 'recovered'
      }
    }

    const main = getCurrent()
    const parent: Greenlet = greenlet(parentRun)
    label(parent, 'parent')
    const g: Greenlet = greenlet(run, parent)
    label(g, 'g')
    g.resume()
    setTrace(tracer)
    log('main gets', g.resumeThrow(Boom))
    setTrace(null)
  },

  'a finally may switch before it lets the error continue'(log) {
    function* run() {
      try {
        yield* main.switch('waiting')
      } finally {
        log('cleaning up', yield* main.switch('a moment'))
        log('cleaned up')
      }
    }

    const main = getCurrent()
    const g: Greenlet = greenlet(run)
    log('main gets', g.resume())
    log('main gets', g.resumeThrow(Boom))
    try {
      g.resume('take your time')
    } catch (error) {
      log('main caught', error, g.dead)
    }
  },
}
