/**
 * G8: When a greenlet ends and its parent has not started, the parent starts with the return value as its only
 * argument.
 */
import { type Tracer, ValueError, getCurrent, greenlet, setTrace } from '../../../lib/greenlet/index.ts'
import { type Programs, label } from '../programs.ts'

export const programs: Programs = {
  'the end of the child starts the parent'(log) {
    function* parentRun(value: string) {
      log(getCurrent(), 'got', value)
      log(getCurrent(), 'gets', yield* main.switch('parent waits'))
      return 'parent is done'
    }

    function* childRun(value: string) {
      log(getCurrent(), 'got', value)
      return 'child is done'
    }

    const main = getCurrent()
    const parent = greenlet(parentRun)
    label(parent, 'parent')
    const child = greenlet(childRun, parent)
    label(child, 'child')
    log('main gets', child.resume('start'))
    log('main gets', parent.resume('go on'))
  },

  'the parent always gets one argument'(log) {
    function* parentRun(...args: unknown[]) {
      log(args.length, ...args)
    }

    greenlet(() => 'one', greenlet(parentRun)).resume()
    greenlet(() => [1, 2], greenlet(parentRun)).resume()
    greenlet(() => null, greenlet(parentRun)).resume()
  },

  'the end of one greenlet can start a whole chain of parents'(log) {
    function* run(value: number) {
      log(getCurrent(), 'got', value)
      return value + 1
    }

    let last = getCurrent()
    for (const name of ['grandparent', 'parent', 'child']) {
      last = greenlet(run, last)
      label(last, name)
    }
    log('main gets', last.resume(1))
  },

  'a parent that is started this way and fails, fails to its own parent'(log) {
    function* grandparentRun() {
      const child = greenlet(() => 'child is done', greenlet(parentRun))
      try {
        yield* child.switch()
      } catch (error) {
        log('grandparent caught', error)
      }
      return 'grandparent is done'
    }

    function* parentRun(value: string) {
      log('parent got', value)
      throw new ValueError('')
    }

    log('main gets', greenlet(grandparentRun).resume())
  },

  'the jump to the parent is traced as a switch'(log) {
    const tracer: Tracer = (event, greenlets) => {
      log(event, ...greenlets)
    }

    function* parentRun(value: string) {
      log('parent got', value)
    }

    const parent = greenlet(parentRun)
    label(parent, 'parent')
    const child = greenlet(() => 'child is done', parent)
    label(child, 'child')
    setTrace(tracer)
    child.resume()
    setTrace(null)
  },

  'a chain of a thousand parents'(log) {
    let last = getCurrent()
    for (let n = 0; n < 1000; n++) {
      last = greenlet((value: number) => value + 1, last)
    }
    log('main gets', last.resume(0))
  },
}
