/** G10: A GreenletExit that escapes from `run` ends the greenlet quietly: the parent receives it as a value. */
import {
  type Coroutine, type Greenlet, GreenletExit, type Tracer, ValueError, getCurrent, greenlet, setTrace,
} from '../../../lib/greenlet/index.ts'
import { type Programs, label } from '../programs.ts'

class Leave extends GreenletExit {
  override get name() { return 'Leave' }
}

export const programs: Programs = {
  'GreenletExit and its subclasses are returned to the parent'(log) {
    function* run(exit: GreenletExit) {
      throw exit
    }

    log('main gets', greenlet(run).resume(new GreenletExit()))
    log('main gets', greenlet(run).resume(new Leave()))
    const mine = new GreenletExit('bye')
    const got: unknown = greenlet(run).resume(mine)
    log('main gets', got === mine, (got as GreenletExit).message)
  },

  'it passes every finally, from any depth'(log) {
    function* deep(level: number): Coroutine<void> {
      try {
        if (level === 3) throw new GreenletExit()
        yield* deep(level + 1)
      } finally {
        log('leaving level', level)
      }
    }

    function* run() {
      yield* deep(1)
      log('never here')
    }

    const g: Greenlet = greenlet(run)
    log('main gets', g.resume(), g.dead)
  },

  'it starts an unstarted parent without arguments; returned by the child, it is the argument'(log) {
    function* parentRun(...args: unknown[]) {
      log('parent got', args.length, ...args)
      return 'parent is done'
    }

    function* raises() {
      throw new Leave()
    }

    function* returns() {
      return new Leave()
    }

    log('main gets', greenlet(raises, greenlet(parentRun)).resume())
    log('main gets', greenlet(returns, greenlet(parentRun)).resume())
  },

  'it is traced as a switch, any other error as a throw'(log) {
    const tracer: Tracer = (event, greenlets) => {
      log(event, ...greenlets)
    }

    function* run(error: Error) {
      throw error
    }

    const quiet: Greenlet = greenlet(run)
    label(quiet, 'quiet')
    const loud: Greenlet = greenlet(run)
    label(loud, 'loud')
    setTrace(tracer)
    log(quiet.resume(new GreenletExit()))
    try {
      loud.resume(new ValueError(''))
    } catch (error) {
      log('main caught', error)
    }
    setTrace(null)
  },

  'a GreenletExit that is caught is an error like any other'(log) {
    function* run() {
      try {
        throw new GreenletExit()
      } catch (error) {
        log('caught', error)
      }
      log('gets', yield* main.switch('still here'))
      try {
        throw new GreenletExit()
      } finally {
        throw new ValueError('')
      }
    }

    const main = getCurrent()
    const g: Greenlet = greenlet(run)
    log('main gets', g.resume())
    try {
      g.resume('go on')
    } catch (error) {
      log('main caught', error)
    }
  },
}
