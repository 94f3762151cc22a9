// Ten tasks, their callbacks and their results; from the note on callbacks
import { EventLoop, type Future, VirtualHost, ensureFuture, sleep, wait } from 'yieldfrom'

function* test1(x: number) {
  console.log('I am test1 and the param is', x)
  yield* sleep(10_000)
  return x * 10
}

// param is a future: imagine that this class comes from the future
function callback(param: Future<number>) {
  console.log('the waiting x is', param.result())
}

const loop = new EventLoop({ host: new VirtualHost() })
const tasks = Array.from({ length: 10 }, (_, x) => ensureFuture(test1(x), { loop }))
for (const task of tasks) {
  task.addDoneCallback(callback)
}
loop.runUntilComplete(wait(tasks))

for (const task of tasks) {
  console.log(task.result())
}
loop.close()
