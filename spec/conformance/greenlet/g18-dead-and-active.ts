/** G18: A greenlet is dead once it has ended. It is active (true, in Python) from its start to its end. */
import { type Greenlet, GreenletExit, getCurrent, greenlet } from '../../../lib/greenlet/index.ts'
import type { Programs } from '../programs.ts'

class Boom extends Error {}

export const programs: Programs = {
  'dead and active from the beginning to the end'(log) {
    function* run() {
      log('running', g.dead, g.active)
      yield* main.switch()
      log('running again', g.dead, g.active)
    }

    const main = getCurrent()
    const g: Greenlet = greenlet(run)
    log('unstarted', g.dead, g.active)
    g.resume()
    log('waiting', g.dead, g.active)
    g.resume()
    log('ended', g.dead, g.active)
  },

  'every way to end makes it dead'(log) {
    function* returns() {}

    function* fails() {
      throw new Boom()
    }

    function* leaves() {
      throw new GreenletExit()
    }

    function* waits() {
      yield* main.switch()
    }

    const main = getCurrent()
    for (const run of [returns, fails, leaves, waits]) {
      const g = greenlet(run)
      try {
        g.resume()
      } catch (error) {
        log(error)
      }
      log(run, g.dead, g.active)
    }
  },

  'the parent of a running child is active, and main always is'(log) {
    function* parentRun() {
      yield* greenlet(childRun).switch()
    }

    function* childRun() {
      log(parent.dead, parent.active)
      log(main.dead, main.active)
    }

    const main = getCurrent()
    const parent: Greenlet = greenlet(parentRun)
    log(main.dead, main.active)
    parent.resume()
    log(parent.dead, parent.active)
  },

  'when the parent gets the result, the child is dead already'(log) {
    function* childRun() {
      log('child', g.dead)
    }

    function* parentRun(_value: unknown) {
      log('parent', g.dead)
    }

    const g: Greenlet = greenlet(childRun, greenlet(parentRun))
    g.resume()
  },

  'dead cannot be set'(log) {
    const g = greenlet(() => 'it ran')
    try {
      (g as { dead: boolean }).dead = true
    } catch {
      log('refused')
    }
    log(g.dead, g.resume())
  },
}
