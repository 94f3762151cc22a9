/** G31: A greenlet prints its state, accepts attributes of your own, and cannot be copied. */
import { type Greenlet, GreenletExit, getCurrent, greenlet } from '../../../lib/greenlet/index.ts'
import type { Programs } from '../programs.ts'

/** The words that say how it is. */
function words(g: Greenlet) {
  const text = String(g)
  return ['pending', 'current', 'suspended', 'active', 'started', 'dead', 'main'].filter(word => text.includes(word))
    .sort((one, other) => text.indexOf(one) - text.indexOf(other))
}

export const programs: Programs = {
  'it prints its state'(log) {
    function* run() {
      log('running', words(g))
      yield* main.switch()
    }

    const main = getCurrent()
    const g: Greenlet = greenlet(run)
    log('unstarted', words(g))
    g.resume()
    log('waiting', words(g))
    g.resume()
    log('ended', words(g))
  },

  'main and a greenlet that waits for its child print theirs'(log) {
    function* parentRun() {
      yield* greenlet(childRun).switch()
    }

    function* childRun() {
      log('main', words(main))
      log('parent', words(parent))
      log('child', words(getCurrent()))
    }

    const main = getCurrent()
    const parent: Greenlet = greenlet(parentRun)
    log('main', words(main))
    parent.resume()
    log('main', words(main))
    log('parent', words(parent))
  },

  'killed before it started, it is dead; without run, it is pending'(log) {
    const g = greenlet(() => null)
    g.resumeThrow(GreenletExit)
    log(words(g))
    const bare = greenlet()
    try {
      bare.resume()
    } catch (error) {
      log(error)
    }
    log(words(bare))
  },

  'it takes attributes of the program in any state'(log) {
    type Noted = Greenlet & { note: unknown }

    function* run() {
      (getCurrent() as Noted).note = [g.note, 'and then it ran']
      yield* main.switch()
    }

    const main = getCurrent()
    const g = greenlet(run) as Noted
    g.note = 'made'
    log(g.note)
    g.resume()
    log(g.note)
    g.resume()
    g.note = 'dead'
    log(g.note)
  },

  'copying it is a TypeError'(log) {
    function* run() {
      yield* main.switch()
    }

    const main = getCurrent()
    const unstarted = greenlet(run)
    const waiting = greenlet(run)
    waiting.resume()
    for (const g of [unstarted, waiting, main]) {
      try {
        JSON.stringify(g)
      } catch (error) {
        log(error)
      }
      try {
        JSON.stringify([g])
      } catch (error) {
        log(error)
      }
    }
  },
}
