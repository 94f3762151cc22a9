/**
 * R27: A queue that is shut down takes no more items. What is in it can still be taken, unless it is shut down at once
 * (asyncio since Python 3.13).
 */
import {
  LifoQueue, PriorityQueue, Queue, eagerTaskFactory, getRunningLoop, sleep, wait, waitFor,
} from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { lineUp, start, turns } from './support/crew.ts'
import { attempt } from './support/probes.ts'
import { filled, sizes } from './support/queues.ts'
import { run } from './support/virtual.ts'
import { outcome, ticker } from './support/witness.ts'

export const programs: Programs = {
  'nothing can be put in any more'(log) {
    function* main() {
      const queue = filled(new Queue(2), ['a'])
      queue.shutdown()
      ticker(log, 1)
      attempt(log, () => { queue.putNowait('b') })
      yield* outcome(log, 'put', queue.put('b'))
      log(sizes(queue))
      yield* sleep(0)
    }

    run(main())
  },

  'what is in it can be taken out, and then there is an end'(log) {
    function* main() {
      const queue = filled(new Queue(), ['a', 'b', 'c'])
      queue.shutdown()
      log(yield* queue.get(), queue.getNowait(), yield* queue.get(), sizes(queue))
      ticker(log, 1)
      attempt(log, () => queue.getNowait())
      yield* outcome(log, 'get', queue.get())
      yield* sleep(0)
    }

    run(main())
  },

  'a queue that is shut down says so rather than that it is full or empty'(log) {
    const [full, empty] = [filled(new Queue(1), ['a']), new Queue(1)]
    attempt(log, () => { full.putNowait('b') })
    attempt(log, () => empty.getNowait())
    full.shutdown()
    empty.shutdown()
    attempt(log, () => { full.putNowait('b') })
    attempt(log, () => empty.getNowait())
    log(sizes(full), sizes(empty))
  },

  'in a full queue that is shut down, a put does not wait for room'(log) {
    function* main() {
      const queue = filled(new Queue(1), ['a'])
      queue.shutdown()
      ticker(log, 1)
      yield* outcome(log, 'put', queue.put('b'))
      yield* sleep(0)
    }

    run(main())
  },

  'getters are told in the next turn, in the order in which they came'(log) {
    function* main() {
      const queue = new Queue()
      const getters = lineUp(log, () => queue.get(), 'a', 'b', 'c')
      yield* turns(2)
      ticker(log, 2)
      queue.shutdown()
      log('shut down')
      yield* wait(getters)
    }

    run(main())
  },

  'putters are told in the next turn, in the order in which they came'(log) {
    function* main() {
      const queue = filled(new Queue(1), ['first'])
      const putters = Array.from('abc', item => start(log, `put ${item}`, queue.put(item)))
      yield* turns(2)
      ticker(log, 2)
      queue.shutdown()
      log('shut down')
      yield* wait(putters)
      log(sizes(queue), yield* queue.get())
    }

    run(main())
  },

  'an item taken out afterwards does not let a putter in'(log) {
    function* main() {
      const queue = filled(new Queue(1), ['first'])
      const putter = start(log, 'putter', queue.put('second'))
      yield* sleep(0)
      queue.shutdown()
      log(queue.getNowait())
      yield* putter
      log(sizes(queue))
    }

    run(main())
  },

  'a putter that was given room before, but has not used it, comes too late'(log) {
    function* main() {
      const queue = filled(new Queue(1), ['first'])
      const putter = start(log, 'putter', queue.put('second'))
      yield* sleep(0)
      log(queue.getNowait())
      queue.shutdown()
      yield* putter
      log(sizes(queue))
      yield* outcome(log, 'get', queue.get())
    }

    run(main())
  },

  'a getter that was woken before gets its item'(log) {
    function* main() {
      const queue = new Queue()
      const [a, b] = lineUp(log, () => queue.get(), 'a', 'b')
      yield* sleep(0)
      queue.putNowait('item')
      queue.shutdown()
      yield* wait([a, b])
    }

    run(main())
  },

  'those that join go on waiting for the end of all work'(log) {
    function* main() {
      const queue = filled(new Queue(), ['a', 'b'])
      const joiner = start(log, 'joiner', queue.join())
      yield* sleep(0)
      queue.shutdown()
      for (let i = 0; i < 2; i++) {
        log(yield* queue.get())
        yield* turns(2)
        log(joiner.done())
        queue.taskDone()
      }
      yield* joiner
      yield* outcome(log, 'get', queue.get())
    }

    run(main())
  },

  'join() waits for what is never taken out'(log) {
    function* main() {
      const queue = filled(new Queue(), ['a'])
      queue.shutdown()
      yield* outcome(log, 'join', waitFor(queue.join(), 10))
      queue.shutdown(true)
      yield* outcome(log, 'join', waitFor(queue.join(), 10))
      log(getRunningLoop().time())
    }

    run(main())
  },

  'getters are told before putters'(log) {
    function* main() {
      const queue = new Queue(1)
      const [a, b] = lineUp(log, () => queue.get(), 'a', 'b')
      yield* sleep(0)
      const putter = start(log, 'putter', queue.put('another'))
      getRunningLoop().callSoon(() => { queue.shutdown() })
      queue.putNowait('item')
      yield* wait([a, b, putter])
    }

    run(main())
  },

  'shut down with an item on the way, all in one step'(log) {
    function* main() {
      const queue = new Queue(1)
      const [a, b] = lineUp(log, () => queue.get(), 'a', 'b')
      yield* sleep(0)
      const putter = start(log, 'putter', queue.put('late'))
      queue.putNowait('in time')
      queue.shutdown()
      yield* wait([a, b, putter])
      queue.taskDone()
      yield* outcome(log, 'join', queue.join())
    }

    run(main())
  },

  'the last in is the first out, and the least comes first, to the end'(log) {
    function* main() {
      for (const queue of [new LifoQueue(), new PriorityQueue()]) {
        filled(queue, [2, 3, 1])
        queue.shutdown()
        log([yield* queue.get(), yield* queue.get(), yield* queue.get()])
        yield* outcome(log, 'get', queue.get())
      }
      for (const queue of [new LifoQueue(1), new PriorityQueue(1)]) {
        filled(queue, [1])
        const putter = start(log, 'putter', queue.put(0))
        yield* sleep(0)
        queue.shutdown(true)
        yield* putter
        log(sizes(queue))
        yield* outcome(log, 'join', queue.join())
      }
    }

    run(main())
  },

  'it can be shut down without a running loop, and by plain code'(log) {
    function* main(queue: Queue) {
      getRunningLoop().callLater(10, () => { queue.shutdown() })
      yield* outcome(log, 'get', queue.get())
      log(getRunningLoop().time())
    }

    const queue = filled(new Queue(), ['a'])
    queue.shutdown()
    log(queue.getNowait())
    attempt(log, () => queue.getNowait())
    run(main(queue))
    run(main(new Queue()))
  },

  'eager tasks are told at once'(log) {
    function* main() {
      getRunningLoop().setTaskFactory(eagerTaskFactory)
      const queue = new Queue()
      const a = start(log, 'a', queue.get())
      queue.shutdown()
      const [b, c] = [start(log, 'b', queue.get()), start(log, 'put c', queue.put('c'))]
      log(a.done(), b.done(), c.done())
      yield* a
    }

    run(main())
  },

  'with nothing to do, join() of a queue that is shut down takes no turn'(log) {
    function* main() {
      const queue = new Queue()
      queue.shutdown()
      ticker(log, 1)
      log(yield* queue.join())
      attempt(log, () => { queue.taskDone() })
      yield* sleep(0)
    }

    run(main())
  },
}
