// Twenty calls that block, ten at a time: `submit()` and its futures, and the same awaited in a loop; from the note on native coroutines
import { EventLoop, NodeHost, ThreadPoolExecutor, wait } from 'yieldfrom/node'

function callBack(x: number) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200)
  return x
}

const pool = new ThreadPoolExecutor({ maxWorkers: 10 })

const futures = Array.from({ length: 10 }, (_, i) => pool.submit(callBack, i))
for (const future of futures) console.log('get', future.result())

const loop = new EventLoop({ host: new NodeHost() })
const tasks = Array.from({ length: 20 }, () => loop.runInExecutor(pool, callBack, 3))
loop.runUntilComplete(wait(tasks))
console.log(tasks.map(task => task.result()).join(' '))
loop.close()
pool.shutdown()
