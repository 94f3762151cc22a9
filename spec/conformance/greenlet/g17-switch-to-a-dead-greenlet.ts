/** G17: A switch to a dead greenlet goes to its nearest living ancestor, with the same arguments. */
import { type Greenlet, type Tracer, getCurrent, greenlet, setTrace } from '../../../lib/greenlet/index.ts'
import { type Programs, label } from '../programs.ts'
import { deadGreenlet } from './support/dead.ts'

export const programs: Programs = {
  'made by main, it returns at once'(log) {
    const g = deadGreenlet('g')
    log(g.resume())
    log(g.resume('one'))
    log(g.resume('one', 2))
    log(g.dead)
  },

  'it goes to the nearest living ancestor, wherever that waits'(log) {
    function* ancestorRun() {
      log('ancestor gets', yield* main.switch())
      log('ancestor gets', yield* main.switch())
      return 'ancestor is done'
    }

    function* callerRun() {
      yield* last.switch('from', 'caller')
      log('never here')
    }

    const main = getCurrent()
    const ancestor: Greenlet = greenlet(ancestorRun)
    let last = ancestor
    for (let n = 0; n < 1000; n++) {
      last = deadGreenlet(String(n), last)
    }
    ancestor.resume()
    last.resume('from main')
    log('main gets', greenlet(callerRun).resume())
  },

  'an ancestor that has not started is started with the arguments'(log) {
    function* ancestorRun(...args: unknown[]) {
      log('ancestor got', args.length, ...args)
      return 'ancestor is done'
    }

    log('main gets', deadGreenlet('g', greenlet(ancestorRun)).resume())
    log('main gets', deadGreenlet('g', greenlet(ancestorRun)).resume('one', 2))
  },

  'the current greenlet may be that ancestor'(log) {
    function* run() {
      const child = deadGreenlet('child')
      log('run gets', yield* child.switch('back', 'at once'))
      return 'run is done'
    }

    log('main gets', greenlet(run).resume())
  },

  'it is traced as one jump, from the current greenlet to the ancestor'(log) {
    const tracer: Tracer = (event, greenlets) => {
      log(event, ...greenlets)
    }

    function* callerRun() {
      return yield* last.switch('to the ancestor')
    }

    function* ancestorRun(value: unknown) {
      log('ancestor got', value)
      return 'ancestor is done'
    }

    const ancestor: Greenlet = greenlet(ancestorRun)
    label(ancestor, 'ancestor')
    const last = deadGreenlet('last', deadGreenlet('first', ancestor))
    const caller: Greenlet = greenlet(callerRun)
    label(caller, 'caller')
    setTrace(tracer)
    log('main gets', caller.resume())
    setTrace(null)
  },
}
