// runUntilComplete() takes a coroutine or a future, and may be called again; from the note on running a loop
import { EventLoop, VirtualHost, ensureFuture, sleep } from 'yieldfrom'

function* doSomeWork(x: number) {
  console.log('Waiting', x)
  yield* sleep(x * 1000)
  console.log('Done')
}

const loop = new EventLoop({ host: new VirtualHost() })
loop.runUntilComplete(doSomeWork(3))
loop.runUntilComplete(ensureFuture(doSomeWork(2), { loop }))
console.log(loop.time() / 1000, 'seconds')
loop.close()
