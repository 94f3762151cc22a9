/** G30: The call frames of a greenlet can be inspected while it waits. */
import { type Greenlet, getCurrent, greenlet, yieldFrom } from '../../../lib/greenlet/index.ts'
import type { Programs } from '../programs.ts'

class Boom extends Error {}

/** Outermost first. */
function names(g: Greenlet) {
  return g.frames.map(frame => frame.name)
}

export const programs: Programs = {
  'there are none before the start, while it runs and after the end'(log) {
    function* run() {
      log('running', g.frames.length === 0)
      yield* main.switch()
    }

    const main = getCurrent()
    const g: Greenlet = greenlet(run)
    log('unstarted', g.frames.length === 0)
    g.resume()
    log('waiting', g.frames.length === 0)
    g.resume()
    log('dead', g.frames.length === 0)
  },

  'they are the frames of its own calls, down to the one that switched'(log) {
    function* run() {
      yield* main.switch()
      yield* yieldFrom(outer())
      yield* main.switch()
    }

    function* outer() {
      yield* yieldFrom(inner())
      yield* main.switch()
    }

    function* inner() {
      yield* main.switch()
    }

    const main = getCurrent()
    const g = greenlet(run)
    for (let n = 0; n < 4; n++) {
      g.resume()
      log(names(g))
    }
    g.resume()
    log(names(g))
  },

  'a parent that waits for its child shows its own frames, not those of the child'(log) {
    function* parent() {
      yield* yieldFrom(outer())
    }

    function* outer() {
      yield* c.switch()
    }

    function* child() {
      log(names(p), names(c))
      yield* main.switch()
    }

    const main = getCurrent()
    const p = greenlet(parent)
    const c: Greenlet = greenlet(child, p)
    p.resume()
    log(names(p), names(c))
    c.resume()
    log(names(p), names(c))
  },

  'an error thrown in removes the frames that it leaves'(log) {
    function* run() {
      try {
        yield* yieldFrom(outer())
      } catch (error) {
        if (!(error instanceof Boom)) throw error
        yield* main.switch()
      }
    }

    function* outer() {
      yield* yieldFrom(inner())
    }

    function* inner() {
      yield* main.switch()
    }

    const main = getCurrent()
    const g = greenlet(run)
    g.resume()
    log(names(g))
    g.resumeThrow(Boom)
    log(names(g))
    g.resumeThrow()
    log(names(g))
  },
}
