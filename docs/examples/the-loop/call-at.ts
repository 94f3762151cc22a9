// callAt() calls when the clock of the loop says so; from the note on native coroutines
import { EventLoop, VirtualHost } from 'yieldfrom'

function callBack(x: number) {
  console.log('get', x, 'at', loop.time() / 1000)
}

function stopLoop(loop: EventLoop) {
  loop.stop()
}

const loop = new EventLoop({ host: new VirtualHost() })
const now = loop.time()
loop.callAt(now + 3000, callBack, 32)
loop.callAt(now + 2000, callBack, 31)
loop.callAt(now + 4000, stopLoop, loop)
loop.runForever()
loop.close()
