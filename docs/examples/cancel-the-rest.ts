// Ctrl-C half way: one task is done already, the rest is cancelled; from the note on tasks and threads
import { EventLoop, KeyboardInterrupt, VirtualHost, allTasks, ensureFuture, sleep, wait } from 'yieldfrom'

function* doSomeThing(x: number) {
  yield* sleep(x * 1000)
  console.log('wait...', x)
  return x
}

function* main() {
  const tasks = []
  for (let i = 1; i < 4; i++) {
    tasks.push(ensureFuture(doSomeThing(i)))
  }
  const [done] = yield* wait(tasks)
  for (const f of done) {
    console.log(f.result())
  }
}

function pressCtrlC() {
  throw new KeyboardInterrupt()
}

const loop = new EventLoop({ host: new VirtualHost() })
loop.callLater(1500, pressCtrlC)
const coroutine = main()
const task = loop.createTask(coroutine)
try {
  loop.runUntilComplete(task)
} catch (e) {
  if (!(e instanceof KeyboardInterrupt)) throw e
  for (const task of allTasks(loop)) {
    console.log(task.cancel() ? 'cancel' : 'too late')
  }
  loop.stop()
  loop.runForever()
} finally {
  loop.close()
}
