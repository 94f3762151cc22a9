/** G24: The tracer is called after every jump, with `switch` or `throw`, the origin and the target. */
import {
  type Greenlet, GreenletExit, type Tracer, ValueError, getCurrent, getTrace, greenlet, setTrace,
} from '../../../lib/greenlet/index.ts'
import { type Programs, label } from '../programs.ts'

class Boom extends Error {}

export const programs: Programs = {
  'settrace returns the previous tracer, gettrace the current one'(log) {
    const first: Tracer = event => {
      log('first', event)
    }

    const second: Tracer = event => {
      log('second', event)
    }

    function* run() {}

    log(getTrace(), setTrace(first))
    log(getTrace(), setTrace(first))
    greenlet(run).resume()
    log(setTrace(second))
    greenlet(run).resume()
    log(setTrace(null), getTrace())
    greenlet(run).resume()
  },

  'every switch of a conversation, and the death of each'(log) {
    const tracer: Tracer = (event, greenlets) => {
      log(event, ...greenlets)
    }

    function* aRun() {
      yield* b.switch()
      log('a ends')
    }

    function* bRun() {
      yield* a.switch()
      log('b ends')
    }

    const a: Greenlet = greenlet(aRun)
    label(a, 'a')
    const b: Greenlet = greenlet(bRun, a)
    label(b, 'b')
    setTrace(tracer)
    a.resume()
    b.resume()
    b.resume()
    setTrace(null)
  },

  'when the tracer is called, the target is current and nothing of it has run yet'(log) {
    const tracer: Tracer = (event, greenlets) => {
      const [origin, target] = greenlets
      log(event, getCurrent() === target, origin.dead, target.dead, target.active)
    }

    function* run(value: unknown) {
      log('run got', value)
      log('run gets', yield* main.switch('waiting'))
    }

    const main = getCurrent()
    const g: Greenlet = greenlet(run)
    setTrace(tracer)
    log('main gets', g.resume('start'))
    log('main gets', g.resume('go on'))
    setTrace(null)
  },

  'errors that are thrown in, caught, and escape'(log) {
    const tracer: Tracer = (event, greenlets) => {
      log(event, ...greenlets)
    }

    function* parentRun() {
      const child: Greenlet = greenlet(childRun)
      label(child, 'child')
      try {
        yield* child.switch()
      } catch (error) {
        log('parent caught', error)
      }
      yield* child.switch('to the dead')
      throw new Boom()
    }

    function* childRun() {
      try {
        yield* main.switch(getCurrent())
      } catch (error) {
        log('child caught', error)
      }
      yield* main.switch()
    }

    const main = getCurrent()
    const parent: Greenlet = greenlet(parentRun)
    label(parent, 'parent')
    setTrace(tracer)
    const child = parent.resume() as Greenlet
    child.resumeThrow(new ValueError(''))
    try {
      child.resumeThrow(Boom)
    } catch (error) {
      log('main caught', error)
    }
    setTrace(null)
  },

  'the tracer may be set and removed in a greenlet, and by the tracer itself'(log) {
    const tracer: Tracer = (event, greenlets) => {
      log(event, ...greenlets)
      if (greenlets[1] === b) {
        log(setTrace(null) === tracer)
      }
    }

    function* aRun() {
      setTrace(tracer)
      yield* main.switch()
      yield* b.switch()
    }

    function* bRun() {
      log('b runs untraced')
    }

    const main = getCurrent()
    const a: Greenlet = greenlet(aRun)
    label(a, 'a')
    const b: Greenlet = greenlet(bRun)
    label(b, 'b')
    a.resume()
    a.resume()
    log(getTrace())
  },

  'a whole family dies: of an error, of GreenletExit, by returning'(log) {
    const tracer: Tracer = (event, greenlets) => {
      log(event, ...greenlets)
    }

    function* waits(value?: unknown) {
      yield* main.switch()
      return value
    }

    const main = getCurrent()
    for (const error of [new Boom(), new GreenletExit(), null]) {
      const grandparent: Greenlet = greenlet(waits)
      label(grandparent, 'grandparent')
      grandparent.resume()
      const parent: Greenlet = greenlet(waits, grandparent)
      label(parent, 'parent')
      const child: Greenlet = greenlet(waits, parent)
      label(child, 'child')
      child.resume()
      setTrace(tracer)
      try {
        log('main gets', error === null ? child.resume() : child.resumeThrow(error))
      } catch (caught) {
        log('main caught', caught)
      }
      setTrace(null)
      log(child.dead, parent.dead, grandparent.dead)
    }
  },
}
