// Several coroutines at once: one by one, or in a list; from the note on running a loop
import { EventLoop, VirtualHost, gather, setEventLoop, sleep } from 'yieldfrom'

function* doSomeWork(x: number) {
  console.log('Waiting', x)
  yield* sleep(x * 1000)
  console.log('Done', x)
}

const loop = new EventLoop({ host: new VirtualHost() })
setEventLoop(loop)
loop.runUntilComplete(gather([doSomeWork(1), doSomeWork(3)]))

const coros = [doSomeWork(3), doSomeWork(1)]
loop.runUntilComplete(gather(coros))
loop.close()
