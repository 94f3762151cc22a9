// A callback when the task is done; from the note on callbacks
import { EventLoop, type Future, VirtualHost, ensureFuture, sleep } from 'yieldfrom'

function* test1() {
  console.log('This is test1')
  yield* test2()
  console.log('test1 end')
  return 'result done'
}

function* test2() {
  yield* sleep(4000)
  console.log('This is test2')
}

function callback(future: Future<string>) {
  console.log('callback:', future.result())
}

const loop = new EventLoop({ host: new VirtualHost() })
const task = ensureFuture(test1(), { loop })
task.addDoneCallback(callback)
loop.runUntilComplete(task)
loop.close()
