/** G14: An error thrown into a greenlet that has not started kills it: its `run` is never called. */
import {
  type Greenlet, GreenletExit, type Tracer, getCurrent, greenlet, setTrace,
} from '../../../lib/greenlet/index.ts'
import { type Programs, label } from '../programs.ts'

class Boom extends Error {}

export const programs: Programs = {
  'the error goes on to the parent'(log) {
    function* run() {
      log('never here')
    }

    const g: Greenlet = greenlet(run)
    try {
      g.resumeThrow(new Boom('mine'))
    } catch (error) {
      log('main caught', error, (error as Boom).message)
    }
    log(g.dead, g.active)
    log('main gets', g.resume('through the dead'))
  },

  'the parent need not be the greenlet that throws'(log) {
    function* run() {
      log('never here')
    }

    function* parentRun() {
      try {
        yield* main.switch(greenlet(run))
      } catch (error) {
        log('parent caught', error)
      }
      return 'parent is done'
    }

    function* throwerRun(g: Greenlet) {
      yield* g.throw(Boom)
      log('never here')
    }

    const main = getCurrent()
    const g = (greenlet(parentRun) as Greenlet).resume() as Greenlet
    log('main gets', greenlet(throwerRun).resume(g))
    log(g.dead)
  },

  'GreenletExit is returned to the parent'(log) {
    function* run() {
      log('never here')
    }

    const g: Greenlet = greenlet(run)
    log('main gets', g.resumeThrow(), g.dead)
    const mine = new GreenletExit('mine')
    log('main gets', greenlet(run).resumeThrow(mine) === mine)
  },

  'an unstarted parent dies of an error too, but GreenletExit starts it without arguments'(log) {
    function* run() {
      log('never here')
    }

    function* parentRun(...args: unknown[]) {
      log('parent got', args.length, ...args)
      return 'parent is done'
    }

    let parent: Greenlet = greenlet(parentRun)
    try {
      greenlet(run, parent).resumeThrow(Boom)
    } catch (error) {
      log('main caught', error)
    }
    log(parent.dead)
    parent = greenlet(parentRun)
    log('main gets', greenlet(run, parent).resumeThrow())
    log(parent.dead)
  },

  'it is traced as a throw into the greenlet, followed by the jump to the parent'(log) {
    const tracer: Tracer = (event, greenlets) => {
      log(event, ...greenlets, greenlets[1].dead)
    }

    function* run() {
      log('never here')
    }

    const one: Greenlet = greenlet(run)
    label(one, 'one')
    const other: Greenlet = greenlet(run)
    label(other, 'other')
    setTrace(tracer)
    try {
      one.resumeThrow(Boom)
    } catch (error) {
      log('main caught', error)
    }
    log('main gets', other.resumeThrow())
    setTrace(null)
  },
}
