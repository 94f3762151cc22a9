// Calling a coroutine function runs nothing, a loop does; from the note on kinds of coroutines
import { EventLoop, VirtualHost, run } from 'yieldfrom'

function* func() {
  console.log('hello world')
}

const result = func()
console.log('nothing has run yet')

const loop = new EventLoop({ host: new VirtualHost() })
loop.runUntilComplete(result)
loop.close()

// The same, shorter:
run(func(), { host: new VirtualHost() })
