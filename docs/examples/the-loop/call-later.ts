// callLater() calls after some time, the shorter one first; from the note on native coroutines
import { EventLoop, VirtualHost } from 'yieldfrom'

function callBack(x: number) {
  console.log('get', x, 'at', loop.time() / 1000)
}

function stopLoop(loop: EventLoop) {
  loop.stop()
}

const loop = new EventLoop({ host: new VirtualHost() })

loop.callLater(3000, callBack, 32)
loop.callLater(2000, callBack, 31)
loop.callLater(4000, stopLoop, loop)
loop.runForever()
loop.close()
