// Coroutines are made before there is a loop, and become tasks in it; from the note on kinds of coroutines
import { VirtualHost, createTask, run, sleep, wait } from 'yieldfrom'

function* func() {
  console.log(1)
  yield* sleep(2000)
  console.log(2)
  return 'return value'
}

const taskList = [
  func(),
  func(),
]

function* main() {
  return yield* wait(taskList.map(coroutine => createTask(coroutine)))
}

const [done, pending] = run(main(), { host: new VirtualHost() })
for (const task of done) {
  console.log(task.result())
}
console.log(pending.size, 'pending')
