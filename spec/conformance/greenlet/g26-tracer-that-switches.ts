/** G26: The tracer runs in the target and may switch itself; those switches are traced too. */
import { type Tracer, getCurrent, getTrace, greenlet, setTrace } from '../../../lib/greenlet/index.ts'
import { type Programs, label } from '../programs.ts'

class Boom extends Error {}

export const programs: Programs = {
  'it may switch before the target starts'(log) {
    const tracer: Tracer = function* (event, greenlets) {
      const [origin, target] = greenlets
      log(event, origin, target)
      if (target === g && origin === main) {
        log('tracer gets', yield* helper.switch('about', target), 'in', getCurrent())
        log('tracer gets', yield* helper.switch('again', target), 'in', getCurrent())
      }
    }

    function* helperRun(...args: unknown[]) {
      for (;;) {
        log('helper got', ...args)
        args = yield* g.switch<unknown[]>('from helper', args.length)
      }
    }

    function* run(...args: unknown[]) {
      log('run got', ...args)
      return 'run is done'
    }

    const main = getCurrent()
    const g = greenlet(run)
    label(g, 'g')
    const helper = greenlet(helperRun)
    label(helper, 'helper')
    setTrace(tracer)
    log('main gets', g.resume('start', 'it'))
    setTrace(null)
  },

  'main may be the target'(log) {
    const tracer: Tracer = function* (event, greenlets) {
      const [origin, target] = greenlets
      log(event, origin, target)
      if (event === 'throw' && target === main) {
        const helper = greenlet(helperRun)
        label(helper, 'helper')
        log('tracer gets', yield* helper.switch(), 'in', getCurrent())
      }
    }

    function* helperRun() {
      return 'from helper'
    }

    function* run() {
      throw new Boom()
    }

    const main = getCurrent()
    const g = greenlet(run)
    label(g, 'g')
    setTrace(tracer)
    try {
      g.resume()
    } catch (error) {
      log('main caught', error)
    }
    setTrace(null)
  },

  'an error that is thrown waits for the tracer'(log) {
    const tracer: Tracer = function* (event, greenlets) {
      const [origin, target] = greenlets
      log(event, origin, target)
      if (event === 'throw') {
        const helper = greenlet(helperRun)
        label(helper, 'helper')
        log('tracer gets', yield* helper.switch())
      }
    }

    function* helperRun() {
      return 'from helper'
    }

    function* run() {
      try {
        yield* main.switch()
      } catch (error) {
        log('caught', error)
      }
      return 'run is done'
    }

    const main = getCurrent()
    const g = greenlet(run)
    label(g, 'g')
    g.resume()
    setTrace(tracer)
    log('main gets', g.resumeThrow(Boom))
    setTrace(null)
  },

  'if it raises after a switch, it is removed as well, and the target gets the error'(log) {
    const tracer: Tracer = function* (event, greenlets) {
      const [origin, target] = greenlets
      log(event, origin, target)
      if (target === g && origin === main) {
        yield* greenlet(helperRun).switch()
        throw new Boom()
      }
    }

    function* helperRun() {
      log('helper runs')
    }

    function* run() {
      try {
        yield* main.switch()
      } catch (error) {
        log('caught', error, getTrace())
      }
      return 'run is done'
    }

    const main = getCurrent()
    const g = greenlet(run)
    label(g, 'g')
    g.resume()
    setTrace(tracer)
    log('main gets', g.resume())
    log(getTrace())
  },

  'it may give control away, and the target continues when somebody switches back'(log) {
    const tracer: Tracer = function* (event, greenlets) {
      const [origin, target] = greenlets
      log(event, origin, target)
      if (target === g && seen.length === 0) {
        seen.push(event)
        log('tracer gets', yield* main.switch('not yet'))
      }
    }

    function* run(value: unknown) {
      log('run got', value)
      return 'run is done'
    }

    const main = getCurrent()
    const seen: string[] = []
    const g = greenlet(run)
    label(g, 'g')
    setTrace(tracer)
    log('main gets', g.resume('start'))
    log(g.dead, g.active)
    log('main gets', g.resume('now'))
    setTrace(null)
  },
}
