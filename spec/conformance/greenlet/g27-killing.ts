/**
 * G27: Python throws GreenletExit into a greenlet when its last reference is gone; in JavaScript `kill()` does that.
 */
import {
  type Coroutine, type Greenlet, type Tracer, getCurrent, greenlet, setTrace,
} from '../../../lib/greenlet/index.ts'
import { type Programs, label } from '../programs.ts'

export const programs: Programs = {
  'the greenlet cleans up, and control returns to the greenlet that let go of it'(log) {
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
      } catch (error) {
        log('caught', error)
        throw error
      } finally {
        log('run cleans up')
      }
    }

    const main = getCurrent()
    const g = greenlet(run)
    g.resume()
    log('let go')
    g.kill()
    log('gone')
  },

  'one that has not started never runs, and one that has ended is left alone'(log) {
    function* run() {
      log('running')
    }

    const unstarted = greenlet(run)
    unstarted.kill()
    const ended = greenlet(run)
    ended.resume()
    ended.kill()
    log('gone')
  },

  'for that moment its parent is the greenlet that let go of it'(log) {
    function* parentRun() {
      held.push(greenlet(run))
      yield* (held[0] as Greenlet).switch()
      log('parent gets', yield* main.switch())
    }

    function* run() {
      log('parent at first', getCurrent().parent)
      try {
        yield* (getCurrent().parent as Greenlet).switch()
        return undefined
      } catch {
        log('parent at last', getCurrent().parent)
        return 'not for the parent'
      }
    }

    function* killerRun() {
      held[0]?.kill()
      log('back in', getCurrent())
      return 'killer is done'
    }

    const main = getCurrent()
    const held: Greenlet[] = []
    const parent = greenlet(parentRun)
    label(parent, 'parent')
    parent.resume()
    const killer = greenlet(killerRun)
    label(killer, 'killer')
    log('main gets', killer.resume())
    log(parent.active, parent.dead)
  },

  'it may switch to others while it cleans up'(log) {
    function* otherRun(): Coroutine<void> {
      for (;;) {
        log('other gets', yield* (getCurrent().parent as Greenlet).switch('from other'))
      }
    }

    function* run() {
      try {
        yield* main.switch()
      } finally {
        log('run gets', yield* greenlet(otherRun).switch())
        log('run cleans up')
      }
    }

    const main = getCurrent()
    const g = greenlet(run)
    g.resume()
    g.kill()
    log('gone')
  },

  'it is traced as a throw, and the return as a switch'(log) {
    const tracer: Tracer = (event, greenlets) => {
      log(event, ...greenlets)
    }

    function* run() {
      yield* main.switch()
    }

    const main = getCurrent()
    const g = greenlet(run)
    label(g, 'g')
    g.resume()
    setTrace(tracer)
    g.kill()
    setTrace(null)
  },
}
