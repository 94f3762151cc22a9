/** G1: Creating a greenlet runs nothing. Its parent is the current greenlet, unless another one is given. */
import { type Greenlet, getCurrent, greenlet } from '../../../lib/greenlet/index.ts'
import { type Programs, label } from '../programs.ts'

class Boom extends Error {}

export const programs: Programs = {
  'nothing runs before the first switch'(log) {
    function* run() {
      log('running')
    }

    const g = greenlet(run)
    log('made', g.active, g.dead)
    g.resume()
    log('ended', g.active, g.dead)
  },

  'the parent is the greenlet that creates it, or the one that is given'(log) {
    function* other() {}

    function* run() {
      label(getCurrent(), 'maker')
      log(greenlet(other).parent, greenlet(other, null).parent, greenlet(other, main).parent)
    }

    const main = getCurrent()
    log(greenlet(other).parent)
    greenlet(run).resume()
  },

  'the parent is the creator, not the greenlet that switches first'(log) {
    function* makerRun() {
      made.push(greenlet(childRun))
      log('maker gets', yield* main.switch('made'))
      return 'maker is done'
    }

    function* childRun() {
      return 'child is done'
    }

    const main = getCurrent()
    const made: Greenlet[] = []
    const maker = greenlet(makerRun)
    log('main gets', maker.resume())
    log('main gets', made[0]?.resume())
    log(maker.dead, made[0]?.dead)
  },

  'without run the first switch raises AttributeError, and the greenlet can still be started'(log) {
    const g = greenlet()
    try {
      g.resume('first')
    } catch (error) {
      log(error)
    }
    log(g.active, g.dead)
    g.run = (word: string) => ['run got', word]
    log(g.resume('second'))
    log(g.active, g.dead)
  },

  'without run a throw raises AttributeError too'(log) {
    const g = greenlet()
    try {
      g.resumeThrow(Boom)
    } catch (error) {
      log(error)
    }
    log(g.active, g.dead)
  },
}
