// runForever() runs until somebody stops it, here a coroutine; from the note on running a loop
import { EventLoop, VirtualHost, ensureFuture, sleep } from 'yieldfrom'

function* doSomeWork(loop: EventLoop, x: number) {
  console.log('Waiting', x)
  yield* sleep(x * 1000)
  console.log('Done')
  loop.stop()
}

const loop = new EventLoop({ host: new VirtualHost() })
ensureFuture(doSomeWork(loop, 3), { loop })
loop.runForever()
loop.close()
