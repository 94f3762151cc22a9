// A priority queue: the most urgent first, whenever it was put in
import { PriorityQueue, VirtualHost, createTask, run, sleep } from 'yieldfrom'

function* doctor(queue: PriorityQueue<[number, string]>) {
  for (;;) {
    const [urgency, patient] = yield* queue.get()
    console.log(urgency, patient)
    yield* sleep(1000)
    queue.taskDone()
  }
}

function* main() {
  const queue = new PriorityQueue<[number, string]>()
  for (const item of [[3, 'cough'], [2, 'broken arm'], [4, 'certificate']] as [number, string][]) {
    yield* queue.put(item)
  }
  const task = createTask(doctor(queue))
  yield* sleep(1500)
  yield* queue.put([1, 'heart attack'])
  yield* queue.join()
  task.cancel()
}

run(main(), { host: new VirtualHost() })
