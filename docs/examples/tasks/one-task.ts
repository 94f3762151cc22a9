// One task on the default host, which really sleeps; from the note on tasks and threads
import { EventLoop, sleep } from 'yieldfrom'

function* doSomeThing(x: number) {
  yield* sleep(20)
  console.log('wait...', x)
  return x
}

const loop = new EventLoop()
const startTime = loop.time()
const coroutine = doSomeThing(10)
const task = loop.createTask(coroutine)
console.log('the result is', loop.runUntilComplete(task))
console.log(loop.time() - startTime > 19 ? 'it took its time' : 'it was too quick')
loop.close()
