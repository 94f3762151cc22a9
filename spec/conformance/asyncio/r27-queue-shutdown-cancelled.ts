/** R27, cancelled: a task that is cancelled and told of the shutdown in one step is cancelled. */
import { Queue, getRunningLoop, sleep, wait, waitFor } from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { lineUp, start } from './support/crew.ts'
import { attempt } from './support/probes.ts'
import { filled, sizes } from './support/queues.ts'
import { run } from './support/virtual.ts'

export const programs: Programs = {
  'a getter is cancelled, whichever came first'(log) {
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

  'a putter is cancelled, whichever came first'(log) {
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

  'cancelled after it was told, a getter does not take the item that is left'(log) {
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

  'the deadline passes in the turn of the shutdown'(log) {
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

  'a joiner is cancelled during a shutdown at once'(log) {
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
