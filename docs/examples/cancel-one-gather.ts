// Nested gathers, one of which is cancelled on Ctrl-C; from the note on native coroutines
import { CancelledError, EventLoop, KeyboardInterrupt, VirtualHost, gather, sleep } from 'yieldfrom'

function* getHtml(url: string) {
  console.log('start get url', url)
  yield* sleep(2000)
  console.log('end get url', url)
  return url
}

function* getHtml2(url: string) {
  console.log('start get url', url)
  yield* sleep(4000)
  console.log('end get url', url)
  return url
}

function pressCtrlC() {
  throw new KeyboardInterrupt()
}

const loop = new EventLoop({ host: new VirtualHost() })
const startTime = loop.time()
loop.callLater(3000, pressCtrlC)
const t1 = Array.from({ length: 3 }, () => loop.createTask(getHtml('www.example.com')))
const t2 = Array.from({ length: 3 }, () => loop.createTask(getHtml2('www.example.org')))
const tasks = gather(t1)
const tasks2 = gather(t2)
const both = gather([tasks, tasks2])
try {
  loop.runUntilComplete(both)
} catch (e) {
  if (!(e instanceof KeyboardInterrupt)) throw e
  console.log(tasks2.cancel() ? 'cancel' : 'too late')
  try {
    loop.runUntilComplete(both)
  } catch (e) {
    if (!(e instanceof CancelledError)) throw e
    console.log('both: CancelledError')
  }
  console.log('the first:', ...tasks.result())
  loop.close()
}

console.log('times', (loop.time() - startTime) / 1000)
