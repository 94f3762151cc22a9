/** G23: Each greenlet handles its own errors; a switch inside a handler does not mix them up. */
import { type Greenlet, ValueError, getCurrent, greenlet } from '../../../lib/greenlet/index.ts'
import type { Programs } from '../programs.ts'

class Boom extends Error {}

export const programs: Programs = {
  'several greenlets handle an error each at the same time'(log) {
    function* run(name: string) {
      try {
        throw new Boom(name)
      } catch (error) {
        log(name, 'handles', (error as Boom).message)
        yield* main.switch()
        log(name, 'still handles', (error as Boom).message)
      }
      yield* main.switch()
      log(name, 'ends')
    }

    const main = getCurrent()
    const greenlets = ['a', 'b', 'c'].map(name => [greenlet(run), name] as const)
    for (const [g, name] of greenlets) {
      g.resume(name)
    }
    for (let n = 0; n < 2; n++) {
      for (const [g] of greenlets) g.resume()
    }
    log(greenlets.map(([g]) => g.dead))
  },

  'raised again after a switch, it is the same error'(log) {
    function* run(name: string, other: Greenlet | null) {
      try {
        throw new Boom(name)
      } catch (error) {
        if (other !== null) {
          log(name, 'gets', yield* other.switch('other', null))
        } else {
          yield* main.switch('other waits')
        }
        throw error
      }
    }

    const main = getCurrent()
    const first: Greenlet = greenlet(run)
    const other: Greenlet = greenlet(run)
    log('main gets', first.resume('first', other))
    for (const g of [other, first]) {
      try {
        g.resume('go on')
      } catch (error) {
        log('main caught', (error as Boom).message)
      }
    }
  },

  'an error in one is not caused by what another one handles'(log) {
    function* run() {
      throw new Boom('of the other')
    }

    function* handlerRun() {
      try {
        throw new ValueError('')
      } catch (error) {
        log('handler caught', error)
        yield* main.switch()
      }
    }

    const main = getCurrent()
    const handler: Greenlet = greenlet(handlerRun)
    handler.resume()
    try {
      greenlet(run).resume()
    } catch (error) {
      log('main caught', error, (error as { cause?: unknown }).cause)
    }
    log(handler.active)
  },

  'an error that arrives while another one is handled replaces it'(log) {
    function* run() {
      try {
        throw new ValueError('')
      } catch (error) {
        log('handles', error)
        try {
          yield* main.switch()
        } catch (other) {
          log('meanwhile', other)
        }
        log('handles', error)
        yield* main.switch()
      }
    }

    const main = getCurrent()
    const g: Greenlet = greenlet(run)
    g.resume()
    g.resumeThrow(Boom)
    try {
      g.resumeThrow(new Boom('at last'))
    } catch (error) {
      log('main caught', error, (error as Boom).message)
    }
  },
}
