// Results in the order in which they come; from the note on native coroutines
import { EventLoop, VirtualHost, asCompleted, ensureFuture, sleep } from 'yieldfrom'

function* getHtml(times: number) {
  yield* sleep(times * 1000)
  return `after ${times} s`
}

function* start() {
  const tasks = []
  for (const i of [3, 1, 2]) {
    tasks.push(ensureFuture(getHtml(i)))
  }

  for (const task of asCompleted(tasks)) {
    const res = yield* task
    console.log(res)
  }
}

const loop = new EventLoop({ host: new VirtualHost() })
loop.runUntilComplete(start())
loop.close()
