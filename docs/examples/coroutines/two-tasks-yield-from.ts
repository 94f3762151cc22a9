// Two tasks take turns, written with yield from; from the note on kinds of coroutines
import { EventLoop, VirtualHost, coroutine, ensureFuture, sleep, wait, yieldFrom } from 'yieldfrom'

const func1 = coroutine(function* () {
  console.log(1)
  yield* yieldFrom(sleep(2000)) // switches to the other task
  console.log(2)
})

const func2 = coroutine(function* () {
  console.log(3)
  yield* yieldFrom(sleep(2000)) // switches to the other task
  console.log(4)
})

const loop = new EventLoop({ host: new VirtualHost() })
const tasks = [
  ensureFuture(func1(), { loop }),
  ensureFuture(func2(), { loop }),
]
loop.runUntilComplete(wait(tasks))
loop.close()
