/**
 * G29: Within one thread any greenlet can become the parent of another, and every chain of parents ends at the same
 * main.
 */
import { type Coroutine, type Greenlet, getCurrent, greenlet } from '../../../lib/greenlet/index.ts'
import { type Programs, label, show } from '../programs.ts'

export const programs: Programs = {
  'a started greenlet may move to another branch'(log) {
    function* branchRun(name: string) {
      const me = getCurrent()
      label(me, name)
      const leaf = greenlet(leafRun)
      label(leaf, `leaf of ${name}`)
      leaves.push(leaf)
      yield* leaf.switch()
      return `${name} is done`
    }

    function* leafRun() {
      const me = getCurrent()
      log(me, 'gets', yield* main.switch(), 'under', me.parent)
      return `the end of ${show(me)}`
    }

    const main = getCurrent()
    const leaves: Greenlet[] = []
    for (const name of ['left', 'right']) {
      greenlet(branchRun).resume(name)
    }
    const [leftLeaf, rightLeaf] = leaves as [Greenlet, Greenlet]
    const [left, right] = leaves.map(leaf => leaf.parent) as [Greenlet, Greenlet]
    leftLeaf.parent = right
    rightLeaf.parent = left
    log('main gets', leftLeaf.resume('hello'))
    log(left.dead, right.dead)
    log('main gets', rightLeaf.resume('good bye'))
    log(left.dead, right.dead)
  },

  'a running greenlet may move under one that it has started itself'(log) {
    function* run() {
      const child = greenlet(childRun, main)
      yield* child.switch()
      getCurrent().parent = child
      return 'run is done'
    }

    function* childRun() {
      log('child gets', yield* getCurrent().switch('at once'))
      log('child gets', yield* g.switch())
      return 'child is done'
    }

    const main = getCurrent()
    const g: Greenlet = greenlet(run)
    log('main gets', g.resume())
    log(g.dead, g.parent?.dead)
  },

  'every chain of parents ends at the main of the thread'(log) {
    function* run(depth: number): Coroutine<void> {
      let g = getCurrent()
      while (g.parent !== null) {
        g = g.parent
      }
      log('depth', depth, g === main)
      if (depth < 3) {
        yield* greenlet(run).switch(depth + 1)
      }
    }

    const main = getCurrent()
    greenlet(run).resume(1)
  },
}
