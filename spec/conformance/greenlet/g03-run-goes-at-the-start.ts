/** G3: Until a greenlet starts, its `run` can be read, replaced and deleted; after that it is gone. */
import { type Greenlet, getCurrent, greenlet } from '../../../lib/greenlet/index.ts'
import type { Programs } from '../programs.ts'

class Boom extends Error {}

export const programs: Programs = {
  'before the start run can be read, replaced and deleted'(log) {
    function first() {
      return 'first ran'
    }

    function second() {
      return 'second ran'
    }

    const g = greenlet(first)
    log(g.run.name)
    g.run = second
    log(g.run.name)
    g.run = undefined as never
    try {
      log(g.run.name)
    } catch (error) {
      log(error)
    }
    g.run = first
    log(g.resume())
  },

  'run is gone while the greenlet runs, while it waits and when it is dead'(log) {
    function peek(when: string) {
      try {
        log(when, g.run.name)
      } catch (error) {
        log(when, error)
      }
    }

    function* run() {
      peek('running')
      yield* main.switch()
    }

    const main = getCurrent()
    const g: Greenlet = greenlet(run)
    peek('unstarted')
    g.resume()
    peek('waiting')
    g.resume()
    peek('dead')
  },

  'run cannot be set after the start'(log) {
    function put(when: string) {
      try {
        g.run = run
        log(when, 'was set')
      } catch (error) {
        log(when, error)
      }
    }

    function* run() {
      put('running')
      yield* main.switch()
    }

    const main = getCurrent()
    const g: Greenlet = greenlet(run)
    put('unstarted')
    g.resume()
    put('waiting')
    g.resume()
    put('dead')
    log(g.dead)
  },

  'a greenlet killed by a throw before its start has no run either'(log) {
    function* run() {
      log('never here')
    }

    const g = greenlet(run)
    try {
      g.resumeThrow(Boom)
    } catch (error) {
      log(error)
    }
    try {
      log(g.run.name)
    } catch (error) {
      log(error)
    }
    try {
      g.run = run
    } catch (error) {
      log(error)
    }
  },

  'the main greenlet has no run and accepts none'(log) {
    function* run() {}

    const main = getCurrent()
    try {
      log(main.run.name)
    } catch (error) {
      log(error)
    }
    try {
      main.run = run
    } catch (error) {
      log(error)
    }
  },
}
