/**
 * G11: If a parent cannot be started, the reason is raised in its own parent. The one that could not start is not dead.
 */
import { Greenlet, GreenletExit, type Tracer, getCurrent, greenlet, setTrace } from '../../../lib/greenlet/index.ts'
import { type Programs, label } from '../programs.ts'

class Boom extends Error {}

export const programs: Programs = {
  'a parent without run is passed over, and its own parent gets an AttributeError'(log) {
    function* grandparentRun() {
      bare.parent = getCurrent()
      try {
        yield* greenlet(() => 'child is done', bare).switch()
      } catch (error) {
        log('grandparent caught', error)
      }
      return 'grandparent is done'
    }

    const bare = greenlet()
    log('main gets', greenlet(grandparentRun).resume())
    log(bare.active, bare.dead)
  },

  'given a run later, it can still be started'(log) {
    const bare = greenlet()
    const child = greenlet(() => 'child is done', bare)
    try {
      child.resume()
    } catch (error) {
      log(error, child.dead)
    }
    bare.run = (value: unknown) => ['run got', value]
    log('main gets', bare.resume('start'))
    log(bare.dead)
  },

  'the AttributeError replaces the error that the child ended with'(log) {
    function* childRun() {
      throw new Boom()
    }

    const bare = greenlet()
    try {
      greenlet(childRun, bare).resume()
    } catch (error) {
      log('main caught', error)
    }
    log(bare.active, bare.dead)
  },

  'further up, unstarted parents die, and others without run are passed over too'(log) {
    function* neverRun() {
      log('never here')
    }

    let last = getCurrent()
    const chain: Greenlet[] = []
    for (const run of [neverRun, null, neverRun, null, null]) {
      last = run === null ? greenlet(undefined, last) : greenlet(run, last)
      chain.push(last)
    }
    try {
      greenlet(() => 'child is done', last).resume()
    } catch (error) {
      log('main caught', error)
    }
    log(chain.map(g => g.dead))
  },

  'a parent whose run property raises is passed over too, and only the jump that succeeds is traced'(log) {
    const tracer: Tracer = (event, greenlets) => {
      log(event, ...greenlets)
    }

    class Fails extends Greenlet {
      // @ts-expect-error: to TypeScript run is a method
      override get run(): never {
        throw new Boom()
      }
    }

    const parent: Greenlet = new Fails()
    label(parent, 'parent')
    const child = greenlet(() => 'child is done', parent)
    label(child, 'child')
    setTrace(tracer)
    try {
      child.resume()
    } catch (error) {
      log('main caught', error)
    }
    setTrace(null)
    log(parent.active, parent.dead)
  },

  'GreenletExit as the reason is thrown like any other error'(log) {
    class Fails extends Greenlet {
      // @ts-expect-error: to TypeScript run is a method
      override get run(): never {
        throw new GreenletExit()
      }
    }

    function* grandparentRun() {
      const parent: Greenlet = new Fails()
      try {
        log('never here', yield* greenlet(() => 'child is done', parent).switch())
      } catch (error) {
        log('grandparent caught', error, parent.dead)
      }
      return 'grandparent is done'
    }

    log('main gets', greenlet(grandparentRun).resume())
  },
}
