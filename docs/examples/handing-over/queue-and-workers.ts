// A queue between one who has work and three who do it, and the time that this saves; from the note on callbacks
import { Queue, VirtualHost, createTask, gather, getRunningLoop, run, sleep } from 'yieldfrom'

function* producer(queue: Queue<[number, number]>, durations: number[]) {
  for (const [i, duration] of durations.entries()) {
    yield* queue.put([i + 1, duration]) // waits while the queue is full
    console.log('page', i + 1, 'is in the queue')
  }
}

function* worker(name: string, queue: Queue<[number, number]>) {
  for (;;) {
    const [page, duration] = yield* queue.get()
    yield* sleep(duration * 1000)
    console.log(name, 'has page', page, 'after', duration, 's')
    queue.taskDone()
  }
}

function* main() {
  const loop = getRunningLoop()
  const queue = new Queue<[number, number]>(2)
  const durations = [3, 1, 2, 5, 1, 4, 2, 3]
  const workers = [1, 2, 3].map(i => createTask(worker(`worker ${i}`, queue)))

  const startedAt = loop.time()
  yield* producer(queue, durations)
  yield* queue.join() // until all pages are done
  const took = (loop.time() - startedAt) / 1000

  for (const task of workers) {
    task.cancel() // they wait for more work
  }
  yield* gather(workers, { returnExceptions: true })

  console.log('three workers took', took, 's, one would have taken', durations.reduce((a, b) => a + b), 's')
}

run(main(), { host: new VirtualHost() })
