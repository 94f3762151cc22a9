// Several coroutines, and a callback that stops the loop when all are done; from the note on running a loop
import { EventLoop, type Future, VirtualHost, gather, setEventLoop, sleep } from 'yieldfrom'

function* doSomeWork(x: number) {
  console.log('Waiting', x)
  yield* sleep(x * 1000)
  console.log('Done')
}

function doneCallback(loop: EventLoop, _futu: Future) {
  loop.stop()
}

const loop = new EventLoop({ host: new VirtualHost() })
setEventLoop(loop)

const futus = gather([doSomeWork(1), doSomeWork(3)])
futus.addDoneCallback(doneCallback.bind(null, loop))

loop.runForever()
loop.close()
