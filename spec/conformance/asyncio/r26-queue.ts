/** R26: queues keep the order and have room for so many; who is woken looks again, or passes it on. */
import {
  LifoQueue, PriorityQueue, Queue, QueueEmpty, type Task, createTask, currentTask, eagerTaskFactory, gather,
  getRunningLoop, sleep, timeout, use, wait, waitFor,
} from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { lineUp, start, turns } from './support/crew.ts'
import { attempt } from './support/probes.ts'
import { run } from './support/virtual.ts'
import { message, outcome, ticker } from './support/witness.ts'

class Boom extends Error {}

/** The queue, with these in it. */
function filled<Q extends Queue>(queue: Q, items: Iterable<unknown>): Q {
  for (const item of items) queue.putNowait(item)
  return queue
}

/** All that is in it. */
function drained<T>(queue: Queue<T>): T[] { return Array.from({ length: queue.qsize() }, () => queue.getNowait()) }

/** How many are in it, and whether it is empty or full. */
function sizes(queue: Queue): [number, boolean, boolean] { return [queue.qsize(), queue.empty(), queue.full()] }

export const programs: Programs = {
  'where there is an item, and where there is room, nobody waits'(log) {
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

  'what was put in first comes out first'(log) {
    function* main() {
      const queue = filled(new Queue(), ['a', 'b', 'c'])
      log(sizes(queue))
      yield* queue.put('d')
      log(yield* queue.get(), queue.getNowait(), drained(queue), sizes(queue))
    }

    run(main())
  },

  'without a size, or with none, it holds any number'(log) {
    for (const queue of [new Queue(), new Queue(0), new Queue(-3), new LifoQueue(), new PriorityQueue()]) {
      filled(queue, Array(100).keys())
      log(queue.maxsize, sizes(queue))
    }
  },

  'it is full when it holds as many as it may'(log) {
    const queue = new Queue(2)
    for (let i = 0; i < 2; i++) {
      log(queue.maxsize, sizes(queue))
      queue.putNowait(i)
    }
    log(sizes(queue))
    attempt(log, () => { queue.putNowait(2) })
    log(drained(queue), sizes(queue))
  },

  'half an item more is one item more'(log) {
    function* main() {
      const queue = filled(new Queue(1.5), ['a'])
      log(queue.maxsize, sizes(queue))
      yield* queue.put('b')
      log(sizes(queue))
      yield* outcome(log, 'c', waitFor(queue.put('c'), 10))
    }

    run(main())
  },

  'empty, it has nothing to give, and says so'(log) {
    for (const queue of [new Queue(), new LifoQueue(), new PriorityQueue()]) {
      attempt(log, () => queue.getNowait())
      log(sizes(queue))
    }
  },

  'nothing at all is an item, too'(log) {
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

  'who waits for an item gets it in the next turn, in the order in which they came'(log) {
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

  'who waits for room gets it in the next turn, in the order in which they came'(log) {
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

  'room for one: maker and user take turns'(log) {
    function* maker(queue: Queue) {
      for (let i = 0; i < 4; i++) {
        yield* queue.put(i)
        log('made', i)
      }
    }

    function* user(queue: Queue) {
      for (let i = 0; i < 4; i++) log('used', yield* queue.get())
    }

    function* main() {
      const queue = new Queue(1)
      yield* gather([maker(queue), user(queue)])
    }

    run(main())
  },

  'any number of room: the maker goes ahead'(log) {
    function* maker(queue: Queue) {
      for (let i = 0; i < 3; i++) {
        yield* queue.put(i)
        log('made', i)
      }
    }

    function* user(queue: Queue) {
      for (let i = 0; i < 3; i++) log('used', yield* queue.get())
    }

    function* main() {
      const queue = new Queue()
      yield* gather([user(queue), maker(queue)])
    }

    run(main())
  },

  'as many are woken as there are items'(log) {
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

  'an item is stolen from one that was woken: it waits again, at the end of the line'(log) {
    function* main() {
      const queue = new Queue()
      const [a, b] = lineUp(log, () => queue.get(), 'a', 'b')
      yield* sleep(0)
      queue.putNowait('stolen')
      log(queue.getNowait())
      yield* turns(2)
      log(a.done(), b.done())
      filled(queue, ['first', 'second'])
      yield* wait([a, b])
    }

    run(main())
  },

  'a newcomer whose turn comes first takes the item of one that was woken'(log) {
    function* main() {
      const queue = new Queue()
      const a = start(log, 'a', queue.get())
      yield* sleep(0)
      const newcomer = start(log, 'newcomer', queue.get())
      queue.putNowait('item')
      yield* newcomer
      yield* turns(2)
      log(a.done())
      queue.putNowait('another')
      yield* a
    }

    run(main())
  },

  'stolen, and another one in its place: the first in line takes it, the second was woken for nothing'(log) {
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

  'room is taken from one that was woken: it waits again, at the end of the line'(log) {
    function* main() {
      const queue = filled(new Queue(1), ['first'])
      const [a, b] = [start(log, 'put a', queue.put('a')), start(log, 'put b', queue.put('b'))]
      yield* sleep(0)
      log(queue.getNowait())
      queue.putNowait('thief')
      yield* turns(2)
      log(a.done(), b.done())
      for (let i = 0; i < 3; i++) {
        log(yield* queue.get())
        yield* turns(2)
      }
      yield* wait([a, b])
    }

    run(main())
  },

  'several are taken out in one step: as many are let in'(log) {
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

  'cancelled in line, one is passed over'(log) {
    function* main() {
      const queue = new Queue()
      const [a, b] = lineUp(log, () => queue.get(), 'a', 'b')
      yield* sleep(0)
      a.cancel()
      yield* turns(2)
      queue.putNowait('item')
      yield* b
      log(sizes(queue))
    }

    run(main())
  },

  'cancelled first, and an item put in then: the next in line is woken at once'(log) {
    function* main() {
      const queue = new Queue()
      const [a, b] = lineUp(log, () => queue.get(), 'a', 'b')
      yield* sleep(0)
      ticker(log, 3)
      a.cancel()
      queue.putNowait('item')
      yield* wait([a, b])
      yield* sleep(0)
    }

    run(main())
  },

  'an item put in first, and cancelled then: the one that was woken passes it on'(log) {
    function* main() {
      const queue = new Queue()
      const [a, b] = lineUp(log, () => queue.get(), 'a', 'b')
      yield* sleep(0)
      ticker(log, 3)
      queue.putNowait('item')
      a.cancel()
      yield* wait([a, b])
      yield* sleep(0)
    }

    run(main())
  },

  'woken, cancelled, and nobody behind: the item stays'(log) {
    function* main() {
      const queue = new Queue()
      const a = start(log, 'a', queue.get())
      yield* sleep(0)
      queue.putNowait('item')
      a.cancel()
      yield* a
      log(sizes(queue), yield* queue.get())
    }

    run(main())
  },

  'woken, cancelled, and the item stolen: nobody else is woken for it'(log) {
    function* main() {
      const queue = new Queue()
      const [a, b, c] = lineUp(log, () => queue.get(), 'a', 'b', 'c')
      yield* sleep(0)
      queue.putNowait('item')
      log(queue.getNowait())
      a.cancel()
      yield* a
      yield* turns(3)
      log(b.done(), c.done())
      filled(queue, ['another', 'the last'])
      yield* wait([b, c])
    }

    run(main())
  },

  'two were woken, one is cancelled: no item is lost'(log) {
    function* main() {
      for (const victim of [0, 1] as const) {
        const queue = new Queue()
        const tasks = lineUp(log, () => queue.get(), 'a', 'b', 'c')
        yield* sleep(0)
        filled(queue, [1, 2])
        tasks[victim].cancel()
        yield* wait(tasks)
        log(sizes(queue))
      }
    }

    run(main())
  },

  'all who wait are cancelled: what is put in stays'(log) {
    function* main() {
      const queue = new Queue()
      const tasks = lineUp(log, () => queue.get(), 'a', 'b')
      yield* sleep(0)
      for (const task of tasks) task.cancel()
      queue.putNowait('item')
      yield* wait(tasks)
      log(drained(queue))
    }

    run(main())
  },

  'woken and cancelled one after the other, the item goes from one to the next'(log) {
    function* main() {
      const queue = new Queue()
      const tasks = lineUp(log, () => queue.get(), 'a', 'b', 'c')
      yield* sleep(0)
      queue.putNowait('item')
      for (const task of tasks.slice(0, 2)) {
        task.cancel()
        yield* sleep(0)
      }
      yield* wait(tasks)
    }

    run(main())
  },

  'cancelled while it waits for room, its item is never put in'(log) {
    function* main() {
      const queue = filled(new Queue(1), ['first'])
      const [a, b] = [start(log, 'put a', queue.put('a')), start(log, 'put b', queue.put('b'))]
      yield* sleep(0)
      a.cancel()
      yield* turns(2)
      log(yield* queue.get())
      yield* b
      log(drained(queue))
    }

    run(main())
  },

  'room made first, and cancelled then: the one that was woken passes it on'(log) {
    function* main() {
      const queue = filled(new Queue(1), ['first'])
      const [a, b] = [start(log, 'put a', queue.put('a')), start(log, 'put b', queue.put('b'))]
      yield* sleep(0)
      ticker(log, 3)
      log(queue.getNowait())
      a.cancel()
      yield* wait([a, b])
      log(drained(queue))
    }

    run(main())
  },

  'cancelled first, and room made then: the next in line is woken at once'(log) {
    function* main() {
      const queue = filled(new Queue(1), ['first'])
      const [a, b] = [start(log, 'put a', queue.put('a')), start(log, 'put b', queue.put('b'))]
      yield* sleep(0)
      ticker(log, 3)
      a.cancel()
      log(queue.getNowait())
      yield* wait([a, b])
      log(drained(queue))
    }

    run(main())
  },

  'woken, cancelled, and the room taken: nobody else is woken for it'(log) {
    function* main() {
      const queue = filled(new Queue(1), ['first'])
      const put = (item: string) => start(log, `put ${item}`, queue.put(item))
      const [a, b, c] = [put('a'), put('b'), put('c')]
      yield* sleep(0)
      log(queue.getNowait())
      queue.putNowait('thief')
      a.cancel()
      yield* a
      yield* turns(3)
      log(b.done(), c.done())
      log(queue.getNowait())
      yield* b
      log(queue.getNowait())
      yield* c
    }

    run(main())
  },

  'the message of the cancellation arrives, and who swallows it may take the item all the same'(log) {
    function* stubborn(queue: Queue) {
      try {
        yield* queue.get()
      } catch (error) {
        log(error, message(error), (currentTask() as Task).uncancel())
      }
      return yield* queue.get()
    }

    function* main() {
      const queue = new Queue()
      const [a, b] = [start(log, 'a', stubborn(queue)), start(log, 'b', queue.get())]
      yield* sleep(0)
      queue.putNowait(1)
      a.cancel('not you')
      yield* a
      yield* turns(3)
      log(b.done())
      queue.putNowait(2)
      yield* b
    }

    run(main())
  },

  'with nothing to do, join() takes no turn'(log) {
    function* main() {
      const queue = new Queue()
      ticker(log, 1)
      log(yield* queue.join())
      queue.putNowait('item')
      queue.getNowait()
      queue.taskDone()
      log(yield* queue.join())
      yield* sleep(0)
    }

    run(main())
  },

  'join() waits until each item that was put in is done, not only taken out'(log) {
    function* main() {
      const queue = filled(new Queue(), ['a', 'b'])
      const joiners = lineUp(log, () => queue.join(), 'one', 'two')
      yield* sleep(0)
      log(drained(queue))
      queue.taskDone()
      yield* turns(2)
      log(joiners.map(task => task.done()))
      ticker(log, 2)
      queue.taskDone()
      yield* wait(joiners)
    }

    run(main())
  },

  'more is done than was put in'(log) {
    function* main() {
      const queue = new Queue()
      const done = () => { queue.taskDone() }
      attempt(log, done)
      queue.putNowait('item')
      attempt(log, done)
      attempt(log, done)
      log(sizes(queue))
      queue.putNowait('another')
      attempt(log, done)
      attempt(log, done)
    }

    run(main())
  },

  'done already, and something new put in before join() goes on: it goes on all the same'(log) {
    function* main() {
      const queue = filled(new Queue(), ['a'])
      const joiner = start(log, 'joiner', queue.join())
      yield* sleep(0)
      queue.taskDone()
      queue.putNowait('b')
      yield* joiner
      yield* outcome(log, 'again', waitFor(queue.join(), 10))
      queue.taskDone()
      yield* outcome(log, 'at last', queue.join())
    }

    run(main())
  },

  'join() is given up, and cancelled, without a trace'(log) {
    function* main() {
      const queue = filled(new Queue(), ['a'])
      yield* outcome(log, 'join', waitFor(queue.join(), 10))
      const joiner = start(log, 'joiner', queue.join())
      yield* sleep(0)
      joiner.cancel()
      queue.taskDone()
      yield* joiner
      yield* outcome(log, 'join', queue.join())
    }

    run(main())
  },

  'workers share what there is to do, and are sent home when it is done'(log) {
    function* worker(name: string, queue: Queue<number>) {
      for (;;) {
        const ms = yield* queue.get()
        yield* sleep(ms)
        log(name, 'did', ms, 'at', getRunningLoop().time())
        queue.taskDone()
      }
    }

    function* main() {
      const queue = filled(new Queue<number>(), [20, 10, 5, 5, 30, 1])
      const workers = Array.from('abc', name => createTask(worker(name, queue)))
      yield* queue.join()
      log('all done at', getRunningLoop().time())
      for (const task of workers) task.cancel()
      log(yield* gather(workers, { returnExceptions: true }))
    }

    run(main())
  },

  'each item is followed through the queue of the next one'(log) {
    function* stage(name: string, source: Queue<string>, target: Queue<string> | null) {
      for (;;) {
        const item = yield* source.get()
        log(name, item)
        if (target !== null) yield* target.put(item + name)
        source.taskDone()
      }
    }

    function* main() {
      const [first, second] = [new Queue<string>(1), new Queue<string>(1)]
      const stages = [createTask(stage('x', first, second)), createTask(stage('y', second, null))] as const
      for (const item of 'abc') yield* first.put(item)
      yield* first.join()
      yield* second.join()
      log('done')
      stages[0].cancel()
      stages[1].cancel()
      yield* wait(stages)
    }

    run(main())
  },

  'the time runs out, and the item that comes later is for another one'(log) {
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

  'the item comes in the turn in which the time is over: it stays in the queue'(log) {
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

  'without time, not even what is there is taken'(log) {
    function* main() {
      const queue = filled(new Queue(2), ['item'])
      yield* outcome(log, 'get', waitFor(queue.get(), 0))
      yield* outcome(log, 'put', waitFor(queue.put('another'), 0))
      log(drained(queue))
    }

    run(main())
  },

  'the last in is the first out'(log) {
    function* main() {
      const queue = filled(new LifoQueue(3), ['a', 'b', 'c'])
      log(sizes(queue))
      const putter = start(log, 'put d', queue.put('d'))
      yield* sleep(0)
      log(yield* queue.get())
      yield* putter
      log(drained(queue))
      const getters = lineUp(log, () => queue.get(), 'one', 'two')
      yield* sleep(0)
      filled(queue, [1, 2])
      yield* wait(getters)
    }

    run(main())
  },

  'the least comes first'(log) {
    function* main() {
      const numbers = filled(new PriorityQueue(), [5, 3, -1, 3.5, 10, 3, 0])
      const words = filled(new PriorityQueue(), ['pear', 'apple', 'fig', 'Fig', 'app', ''])
      log(drained(numbers))
      log(drained(words))
    }

    run(main())
  },

  'pairs go by their priority, and by what follows where that is equal'(log) {
    function* main() {
      const pairs = [[2, 'b'], [1, 'z'], [2, 'a'], [1, 'a', 0], [0, 'x'], [1, 'a'], [2, 'a']]
      log(drained(filled(new PriorityQueue(), pairs)))
      const nested = filled(new PriorityQueue(), [[[1, 2], 'b'], [[1, 1], 'c'], [[1], 'd'], [[0, 9], 'e']])
      log(drained(nested))
    }

    run(main())
  },

  'many numbers, put in and taken out by turns, come out in order'(log) {
    let seed = 7

    function following(): number {
      seed = (seed * 1103 + 12345) % 65536
      return seed % 100
    }

    const queue = filled(new PriorityQueue(), Array.from({ length: 30 }, following))
    for (let i = 0; i < 5; i++) {
      log(Array.from({ length: 6 }, () => queue.getNowait()))
      filled(queue, Array.from({ length: 4 }, following))
    }
    log(drained(queue))
  },

  'one that was woken gets the least of what there is when its turn comes'(log) {
    function* main() {
      const queue = new PriorityQueue()
      const getters = lineUp(log, () => queue.get(), 'a', 'b')
      yield* sleep(0)
      filled(queue, [3, 2, 1])
      yield* wait(getters)
      log(drained(queue))
    }

    run(main())
  },

  'who waits for room puts its item in its place'(log) {
    function* main() {
      const queue = filled(new PriorityQueue(2), [5, 1])
      const putters = [7, 0].map(item => start(log, `put ${item}`, queue.put(item)))
      yield* sleep(0)
      for (let i = 0; i < 4; i++) {
        log(yield* queue.get())
        yield* turns(2)
      }
      yield* wait(putters)
    }

    run(main())
  },

  'a subclass keeps its items as it likes'(log) {
    /** Each item once, however often it is put in. */
    class Unique extends Queue<string> {
      private readonly kept = new Set<string>()

      override qsize() { return this.kept.size }

      protected override putItem(item: string) {
        log('put', item)
        this.kept.add(item)
      }

      protected override getItem() {
        const item = this.kept.values().next().value as string
        log('get', item)
        this.kept.delete(item)
        return item
      }
    }

    function* main() {
      const queue = filled(new Unique(3), ['a', 'b', 'a'])
      log(sizes(queue))
      yield* queue.put('c')
      log(sizes(queue))
      const putter = start(log, 'putter', queue.put('d'))
      yield* sleep(0)
      log(drained(queue))
      yield* putter
      log(drained(queue))
      yield* outcome(log, 'join', waitFor(queue.join(), 10))
      for (let i = 0; i < 5; i++) queue.taskDone()
      yield* outcome(log, 'join', queue.join())
    }

    run(main())
  },

  'a subclass that refuses an item: nothing was put in, and nobody is woken'(log) {
    class Picky extends Queue<string> {
      protected override putItem(item: string) {
        if (item === 'bad') throw new Boom()
        super.putItem(item)
      }
    }

    function* main() {
      const queue = new Picky()
      const getter = start(log, 'getter', queue.get())
      yield* sleep(0)
      attempt(log, () => { queue.putNowait('bad') })
      yield* outcome(log, 'put', queue.put('bad'))
      yield* turns(2)
      log(getter.done(), sizes(queue))
      yield* queue.join()
      queue.putNowait('good')
      yield* getter
      queue.taskDone()
      attempt(log, () => { queue.taskDone() })
    }

    run(main())
  },

  'a subclass that fails to give an item: nobody who waits for room is woken'(log) {
    class Stuck extends Queue<string> {
      stuck = true

      protected override getItem() {
        if (this.stuck) throw new Boom()
        return super.getItem()
      }
    }

    function* main() {
      const queue = filled(new Stuck(1), ['item'])
      const [a, b] = [start(log, 'put a', queue.put('a')), start(log, 'put b', queue.put('b'))]
      yield* sleep(0)
      attempt(log, () => queue.getNowait())
      yield* turns(2)
      log(a.done(), b.done(), sizes(queue))
      queue.stuck = false
      log(yield* queue.get())
      yield* a
      log(yield* queue.get())
      yield* b
    }

    run(main())
  },

  'eager tasks get and put before anybody sees them'(log) {
    function* main() {
      getRunningLoop().setTaskFactory(eagerTaskFactory)
      const queue = new Queue(1)
      const [a, b] = lineUp(log, () => queue.get(), 'a', 'b')
      log(a.done())
      const [c, d] = [start(log, 'put 1', queue.put(1)), start(log, 'put 2', queue.put(2))]
      log(c.done(), d.done())
      const e = start(log, 'e', queue.get())
      log(e.done())
      yield* wait([b, d])
      log(a.done())
      yield* queue.put(3)
      yield* a
    }

    run(main())
  },

  'cancelling a gather() of getters takes them all out of the line'(log) {
    function* main() {
      const queue = new Queue()
      const both = gather([outcome(log, 'a', queue.get()), outcome(log, 'b', queue.get())])
      const c = start(log, 'c', queue.get())
      yield* sleep(0)
      queue.putNowait('item')
      both.cancel()
      yield* c
      yield* outcome(log, 'both', both)
      log(sizes(queue))
    }

    run(main())
  },

  'plain code puts in and takes out, with and without a loop'(log) {
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

  'polling: what is not there yet is asked for again'(log) {
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

  'a queue belongs to the loop in which somebody first had to wait'(log) {
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

  'that goes for all who wait, for items, for room, or for the end of all work'(log) {
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
