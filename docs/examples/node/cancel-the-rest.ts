// Ctrl-C half way, for real: one task is done already, the rest is cancelled; from the note on tasks and threads
import { KeyboardInterrupt, NodeEventLoopPolicy, allTasks, ensureFuture, getEventLoop, setEventLoopPolicy, sleep, wait } from 'yieldfrom/node'

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

setEventLoopPolicy(new NodeEventLoopPolicy())
const loop = getEventLoop()
loop.callLater(1_500, () => process.kill(process.pid, 'SIGINT')) // for the example: this is what Ctrl-C sends
const coroutine = main()
const task = loop.createTask(coroutine)
try {
  loop.runUntilComplete(task)
} catch (error) {
  if (!(error instanceof KeyboardInterrupt)) throw error
  for (const task of allTasks(loop)) {
    console.log(task.cancel() ? 'cancel' : 'too late')
  }
  loop.stop()
  loop.runForever()
} finally {
  loop.close()
}
