// Two gathers side by side, one of which is cancelled on Ctrl-C, for real; from the note on native coroutines
// It warns: Task was destroyed but it is pending!
import { KeyboardInterrupt, NodeEventLoopPolicy, gather, getEventLoop, setEventLoopPolicy, sleep } from 'yieldfrom/node'

function* getHtml(url: string) {
  console.log('start get url', url)
  yield* sleep(2000)
  console.log('end get url')
}

function* getHtml2(url: string) {
  console.log('start get url', url)
  yield* sleep(4000)
  console.log('end get url')
}

const startTime = performance.now()
setEventLoopPolicy(new NodeEventLoopPolicy())
const loop = getEventLoop()
loop.callLater(3_000, () => process.kill(process.pid, 'SIGINT')) // for the example: this is what Ctrl-C sends
const t1 = Array.from({ length: 10 }, () => getHtml('www.example.com'))
const t2 = Array.from({ length: 10 }, () => getHtml2('www.example.org'))
const tasks = gather(t1)
const tasks2 = gather(t2)
try {
  loop.runUntilComplete(gather([tasks, tasks2]))
} catch (error) {
  if (!(error instanceof KeyboardInterrupt)) throw error
  console.log(tasks2.cancel() ? 'cancel' : 'too late')
  loop.close()
}

console.log('times', Math.floor((performance.now() - startTime) / 1000))
