// A callback with bound arguments: the future comes last; from the note on tasks and threads
import { EventLoop, type Future, VirtualHost, sleep } from 'yieldfrom'

function* doSomeThing(x: number) {
  yield* sleep(200)
  console.log('wait...', x)
  return x
}

function callback(x: number, future: Future<number>) {
  console.log(x, future.result())
}

const loop = new EventLoop({ host: new VirtualHost() })
const coroutine = doSomeThing(10)
const task = loop.createTask(coroutine)
task.addDoneCallback(callback.bind(null, 10))
loop.runUntilComplete(task)
loop.close()
