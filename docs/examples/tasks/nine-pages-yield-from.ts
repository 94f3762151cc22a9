// Nine tasks, each sleeping a second longer, written with yield from; from the note on native coroutines
import { EventLoop, VirtualHost, coroutine, ensureFuture, sleep, wait, yieldFrom } from 'yieldfrom'

const getHtml = coroutine(function* (times: number) {
  console.log('start get url', times)
  yield* yieldFrom(sleep(times * 1000))
  console.log('end get url', times)
})

const loop = new EventLoop({ host: new VirtualHost() })
const startTime = loop.time()
const tasks = []
for (let i = 1; i < 10; i++) {
  tasks.push(ensureFuture(getHtml(i), { loop }))
}

loop.runUntilComplete(wait(tasks))
console.log('times', (loop.time() - startTime) / 1000)
loop.close()
