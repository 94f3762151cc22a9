// Two tasks take turns, written as async and await are; from the note on kinds of coroutines
import { EventLoop, VirtualHost, ensureFuture, sleep, wait } from 'yieldfrom'

function* func1() {
  console.log(1)
  yield* sleep(2000) // switches to the other task
  console.log(2)
}

function* func2() {
  console.log(3)
  yield* sleep(2000) // switches to the other task
  console.log(4)
}

const loop = new EventLoop({ host: new VirtualHost() })
const tasks = [
  ensureFuture(func1(), { loop }),
  ensureFuture(func2(), { loop }),
]
loop.runUntilComplete(wait(tasks))
loop.close()
