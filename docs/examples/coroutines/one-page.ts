// A coroutine, and how long it takes by the clock of its loop; from the note on native coroutines
import { EventLoop, VirtualHost, sleep } from 'yieldfrom'

function* getHtml(url: string) {
  console.log('start get url', url)
  yield* sleep(2000)
  console.log('end get url')
}

const loop = new EventLoop({ host: new VirtualHost() })
const startTime = loop.time()
loop.runUntilComplete(getHtml('www.example.com'))
console.log('times', (loop.time() - startTime) / 1000)
loop.close()
