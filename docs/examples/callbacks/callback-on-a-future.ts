// A callback on a future: it is called when what was begun is done; from the note on running a loop
import { EventLoop, VirtualHost, ensureFuture, sleep } from 'yieldfrom'

function* doSomeWork(x: number) {
  console.log('Waiting', x)
  yield* sleep(x * 1000)
}

function doneCallback() {
  console.log('Done')
}

const loop = new EventLoop({ host: new VirtualHost() })
const future = ensureFuture(doSomeWork(3), { loop })
future.addDoneCallback(doneCallback)

loop.runUntilComplete(future)
loop.close()
