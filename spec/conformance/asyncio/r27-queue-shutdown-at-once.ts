/** R27, at once: what is in the queue is thrown away, and counts as done. */
import { Queue, sleep, wait } from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { lineUp, start, turns } from './support/crew.ts'
import { attempt } from './support/probes.ts'
import { filled, sizes } from './support/queues.ts'
import { run } from './support/virtual.ts'
import { outcome, ticker } from './support/witness.ts'

export const programs: Programs = {
  'what is in it is thrown away'(log) {
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

  'a getter that was woken before does not get its item'(log) {
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

  'a putter finds room, but is told of the shutdown'(log) {
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

  'those that join are let go if nobody is at work'(log) {
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

  'what was taken out still has to be done'(log) {
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

  'what was reported as done too early is not counted twice'(log) {
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

  'shut down twice, the second time at once'(log) {
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

  'those that join are told before putters'(log) {
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

  'those that join are told before getters'(log) {
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
}
