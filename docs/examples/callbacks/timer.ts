// A timer made of a sleep and a callback; from the note on running a loop
import { EventLoop, type Future, VirtualHost, ensureFuture, sleep } from 'yieldfrom'

function* timer(x: number, cb: (futu: Future<void>) => void) {
  const futu = ensureFuture(sleep(x * 1000))
  futu.addDoneCallback(cb)
  yield* futu
}

const loop = new EventLoop({ host: new VirtualHost() })
const t = timer(3, _futu => console.log('Done'))
loop.runUntilComplete(t)
loop.close()
