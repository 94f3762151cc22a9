// Ctrl-C, for real: all are cancelled, and the loop does not run again, so that nobody hears of it; from the note on native coroutines
import { KeyboardInterrupt, NodeEventLoopPolicy, allTasks, ensureFuture, getEventLoop, setEventLoopPolicy, sleep, wait } from 'yieldfrom/node'

function* getHtml(url: string) {
  console.log('start get url', url)
  yield* sleep(2000)
  console.log('end get url')
}

const startTime = performance.now()
setEventLoopPolicy(new NodeEventLoopPolicy())
const loop = getEventLoop()
loop.callLater(1_000, () => process.kill(process.pid, 'SIGINT')) // for the example: this is what Ctrl-C sends
const t1 = Array.from({ length: 10 }, () => ensureFuture(getHtml('www.example.com')))
try {
  loop.runUntilComplete(wait(t1))
} catch (error) {
  if (!(error instanceof KeyboardInterrupt)) throw error
  for (const task of allTasks(loop)) {
    console.log(task.cancel() ? 'cancel' : 'too late')
  }
  loop.stop()
}

console.log(t1.filter(task => task.cancelled()).length, 'cancelled')
console.log('times', Math.floor((performance.now() - startTime) / 1000))
