// Task objects: both run while their maker goes on, and are waited for in turn; from the note on kinds of coroutines
import { VirtualHost, createTask, run, sleep } from 'yieldfrom'

function* func() {
  console.log(1)
  yield* sleep(2000)
  console.log(2)
  return 'return value'
}

function* main() {
  console.log('main starts')
  const task1 = createTask(func())
  const task2 = createTask(func())
  console.log('main ends')

  const ret1 = yield* task1
  const ret2 = yield* task2
  console.log(ret1, ret2)
}

run(main(), { host: new VirtualHost() })
