/** R27: a queue that is shut down takes nothing more; what is in it can still be had, unless it is to end at once. */
import {
  LifoQueue, PriorityQueue, Queue, QueueShutDown, createTask, eagerTaskFactory, gather, getRunningLoop, sleep, wait,
  waitFor,
} from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { lineUp, start, turns } from './support/crew.ts'
import { attempt } from './support/probes.ts'
import { run } from './support/virtual.ts'
import { outcome, ticker } from './support/witness.ts'

/** The queue, with these in it. */
function filled<Q extends Queue>(queue: Q, items: Iterable<unknown>): Q {
  for (const item of items) queue.putNowait(item)
  return queue
}

/** How many are in it, and whether it is empty or full. */
function sizes(queue: Queue): [number, boolean, boolean] { return [queue.qsize(), queue.empty(), queue.full()] }

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

  'that it is shut down goes before that it is full or empty'(log) {
    const [full, empty] = [filled(new Queue(1), ['a']), new Queue(1)]
    attempt(log, () => { full.putNowait('b') })
    attempt(log, () => empty.getNowait())
    full.shutdown()
    empty.shutdown()
    attempt(log, () => { full.putNowait('b') })
    attempt(log, () => empty.getNowait())
    log(sizes(full), sizes(empty))
  },

  'shut down while it is full, a put does not wait for room'(log) {
    function* main() {
      const queue = filled(new Queue(1), ['a'])
      queue.shutdown()
      ticker(log, 1)
      yield* outcome(log, 'put', queue.put('b'))
      yield* sleep(0)
    }

    run(main())
  },

  'those who wait for items are told in the next turn, in the order in which they came'(log) {
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

  'those who wait for room are told in the next turn, in the order in which they came'(log) {
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

  'who waits for room is not let in by an item taken out afterwards'(log) {
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

  'who was given room before it was shut down, but has not used it, comes too late'(log) {
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

  'who was woken for an item before it was shut down gets it'(log) {
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

  'who was woken for an item before all was thrown away does not'(log) {
    function* main() {
      const queue = new Queue()
      const [a, b] = lineUp(log, () => queue.get(), 'a', 'b')
      yield* sleep(0)
      queue.putNowait('item')
      queue.shutdown(true)
      yield* wait([a, b])
    }

    run(main())
  },

  'at once: what is in it is thrown away'(log) {
    function* main() {
      const queue = filled(new Queue(2), ['a', 'b'])
      queue.shutdown(true)
      log(sizes(queue))
      attempt(log, () => queue.getNowait())
      attempt(log, () => { queue.putNowait('c') })
      yield* outcome(log, 'get', queue.get())
      yield* outcome(log, 'put', queue.put('c'))
      yield* outcome(log, 'join', queue.join())
    }

    run(main())
  },

  'at once: who waits for room finds it, and is told all the same'(log) {
    function* main() {
      const queue = filled(new Queue(1), ['first'])
      const putters = Array.from('ab', item => start(log, `put ${item}`, queue.put(item)))
      yield* sleep(0)
      ticker(log, 2)
      queue.shutdown(true)
      log(sizes(queue))
      yield* wait(putters)
      log(sizes(queue))
    }

    run(main())
  },

  'at once: those who wait for the end of all work are let go, if nobody is at work'(log) {
    function* main() {
      const queue = filled(new Queue(), ['a', 'b'])
      const joiners = lineUp(log, () => queue.join(), 'one', 'two')
      yield* turns(2)
      ticker(log, 2)
      queue.shutdown(true)
      yield* wait(joiners)
      attempt(log, () => { queue.taskDone() })
    }

    run(main())
  },

  'at once: what was taken out has to be done still'(log) {
    function* main() {
      const queue = filled(new Queue(), ['a', 'b', 'c'])
      const joiner = start(log, 'joiner', queue.join())
      yield* sleep(0)
      log(yield* queue.get())
      queue.shutdown(true)
      yield* turns(3)
      log(joiner.done())
      queue.taskDone()
      yield* joiner
      attempt(log, () => { queue.taskDone() })
    }

    run(main())
  },

  'at once: what was said to be done too early is not counted twice'(log) {
    function* main() {
      const queue = filled(new Queue(), ['a', 'b'])
      queue.taskDone()
      queue.taskDone()
      yield* outcome(log, 'join', queue.join())
      queue.shutdown(true)
      attempt(log, () => { queue.taskDone() })
      yield* outcome(log, 'join', queue.join())
      log(sizes(queue))
    }

    run(main())
  },

  'not at once: those who wait for the end of all work go on waiting for it'(log) {
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

  'not at once: what is never taken out is waited for'(log) {
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

  'shut down twice, and at once after all'(log) {
    function* main() {
      const queue = filled(new Queue(), ['a', 'b'])
      log(queue.shutdown(), queue.shutdown(), sizes(queue))
      log(yield* queue.get())
      log(queue.shutdown(true), sizes(queue))
      queue.shutdown()
      yield* outcome(log, 'get', queue.get())
      queue.taskDone()
      yield* outcome(log, 'join', queue.join())
    }

    run(main())
  },

  'who waits for the end of all work is told before who waits for room'(log) {
    function* main() {
      const queue = filled(new Queue(1), ['first'])
      const putter = start(log, 'putter', queue.put('second'))
      const joiner = start(log, 'joiner', queue.join())
      yield* sleep(0)
      ticker(log, 2)
      queue.shutdown(true)
      const getter = start(log, 'getter', queue.get())
      yield* wait([joiner, putter, getter])
    }

    run(main())
  },

  'who waits for the end of all work is told before who waits for an item'(log) {
    function* main() {
      const queue = filled(new Queue(), ['first'])
      log(yield* queue.get())
      const [a, b] = lineUp(log, () => queue.get(), 'a', 'b')
      const joiner = start(log, 'joiner', queue.join())
      yield* sleep(0)
      queue.putNowait('item')
      queue.taskDone()
      queue.shutdown(true)
      yield* wait([a, b, joiner])
    }

    run(main())
  },

  'who waits for an item is told before who waits for room'(log) {
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

  'shut down with an item on the way, everything in one step'(log) {
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

  'cancelled and shut down in one step, one that waits is cancelled, whichever came first'(log) {
    function* main() {
      for (const cancelFirst of [true, false]) {
        const queue = new Queue()
        const [a, b] = lineUp(log, () => queue.get(), 'a', 'b')
        yield* sleep(0)
        if (cancelFirst) a.cancel()
        queue.shutdown()
        a.cancel()
        yield* wait([a, b])
      }
    }

    run(main())
  },

  'the same with one that waits for room'(log) {
    function* main() {
      for (const cancelFirst of [true, false]) {
        const queue = filled(new Queue(1), ['first'])
        const [a, b] = [start(log, 'put a', queue.put('a')), start(log, 'put b', queue.put('b'))]
        yield* sleep(0)
        if (cancelFirst) a.cancel()
        queue.shutdown(true)
        a.cancel()
        yield* wait([a, b])
        log(sizes(queue))
      }
    }

    run(main())
  },

  'cancelled when it was told, one that waited with an item left does not take it'(log) {
    function* main() {
      const queue = new Queue()
      const [a, b] = lineUp(log, () => queue.get(), 'a', 'b')
      yield* sleep(0)
      queue.putNowait('item')
      queue.shutdown()
      a.cancel()
      yield* wait([a, b])
      log(sizes(queue))
    }

    run(main())
  },

  'the time is over in the turn in which it is shut down'(log) {
    function* main() {
      const loop = getRunningLoop()
      for (const shutFirst of [true, false]) {
        const queue = new Queue()
        const shut = () => { queue.shutdown() }
        if (shutFirst) loop.callLater(10, shut)
        const task = start(log, 'getter', waitFor(queue.get(), 10))
        yield* sleep(0)
        if (!shutFirst) loop.callLater(10, shut)
        yield* task
        yield* sleep(0)
        attempt(log, () => queue.getNowait())
      }
    }

    run(main())
  },

  'workers end when there is nothing left'(log) {
    function* worker(name: string, queue: Queue<number>) {
      try {
        for (;;) {
          const ms = yield* queue.get()
          yield* sleep(ms)
          log(name, 'did', ms, 'at', getRunningLoop().time())
          queue.taskDone()
        }
      } catch (error) {
        if (!(error instanceof QueueShutDown)) throw error
        return `${name} ends at ${getRunningLoop().time()}`
      }
    }

    function* main() {
      const queue = filled(new Queue<number>(), [10, 20, 5])
      const workers = Array.from('ab', name => createTask(worker(name, queue)))
      yield* sleep(1)
      queue.putNowait(3)
      queue.shutdown()
      yield* queue.join()
      log(yield* gather(workers))
    }

    run(main())
  },

  'workers who are told to end at once finish what they have begun'(log) {
    function* worker(name: string, queue: Queue<number>) {
      try {
        for (;;) {
          const ms = yield* queue.get()
          yield* sleep(ms)
          log(name, 'did', ms, 'at', getRunningLoop().time())
          queue.taskDone()
        }
      } catch (error) {
        log(name, error, getRunningLoop().time())
      }
    }

    function* main() {
      const queue = filled(new Queue<number>(), [10, 20, 5, 7])
      const workers = Array.from('ab', name => createTask(worker(name, queue)))
      yield* sleep(1)
      queue.shutdown(true)
      yield* queue.join()
      log('joined', getRunningLoop().time())
      yield* wait(workers)
    }

    run(main())
  },

  'the maker says when it is over'(log) {
    function* maker(queue: Queue) {
      for (const item of 'abcde') yield* queue.put(item)
      queue.shutdown()
      log('no more')
    }

    function* user(name: string, queue: Queue) {
      const got: unknown[] = []
      try {
        for (;;) {
          got.push(yield* queue.get())
          yield* sleep(1)
        }
      } catch (error) {
        if (!(error instanceof QueueShutDown)) throw error
        log(name, got, getRunningLoop().time())
      }
    }

    function* main() {
      const queue = new Queue(2)
      yield* gather([maker(queue), user('one', queue), user('two', queue)])
    }

    run(main())
  },

  'the user says when it has enough'(log) {
    function* maker(queue: Queue) {
      let made = 0
      try {
        for (;; made++) yield* queue.put(made)
      } catch (error) {
        log(error, made)
      }
    }

    function* main() {
      const queue = new Queue(2)
      const task = createTask(maker(queue))
      const got: unknown[] = []
      while (got.length < 5) got.push(yield* queue.get())
      log(got)
      queue.shutdown(true)
      yield* task
      log(sizes(queue))
    }

    run(main())
  },

  'of a gather(), one is told, and the others with it'(log) {
    function* main() {
      const queue = new Queue()
      const both = gather([queue.get(), queue.get(), sleep(20, 'slept')], { returnExceptions: true })
      yield* sleep(10)
      queue.putNowait('item')
      queue.shutdown()
      log(yield* both, getRunningLoop().time())
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

  'a subclass is asked for each item that is thrown away'(log) {
    class Telling extends Queue {
      protected override getItem() {
        const item = super.getItem()
        log('out', item)
        return item
      }
    }

    function* main() {
      const queue = filled(new Telling(), ['a', 'b', 'c'])
      log(yield* queue.get())
      queue.shutdown()
      log('not yet')
      queue.shutdown(true)
    }

    run(main())
  },

  'it can be shut down where no loop runs, and by plain code'(log) {
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

  'with nothing to do, join() of what is shut down takes no turn'(log) {
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

  'a joiner that is cancelled while it is shut down at once'(log) {
    function* main() {
      const queue = filled(new Queue(), ['a'])
      const [one, two] = lineUp(log, () => queue.join(), 'one', 'two')
      yield* sleep(0)
      queue.shutdown(true)
      one.cancel()
      yield* wait([one, two])
    }

    run(main())
  },
}
