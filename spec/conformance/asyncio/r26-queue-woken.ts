/** R26, woken: a woken getter or putter checks again, for others may have been faster. */
import { Queue, getRunningLoop, sleep, timeout, use, wait, waitFor } from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { lineUp, start, turns } from './support/crew.ts'
import { drained, filled, sizes } from './support/queues.ts'
import { run } from './support/virtual.ts'
import { outcome } from './support/witness.ts'

export const programs: Programs = {

  'stolen and replaced: the first in line takes the item, the second was woken in vain'(log) {
    function* main() {
      const queue = new Queue()
      const [a, b] = lineUp(log, () => queue.get(), 'a', 'b')
      yield* sleep(0)
      queue.putNowait('stolen')
      log(queue.getNowait())
      queue.putNowait('left')
      yield* a
      yield* turns(3)
      log(b.done(), sizes(queue))
      queue.putNowait('more')
      yield* b
    }

    run(main())
  },

  'several items taken in one step let as many putters in'(log) {
    function* main() {
      const queue = filled(new Queue(2), ['x', 'y'])
      const putters = Array.from('abc', item => start(log, `put ${item}`, queue.put(item)))
      yield* sleep(0)
      log(drained(queue))
      yield* turns(2)
      log(putters.map(task => task.done()), sizes(queue))
      log(drained(queue))
      yield* wait(putters)
    }

    run(main())
  },

  'after a timeout, the item that comes later is for another getter'(log) {
    function* main() {
      const queue = new Queue()
      yield* outcome(log, 'get', waitFor(queue.get(), 10))
      queue.putNowait('item')
      yield* outcome(log, 'get', waitFor(queue.get(), 10))
      const full = filled(new Queue(1), ['item'])
      yield* outcome(log, 'put', waitFor(full.put('lost'), 10))
      log(drained(full), getRunningLoop().time())
    }

    run(main())
  },

  'an item that comes in the turn of the deadline stays in the queue'(log) {
    function* getter(queue: Queue) { return yield* use(timeout(10), () => queue.get()) }

    function* main() {
      const loop = getRunningLoop()
      for (const itemFirst of [true, false]) {
        const queue = new Queue()
        const putIn = () => { queue.putNowait('item') }
        if (itemFirst) loop.callLater(10, putIn)
        const task = start(log, 'getter', getter(queue))
        yield* sleep(0)
        if (!itemFirst) loop.callLater(10, putIn)
        yield* task
        yield* sleep(0)
        log(drained(queue), loop.time())
      }
    }

    run(main())
  },

  'with a timeout of zero, not even a waiting item is taken'(log) {
    function* main() {
      const queue = filled(new Queue(2), ['item'])
      yield* outcome(log, 'get', waitFor(queue.get(), 0))
      yield* outcome(log, 'put', waitFor(queue.put('another'), 0))
      log(drained(queue))
    }

    run(main())
  },
}
