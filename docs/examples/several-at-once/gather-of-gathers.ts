// A gather() of two gathers; from the note on native coroutines
import { EventLoop, VirtualHost, gather, sleep } from 'yieldfrom'

function* getHtml(url: string) {
  console.log('start get url', url)
  yield* sleep(2000)
  console.log('end get url', url)
}

function* getHtml2(url: string) {
  console.log('start get url', url)
  yield* sleep(4000)
  console.log('end get url', url)
}

const loop = new EventLoop({ host: new VirtualHost() })
const startTime = loop.time()
const t1 = Array.from({ length: 3 }, () => loop.createTask(getHtml('www.example.com')))
const t2 = Array.from({ length: 3 }, () => loop.createTask(getHtml2('www.example.org')))
const tasks = gather(t1)
const tasks2 = gather(t2)
loop.runUntilComplete(gather([tasks, tasks2]))
console.log('times', (loop.time() - startTime) / 1000)
loop.close()
