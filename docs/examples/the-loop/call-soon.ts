// callSoon() calls in the next turn, in order; a callback stops the loop; from the note on native coroutines
import { EventLoop, VirtualHost } from 'yieldfrom'

function callBack(x: number) {
  console.log('get', x)
}

function stopLoop(loop: EventLoop) {
  loop.stop()
}

const loop = new EventLoop({ host: new VirtualHost() })

loop.callSoon(callBack, 32)
loop.callSoon(stopLoop, loop)
console.log('nothing has run yet')
loop.runForever()
loop.close()
