/** G9: An error that escapes from `run` is raised in the parent. A parent that has not started dies without running. */
import {
  type Coroutine, type Greenlet, type Tracer, ValueError, getCurrent, greenlet, setTrace,
} from '../../../lib/greenlet/index.ts'
import { type Programs, label } from '../programs.ts'

class Boom extends Error {}

export const programs: Programs = {
  'the error goes to the parent, whoever switched last'(log) {
    function* parentRun() {
      const child = greenlet(childRun)
      try {
        yield* stranger.switch(child)
      } catch (error) {
        log('parent caught', error, (error as Boom).message)
      }
      return 'parent is done'
    }

    function* strangerRun(child: Greenlet) {
      try {
        yield* child.switch()
      } catch {
        log('never here')
      }
    }

    function* childRun() {
      throw new Boom('of the child')
    }

    const stranger = greenlet(strangerRun)
    const parent = greenlet(parentRun)
    log('main gets', parent.resume())
    log(stranger.active, parent.dead)
  },

  'an error that main does not catch escapes from main as the same object'(log) {
    function* run() {
      throw mine
    }

    const mine = new Boom('mine')
    const g = greenlet(run)
    try {
      g.resume()
    } catch (error) {
      log(error === mine, (error as Boom).message, g.dead)
    }
  },

  'parents that have not started die without running, and the error goes further up'(log) {
    function* neverRun() {
      log('never here')
    }

    function* childRun() {
      throw new Boom()
    }

    let last = getCurrent()
    const parents: Greenlet[] = []
    for (let n = 0; n < 1000; n++) {
      last = greenlet(neverRun, last)
      parents.push(last)
    }
    log(parents.filter(g => g.dead).length)
    try {
      greenlet(childRun, last).resume()
    } catch (error) {
      log('main caught', error)
    }
    log(parents.filter(g => g.dead).length)
  },

  'each greenlet on the way up may handle the error'(log) {
    function* run(names: string[]): Coroutine<unknown> {
      const name = names[0]
      try {
        if (names.length === 1) throw new Boom('from the bottom')
        yield* greenlet(run).switch(names.slice(1))
      } catch (error) {
        log(name, 'caught', error, (error as Error).message)
        if (error instanceof ValueError) return [name, 'is done']
        if (name === 'b') throw new ValueError('instead')
        throw error
      } finally {
        log(name, 'cleans up')
      }
      return undefined
    }

    log('main gets', greenlet(run).resume(['a', 'b', 'c', 'd']))
  },

  'the error passes dead and unstarted parents, and each jump is traced as a throw'(log) {
    const tracer: Tracer = (event, greenlets) => {
      log(event, ...greenlets)
    }

    function* childRun() {
      throw new Boom()
    }

    const dead = greenlet(() => null)
    label(dead, 'dead')
    dead.resume()
    const unstarted = greenlet(() => null, dead)
    label(unstarted, 'unstarted')
    const child = greenlet(childRun, unstarted)
    label(child, 'child')
    setTrace(tracer)
    try {
      child.resume()
    } catch (error) {
      log('main caught', error)
    }
    setTrace(null)
    log(unstarted.dead)
  },
}
