/** R26, cancelled: a cancelled getter or putter leaves the line, and passes on what it was woken for. */
import { Queue, gather, sleep, wait } from '../../../lib/index.ts'
import { type Programs, table } from '../programs.ts'
import { lineUp, start, turns } from './support/crew.ts'
import { drained, filled, sizes } from './support/queues.ts'
import { run } from './support/virtual.ts'
import { outcome, ticker } from './support/witness.ts'

export const programs: Programs = {
  'a getter cancelled in line is passed over'(log) {
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

  ...table({
    'cancelled before the item: the next getter is woken at once': { cancelledFirst: true },
    'cancelled after the item: the woken getter passes it on': { cancelledFirst: false },
  }, (log, { cancelledFirst }) => {
    function* main() {
      const queue = new Queue()
      const [a, b] = lineUp(log, () => queue.get(), 'a', 'b')
      yield* sleep(0)
      ticker(log, 3)
      if (cancelledFirst) a.cancel()
      queue.putNowait('item')
      if (!cancelledFirst) a.cancel()
      yield* wait([a, b])
      yield* sleep(0)
    }

    run(main())
  }),

  'woken and cancelled with nobody behind: the item stays'(log) {
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

  'woken and cancelled, and the item stolen: nobody else is woken'(log) {
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

  'one of two woken getters is cancelled: no item is lost'(log) {
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

  'when all getters are cancelled, an item that is put in stays'(log) {
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

  'woken and cancelled one after the other, the item passes from one to the next'(log) {
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

  ...table({
    'cancelled before there is room: the next putter is woken at once': { cancelledFirst: true },
    'cancelled after there is room: the woken putter passes it on': { cancelledFirst: false },
  }, (log, { cancelledFirst }) => {
    function* main() {
      const queue = filled(new Queue(1), ['first'])
      const [a, b] = [start(log, 'put a', queue.put('a')), start(log, 'put b', queue.put('b'))]
      yield* sleep(0)
      ticker(log, 3)
      if (cancelledFirst) a.cancel()
      log(queue.getNowait())
      if (!cancelledFirst) a.cancel()
      yield* wait([a, b])
      log(drained(queue))
    }

    run(main())
  }),

  'two putters woken and one of them cancelled: its room is for the third'(log) {
    function* main() {
      const queue = filled(new Queue(2), ['x', 'y'])
      const [a, b, c] = Array.from('abc', item => start(log, `put ${item}`, queue.put(item)))
      yield* sleep(0)
      log(queue.getNowait(), queue.getNowait())
      a?.cancel()
      yield* turns(3)
      log(a?.done(), b?.done(), c?.done(), sizes(queue))
      log(drained(queue))
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
}
