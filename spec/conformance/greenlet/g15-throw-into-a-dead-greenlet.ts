/**
 * G15: An error thrown into a dead greenlet is raised in its nearest living ancestor; GreenletExit arrives there as a
 * value.
 */
import {
  type Greenlet, GreenletExit, type Tracer, getCurrent, greenlet, setTrace,
} from '../../../lib/greenlet/index.ts'
import { type Programs, label } from '../programs.ts'
import { deadGreenlet } from './support/dead.ts'

class Boom extends Error {}

class Leave extends GreenletExit {
  override get name() { return 'Leave' }
}

export const programs: Programs = {
  'an error is raised in the parent, GreenletExit arrives as a value'(log) {
    const g = deadGreenlet('g')
    try {
      g.resumeThrow(new Boom('mine'))
    } catch (error) {
      log('main caught', error, (error as Boom).message)
    }
    log('main gets', g.resumeThrow())
    log('main gets', g.resumeThrow(Leave))
    const mine = new GreenletExit('mine')
    log('main gets', g.resumeThrow(mine) === mine)
    log(g.dead)
  },

  'the nearest living ancestor may be far up and be waiting for something else'(log) {
    function* ancestorRun() {
      for (let n = 0; n < 2; n++) {
        try {
          log('ancestor gets', yield* main.switch())
        } catch (error) {
          log('ancestor caught', error)
        }
      }
      return 'ancestor is done'
    }

    function* throwerRun(error: Error) {
      yield* last.throw(error)
      log('never here')
    }

    const main = getCurrent()
    const ancestor: Greenlet = greenlet(ancestorRun)
    let last = ancestor
    for (let n = 0; n < 1000; n++) {
      last = deadGreenlet(String(n), last)
    }
    ancestor.resume()
    greenlet(throwerRun).resume(new Leave())
    log('main gets', greenlet(throwerRun).resume(new Boom()))
  },

  'an unstarted ancestor dies of an error, but GreenletExit starts it without arguments'(log) {
    function* ancestorRun(...args: unknown[]) {
      log('ancestor got', args.length, ...args)
      return 'ancestor is done'
    }

    let ancestor: Greenlet = greenlet(ancestorRun)
    try {
      deadGreenlet('g', ancestor).resumeThrow(Boom)
    } catch (error) {
      log('main caught', error)
    }
    log(ancestor.dead)
    ancestor = greenlet(ancestorRun)
    log('main gets', deadGreenlet('g', ancestor).resumeThrow())
    log(ancestor.dead)
  },

  'it is traced as one jump to the ancestor: a switch for GreenletExit, a throw for any other error'(log) {
    const tracer: Tracer = (event, greenlets) => {
      log(event, ...greenlets)
    }

    function* callerRun() {
      log('caller gets', yield* last.throw())
      try {
        yield* last.throw(Boom)
      } catch (error) {
        log('caller caught', error)
      }
    }

    const caller: Greenlet = greenlet(callerRun)
    label(caller, 'caller')
    const last: Greenlet = deadGreenlet('last', deadGreenlet('first', caller))
    setTrace(tracer)
    log('main gets', last.resumeThrow())
    setTrace(null)
  },

  'an ancestor without run cannot be reached, and the thrower gets the error'(log) {
    const bare: Greenlet = greenlet()
    const g = deadGreenlet('g', bare)
    for (const error of [Boom, GreenletExit]) {
      try {
        g.resumeThrow(error)
      } catch (caught) {
        log('main caught', caught)
      }
    }
    log(bare.active, bare.dead)
  },
}
