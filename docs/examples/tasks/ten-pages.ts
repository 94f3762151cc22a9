// Ten tasks take as long as one; from the note on native coroutines
import { EventLoop, VirtualHost, sleep, wait } from 'yieldfrom'

function* getHtml(url: string) {
  console.log('start get url', url)
  yield* sleep(2000)
  console.log('end get url')
}

const loop = new EventLoop({ host: new VirtualHost() })
const startTime = loop.time()
const tasks = Array.from({ length: 10 }, () => loop.createTask(getHtml('www.example.com')))
loop.runUntilComplete(wait(tasks))
console.log('times', (loop.time() - startTime) / 1000)
loop.close()
