// Shutting a queue down: what is in it is taken out, and then its consumers end by themselves
import { Queue, QueueShutDown, VirtualHost, createTask, run, sleep } from 'yieldfrom'

function* consumer(queue: Queue<string>) {
  try {
    for (;;) {
      console.log('got', yield* queue.get())
      yield* sleep(1000)
    }
  } catch (e) {
    if (!(e instanceof QueueShutDown)) throw e
    console.log('no more will come')
  }
}

function* main() {
  const queue = new Queue<string>()
  const task = createTask(consumer(queue))
  for (const item of ['bread', 'butter', 'tea']) {
    yield* queue.put(item)
  }
  queue.shutdown()
  try {
    yield* queue.put('milk')
  } catch (e) {
    if (!(e instanceof QueueShutDown)) throw e
    console.log('the milk is refused')
  }
  yield* task
}

run(main(), { host: new VirtualHost() })
