/** G2: A greenlet looks up its `run` when it starts, so a subclass can define it. */
import { Greenlet, ValueError, getCurrent, greenlet } from '../../../lib/greenlet/index.ts'
import { type Programs, label } from '../programs.ts'

class Boom extends Error {}

export const programs: Programs = {
  'a subclass may define run as a method'(log) {
    class Worker extends Greenlet {
      job = 'digging'

      override* run(word: string) {
        log(this === getCurrent(), this.job, word)
        log('worker gets', yield* (this.parent as Greenlet).switch('begun'))
        return 'worker is done'
      }
    }

    const worker = new Worker()
    log('main gets', worker.resume('start'))
    log('main gets', worker.resume('go on'))
  },

  'a subclass may define run as a property, which the first switch reads, in the greenlet that switches'(log) {
    class Lazy extends Greenlet {
      // @ts-expect-error: to TypeScript run is a method
      override get run() {
        log('asked in', getCurrent())
        return (word: string) => { this.work(word) }
      }

      work(word: string) {
        log('works in', getCurrent(), word)
      }
    }

    const g = new Lazy()
    label(g, 'g')
    log('made')
    g.resume('start')
    log(g.dead)
  },

  'an error of the property is raised in the greenlet that switches, and the new one stays unstarted'(log) {
    class Fails extends Greenlet {
      // @ts-expect-error: to TypeScript run is a method
      override get run(): never {
        throw new Boom()
      }
    }

    function* callerRun() {
      try {
        yield* g.switch()
      } catch (error) {
        log(getCurrent(), 'caught', error)
      }
      return 'caller is done'
    }

    const g = new Fails()
    const caller = greenlet(callerRun)
    label(caller, 'caller')
    log('main gets', caller.resume())
    log(g.active, g.dead)
    try {
      g.resumeThrow(new ValueError(''))
    } catch (error) {
      log(error)
    }
    log(g.active, g.dead)
  },

  'when a child ends, the property of its parent is read while the child is still current'(log) {
    class Lazy extends Greenlet {
      // @ts-expect-error: to TypeScript run is a method
      override get run() {
        log('asked in', getCurrent(), getCurrent().dead)
        return (value: unknown) => ['run got', value]
      }
    }

    const parent = new Lazy()
    const child = greenlet(() => 'child is done', parent)
    label(child, 'child')
    log('main gets', child.resume())
    log(parent.dead)
  },

  'a run set on the instance takes precedence over the method; a run given to the constructor does not'(log) {
    class Worker extends Greenlet {
      override run() {
        return 'the method'
      }
    }

    function other() {
      return 'the other'
    }

    const given = new Worker(other)
    log(given.resume())
    const replaced = new Worker()
    replaced.run = other
    log(replaced.resume())
  },

  'the property may still give the greenlet another parent'(log) {
    class Lazy extends Greenlet {
      // @ts-expect-error: to TypeScript run is a method
      override get run() {
        this.parent = heir
        return () => 'lazy is done'
      }
    }

    function* heirRun() {
      log('heir gets', yield* main.switch())
      return 'heir is done'
    }

    const main = getCurrent()
    const heir = greenlet(heirRun)
    heir.resume()
    log('main gets', new Lazy().resume())
  },
}
