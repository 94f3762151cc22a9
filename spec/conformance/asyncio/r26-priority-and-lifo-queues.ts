/**
 * R26, other orders: a LifoQueue gives the last item first, a PriorityQueue the least, and a subclass keeps items as it
 * likes.
 */
import { LifoQueue, PriorityQueue, Queue, sleep, wait, waitFor } from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { lineUp, start, turns } from './support/crew.ts'
import { Boom } from './support/errors.ts'
import { attempt } from './support/probes.ts'
import { drained, filled, sizes } from './support/queues.ts'
import { run } from './support/virtual.ts'
import { outcome } from './support/witness.ts'

export const programs: Programs = {
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

  'a woken getter gets the least of what is there when its turn comes'(log) {
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

  'a waiting putter puts its item in the right place'(log) {
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

  'a subclass that fails to give an item: no putter is woken'(log) {
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
}
