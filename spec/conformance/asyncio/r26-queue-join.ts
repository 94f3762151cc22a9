/** R26, `join()`: it waits until each item that was put in is reported as done. */
import { Queue, createTask, gather, getRunningLoop, sleep, wait, waitFor } from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { lineUp, start, turns } from './support/crew.ts'
import { attempt } from './support/probes.ts'
import { drained, filled, sizes } from './support/queues.ts'
import { run } from './support/virtual.ts'
import { outcome, ticker } from './support/witness.ts'

export const programs: Programs = {
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

  'join() waits until each item is done, not only taken out'(log) {
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

  'more is reported as done than was put in'(log) {
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

  'join() continues even if something new was put in after the last item was done'(log) {
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

  'join() may time out or be cancelled'(log) {
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

  'workers share the items, and are cancelled when all are done'(log) {
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

  'each item is followed through a second queue'(log) {
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
}
