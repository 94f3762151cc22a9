// A loop that runs can be stopped, but not closed; from the note on native coroutines
import { EventLoop, VirtualHost } from 'yieldfrom'

function callBack(x: number) {
  console.log('get', x)
}

function stopLoop(loop: EventLoop) {
  loop.close()
}

const loop = new EventLoop({ host: new VirtualHost() })
loop.setExceptionHandler((loop, context) => {
  console.log((context.exception as Error).message)
  loop.stop()
})

loop.callSoon(callBack, 32)
loop.callSoon(stopLoop, loop)
loop.runForever()
loop.close()
