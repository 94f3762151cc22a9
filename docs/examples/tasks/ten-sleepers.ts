// Ten sleepers, side by side: five seconds in all; from the note on callbacks
import { EventLoop, VirtualHost, ensureFuture, sleep, wait } from 'yieldfrom'

function* testAsyncio() {
  console.log('start :', loop.time() / 1000)
  yield* sleep(5000)
  console.log('end :', loop.time() / 1000)
}

const loop = new EventLoop({ host: new VirtualHost() })
const tasks = Array.from({ length: 10 }, () => ensureFuture(testAsyncio(), { loop }))
loop.runUntilComplete(wait(tasks)) // tasks are waited for with wait()
loop.close()
