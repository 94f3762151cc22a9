// Ctrl-C, for real: a SIGINT comes while a hundred coroutines sleep, and all are cancelled; from the note on callbacks
import { KeyboardInterrupt, NodeEventLoopPolicy, allTasks, ensureFuture, getEventLoop, setEventLoopPolicy, sleep, wait } from 'yieldfrom/node'

let cleaned = 0

function* test1() {
  console.log('This is test1')
  try {
    yield* sleep(10_000)
    console.log('test1 done')
  } finally {
    cleaned++
  }
}

setEventLoopPolicy(new NodeEventLoopPolicy())
const loop = getEventLoop()
loop.callLater(1_000, () => process.kill(process.pid, 'SIGINT')) // for the example: this is what Ctrl-C sends
const tasks = Array.from({ length: 100 }, () => ensureFuture(test1()))
try {
  loop.runUntilComplete(wait(tasks))
} catch (error) {
  if (!(error instanceof KeyboardInterrupt)) throw error
  for (const task of allTasks(loop)) {
    task.cancel()
  }
  loop.stop()
  loop.runForever()
} finally {
  loop.close()
}
console.log(tasks.filter(task => task.cancelled()).length, 'cancelled,', cleaned, 'cleaned')
