/**
 * R26: A queue keeps its order and holds as many items as its size says. A getter waits for an item, a putter for room.
 */
import {
  LifoQueue, PriorityQueue, Queue, QueueEmpty, gather, getRunningLoop, sleep, wait, waitFor,
} from '../../../lib/index.ts'
import { type Programs, table } from '../programs.ts'
import { lineUp, start, turns } from './support/crew.ts'
import { attempt } from './support/probes.ts'
import { drained, filled, sizes } from './support/queues.ts'
import { run } from './support/virtual.ts'
import { outcome, ticker } from './support/witness.ts'

export const programs: Programs = {
  'with an item to get, or room to put, nobody waits'(log) {
    function* main() {
      const queue = new Queue(2)
      ticker(log, 1)
      yield* queue.put('a')
      yield* queue.put('b')
      log(yield* queue.get(), yield* queue.get())
      yield* sleep(0)
    }

    run(main())
  },

  'items come out in the order in which they were put in'(log) {
    function* main() {
      const queue = filled(new Queue(), ['a', 'b', 'c'])
      log(sizes(queue))
      yield* queue.put('d')
      log(yield* queue.get(), queue.getNowait(), drained(queue), sizes(queue))
    }

    run(main())
  },

  'without a size, or with zero or less, it holds any number'(log) {
    for (const queue of [new Queue(), new Queue(0), new Queue(-3), new LifoQueue(), new PriorityQueue()]) {
      filled(queue, Array(100).keys())
      log(queue.maxsize, sizes(queue))
    }
  },

  'it is full when it holds as many items as its size says'(log) {
    const queue = new Queue(2)
    for (let i = 0; i < 2; i++) {
      log(queue.maxsize, sizes(queue))
      queue.putNowait(i)
    }
    log(sizes(queue))
    attempt(log, () => { queue.putNowait(2) })
    log(drained(queue), sizes(queue))
  },

  'a size may be a fraction'(log) {
    function* main() {
      const queue = filled(new Queue(1.5), ['a'])
      log(queue.maxsize, sizes(queue))
      yield* queue.put('b')
      log(sizes(queue))
      yield* outcome(log, 'c', waitFor(queue.put('c'), 10))
    }

    run(main())
  },

  'an empty queue has nothing to give, and says so'(log) {
    for (const queue of [new Queue(), new LifoQueue(), new PriorityQueue()]) {
      attempt(log, () => queue.getNowait())
      log(sizes(queue))
    }
  },

  'None is an item too'(log) {
    function* main() {
      const queue = new Queue(1)
      const getter = start(log, 'getter', queue.get())
      yield* sleep(0)
      yield* queue.put(null)
      yield* getter
      queue.putNowait(false)
      log(sizes(queue), yield* queue.get())
    }

    run(main())
  },

  'getters get their items in the next turn, in the order in which they came'(log) {
    function* main() {
      const queue = new Queue()
      const getters = lineUp(log, () => queue.get(), 'a', 'b', 'c')
      yield* turns(2)
      ticker(log, 2)
      for (const item of [1, 2, 3]) queue.putNowait(item)
      log(sizes(queue))
      yield* wait(getters)
      log(sizes(queue))
    }

    run(main())
  },

  'putters get room in the next turn, in the order in which they came'(log) {
    function* main() {
      const queue = filled(new Queue(1), ['first'])
      const putters = Array.from('abc', item => start(log, `put ${item}`, queue.put(item)))
      yield* turns(2)
      ticker(log, 6)
      for (let i = 0; i < 4; i++) log(yield* queue.get(), sizes(queue))
      yield* wait(putters)
    }

    run(main())
  },

  ...table({
    'with room for one item, producer and consumer alternate': { size: 1, count: 4, first: 'maker' },
    'with room for any number, the producer runs ahead': { size: 0, count: 3, first: 'user' },
  }, (log, { size, count, first }) => {
    function* maker(queue: Queue) {
      for (let i = 0; i < count; i++) {
        yield* queue.put(i)
        log('made', i)
      }
    }

    function* user(queue: Queue) {
      for (let i = 0; i < count; i++) log('used', yield* queue.get())
    }

    function* main() {
      const queue = new Queue(size)
      const [make, use] = [maker(queue), user(queue)]
      yield* gather(first === 'maker' ? [make, use] : [use, make])
    }

    run(main())
  }),

  'as many getters are woken as there are items'(log) {
    function* main() {
      const queue = new Queue()
      const getters = lineUp(log, () => queue.get(), 'a', 'b', 'c')
      yield* sleep(0)
      filled(queue, [1, 2])
      yield* turns(3)
      log(getters.map(task => task.done()))
      queue.putNowait(3)
      yield* wait(getters)
    }

    run(main())
  },

  'plain code puts and gets, with and without a running loop'(log) {
    const queue = filled(new Queue(), ['before'])

    function* main() {
      const loop = getRunningLoop()
      loop.callLater(10, () => { queue.putNowait('later') })
      log(yield* queue.get(), loop.time())
      log(yield* queue.get(), loop.time())
      queue.putNowait('after')
    }

    run(main())
    log(drained(queue))
  },

  'polling asks again until there is an item'(log) {
    function* poll(queue: Queue) {
      for (;;) {
        try {
          return queue.getNowait()
        } catch (error) {
          if (!(error instanceof QueueEmpty)) throw error
          log(error, getRunningLoop().time())
          yield* sleep(4)
        }
      }
    }

    function* main() {
      const queue = new Queue()
      getRunningLoop().callLater(10, () => { queue.putNowait('item') })
      log(yield* poll(queue), getRunningLoop().time())
    }

    run(main())
  },

  'a queue belongs to the loop in which a task first had to wait'(log) {
    function* late(queue: Queue) {
      getRunningLoop().callLater(10, () => { queue.putNowait('late') })
      return yield* waitFor(queue.get(), 20)
    }

    function* atOnce(queue: Queue) {
      yield* queue.put('at once')
      return yield* queue.get()
    }

    const queue = new Queue()
    log(run(atOnce(queue)), run(atOnce(queue)), run(late(queue)), run(atOnce(queue)))
    run(outcome(log, 'elsewhere', late(queue)))
    log(sizes(queue))
  },

  'the same holds for all that wait: for items, for room, or for the end of all work'(log) {
    function* get(queue: Queue) { yield* outcome(log, 'get', waitFor(queue.get(), 10)) }

    function* put(queue: Queue) { yield* outcome(log, 'put', waitFor(queue.put('two'), 10)) }

    function* join(queue: Queue) { yield* outcome(log, 'join', waitFor(queue.join(), 10)) }

    const queue = new Queue(1)
    run(get(queue))
    queue.putNowait('one')
    run(put(queue))
    run(join(queue))
    run(join(queue))
    const full = filled(new Queue(1), ['one'])
    run(put(full))
    run(put(full))
    full.getNowait()
    run(get(full))
  },
}
