// gather() takes the tasks of two lists; from the note on native coroutines
import { EventLoop, VirtualHost, gather, sleep } from 'yieldfrom'

function* getHtml(url: string) {
  console.log('start get url', url)
  yield* sleep(2000)
  console.log('end get url', url)
}

const loop = new EventLoop({ host: new VirtualHost() })
const startTime = loop.time()
const tasks = Array.from({ length: 3 }, () => loop.createTask(getHtml('www.example.com')))
const tasks2 = Array.from({ length: 3 }, () => loop.createTask(getHtml('www.example.org')))
loop.runUntilComplete(gather([...tasks, ...tasks2]))
console.log('times', (loop.time() - startTime) / 1000)
loop.close()
