// A loop can be used again until it is closed; from the note on running a loop
import { EventLoop, RuntimeError, VirtualHost, sleep } from 'yieldfrom'

function* doSomeWork(x: number) {
  console.log('Waiting', x)
  yield* sleep(x * 1000)
  console.log('Done')
}

const loop = new EventLoop({ host: new VirtualHost() })
loop.runUntilComplete(doSomeWork(1))
loop.runUntilComplete(doSomeWork(2))
loop.close()
const coro = doSomeWork(3)
try {
  loop.runUntilComplete(coro)
} catch (error) {
  if (!(error instanceof RuntimeError)) throw error
  console.log('RuntimeError:', error.message)
}
