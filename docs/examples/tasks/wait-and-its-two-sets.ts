// wait() gives two sets: what is done, and what is pending; from the note on tasks and threads
import { EventLoop, VirtualHost, ensureFuture, sleep, wait } from 'yieldfrom'

function* doSomeThing(x: number) {
  yield* sleep(x * 1000)
  console.log('wait...', x)
  return x
}

function* main() {
  const tasks = []
  for (let i = 0; i < 3; i++) {
    tasks.push(ensureFuture(doSomeThing(i)))
  }
  const [done, pending] = yield* wait(tasks, { timeout: 1500 })
  for (const result of [...done].map(f => f.result()).sort()) {
    console.log('done', result)
  }
  for (const f of pending) {
    console.log('pending', yield* f)
  }
}

const loop = new EventLoop({ host: new VirtualHost() })
const coroutine = main()
const task = loop.createTask(coroutine)
loop.runUntilComplete(task)
loop.close()
