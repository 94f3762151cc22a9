// Task objects with names, in a list that is waited for; from the note on kinds of coroutines
import { VirtualHost, createTask, run, sleep, wait } from 'yieldfrom'

function* func() {
  console.log(1)
  yield* sleep(2000)
  console.log(2)
  return 'return value'
}

function* main() {
  console.log('main starts')
  const taskList = [
    createTask(func(), { name: 't1' }),
    createTask(func(), { name: 't2' }),
  ]
  console.log('main ends')

  const [done, pending] = yield* wait(taskList, { timeout: null })
  console.log(done.size, 'done,', pending.size, 'pending')
  for (const task of taskList) {
    console.log(task.getName(), task.result())
  }
}

run(main(), { host: new VirtualHost() })
