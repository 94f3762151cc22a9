/** G7: The return value of `run` becomes the result of the `switch()` in which the parent waits. */
import { type Greenlet, getCurrent, greenlet } from '../../../lib/greenlet/index.ts'
import type { Programs } from '../programs.ts'

export const programs: Programs = {
  'the return value goes to the parent, whoever switched last'(log) {
    function* first() {
      log('first switches to second')
      yield* second.switch()
      log('never here')
    }

    function* secondRun() {
      log('second ends')
      return 'from second'
    }

    const one = greenlet(first)
    const second: Greenlet = greenlet(secondRun)
    log('main gets', one.resume())
    log(one.dead, second.dead)
  },

  'a tuple stays one value'(log) {
    const pair = greenlet(() => [1, 2])
    log('main gets', pair.resume())
  },

  'a parent that is not main gets it from its own switch()'(log) {
    function* parentRun() {
      const child = greenlet(childRun, getCurrent())
      log('parent gets', yield* child.switch('hello'))
      return 'parent is done'
    }

    function* childRun(word: string) {
      log('child got', word)
      return 'child is done'
    }

    log('main gets', greenlet(parentRun).resume())
  },

  'the parent gets it wherever it waits'(log) {
    function* parentRun() {
      const child = greenlet(() => 'child is done')
      log('parent gets', yield* other.switch(child))
      log('parent gets', yield* main.switch('parent waits in main'))
      return 'parent is done'
    }

    function* otherRun(child: Greenlet) {
      yield* child.switch()
      log('never here')
    }

    const main = getCurrent()
    const other = greenlet(otherRun)
    const parent = greenlet(parentRun)
    log('main gets', parent.resume())
    log('main gets', greenlet(() => 'second child is done', parent).resume())
    log(other.active, parent.dead)
  },

  'a greenlet that returns no value gives None'(log) {
    function* run() {}

    log('main gets', greenlet(run).resume())
  },
}
