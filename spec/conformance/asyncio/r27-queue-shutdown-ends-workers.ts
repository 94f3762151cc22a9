/** R27, workers: a shutdown ends the tasks that use the queue. */
import { Queue, QueueShutDown, createTask, gather, getRunningLoop, sleep, wait } from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { filled, sizes } from './support/queues.ts'
import { run } from './support/virtual.ts'

export const programs: Programs = {
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

  'workers that are told to end at once finish what they have begun'(log) {
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

  'the producer says when it is over'(log) {
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

  'the consumer says when it has enough'(log) {
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

  'of a gather() of getters, one gets the item, and the others are told'(log) {
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
}
