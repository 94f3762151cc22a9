// gather() gives the results by position, and the loop passes them on; from the note on tasks and threads
import { EventLoop, VirtualHost, ensureFuture, gather, sleep } from 'yieldfrom'

function* doSomeThing(x: number) {
  yield* sleep(200)
  console.log('wait...', x)
  return x
}

function* main() {
  const tasks = []
  for (let i = 0; i < 3; i++) {
    tasks.push(ensureFuture(doSomeThing(i)))
  }
  return yield* gather(tasks)
}

const loop = new EventLoop({ host: new VirtualHost() })
const coroutine = main()
const task = loop.createTask(coroutine)
for (const result of loop.runUntilComplete(task)) {
  console.log(result)
}
loop.close()
