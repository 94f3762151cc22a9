/** G19: The parent can be set at any time, for it matters only when the greenlet ends. It cannot form a cycle. */
import { type Greenlet, getCurrent, greenlet } from '../../../lib/greenlet/index.ts'
import { type Programs, label } from '../programs.ts'

class Boom extends Error {}

export const programs: Programs = {
  'it can be set before the start, while the greenlet waits and while it runs'(log) {
    function* heirRun(name: string) {
      const me = getCurrent()
      label(me, name)
      for (;;) {
        log(me, 'gets', yield* main.switch(me))
      }
    }

    function* run() {
      yield* main.switch()
      return 'the end of the waiting one'
    }

    function* changes() {
      getCurrent().parent = second
      return 'the end of the running one'
    }

    const main = getCurrent()
    const first = (greenlet(heirRun) as Greenlet).resume('first') as Greenlet
    const second = (greenlet(heirRun) as Greenlet).resume('second') as Greenlet
    const unstarted: Greenlet = greenlet(() => 'the end of the unstarted one')
    unstarted.parent = first
    unstarted.resume()
    const waiting: Greenlet = greenlet(run, second)
    waiting.resume()
    waiting.parent = first
    waiting.resume()
    const running: Greenlet = greenlet(changes, first)
    running.resume()
    log(unstarted.parent, waiting.parent, running.parent)
  },

  'an error goes to the parent that is set when it escapes'(log) {
    function* heirRun() {
      try {
        yield* main.switch()
      } catch (error) {
        log('heir caught', error)
      }
    }

    function* run() {
      try {
        throw new Boom()
      } finally {
        getCurrent().parent = heir
      }
    }

    const main = getCurrent()
    const heir: Greenlet = greenlet(heirRun)
    heir.resume()
    greenlet(run).resume()
    log(heir.dead)
  },

  'a dead greenlet may get an unstarted parent, which a switch to the dead one then starts'(log) {
    function* run(...args: unknown[]) {
      log('run got', ...args)
      return 'run is done'
    }

    const dead: Greenlet = greenlet(() => 'ended')
    log(dead.resume())
    dead.parent = greenlet(run)
    log('main gets', dead.resume('start', 'it'))
    log('main gets', dead.resume('nobody', 'left'))
    log(dead.parent.dead)
  },

  'anything but a greenlet is a TypeError'(log) {
    const g: Greenlet = greenlet(() => 'ended')
    for (const parent of [null, 5, 'main']) {
      try {
        g.parent = parent as never
      } catch (error) {
        log(error)
      }
    }
    try {
      greenlet(() => 'ended', 5 as never)
    } catch (error) {
      log(error)
    }
    log(g.parent, g.resume())
  },

  'a greenlet cannot become its own ancestor'(log) {
    function* run() {}

    const a: Greenlet = greenlet(run)
    const b: Greenlet = greenlet(run, a)
    const c: Greenlet = greenlet(run, b)
    for (const parent of [a, b, c]) {
      try {
        a.parent = parent
      } catch (error) {
        log(error)
      }
    }
    label(a, 'a')
    log(a.parent, b.parent)
    c.resume()
    try {
      a.parent = c
    } catch (error) {
      log('dead or not', error)
    }
  },

  'main has no parent and accepts none'(log) {
    const main = getCurrent()
    for (const parent of [greenlet(), main, null]) {
      try {
        main.parent = parent
      } catch (error) {
        log(error)
      }
    }
    log(main.parent)
  },
}
