/** G20: `getcurrent()` is the greenlet that runs. Outside of all greenlets that is main, which has no parent. */
import { type Coroutine, type Greenlet, ValueError, getCurrent, greenlet } from '../../../lib/greenlet/index.ts'
import { type Programs, label } from '../programs.ts'

export const programs: Programs = {
  'it follows every switch'(log) {
    function* aRun() {
      log(getCurrent())
      yield* b.switch()
      log(getCurrent())
    }

    function* bRun() {
      log(getCurrent())
      yield* a.switch()
      log('never here')
    }

    const a = greenlet(aRun)
    label(a, 'a')
    const b: Greenlet = greenlet(bRun)
    label(b, 'b')
    log(getCurrent())
    a.resume()
    log(getCurrent())
  },

  'there is one main, without a parent, and every chain of parents ends there'(log) {
    function* run(depth: number): Coroutine<unknown> {
      if (depth < 5) return yield* greenlet(run).switch(depth + 1)
      let g = getCurrent()
      let steps = 0
      while (g.parent !== null) {
        g = g.parent
        steps++
      }
      return [steps, g === main]
    }

    const main = getCurrent()
    log(main === getCurrent(), main.parent)
    log(greenlet(run).resume(1))
  },

  'functions that a greenlet calls run in the same greenlet'(log) {
    function* inner() {
      log(getCurrent())
      yield* main.switch()
      log(getCurrent())
    }

    function* run() {
      yield* inner()
      log([1, 2].map(() => getCurrent()))
    }

    const main = getCurrent()
    const g = greenlet(run)
    label(g, 'g')
    g.resume()
    g.resume()
  },

  'after an error it is the greenlet that caught it'(log) {
    function* parentRun() {
      try {
        yield* greenlet(childRun).switch()
      } catch {
        log(getCurrent())
      }
      throw new ValueError('')
    }

    function* childRun() {
      label(getCurrent(), 'child')
      try {
        throw new ValueError('')
      } finally {
        log(getCurrent())
      }
    }

    const parent = greenlet(parentRun)
    label(parent, 'parent')
    try {
      parent.resume()
    } catch {
      log(getCurrent())
    }
  },
}
