// A future that nobody sets: Python waits for ever, here that is an error; from the note on kinds of coroutines
import { DeadlockError, VirtualHost, getRunningLoop, run } from 'yieldfrom'

function* main() {
  const loop = getRunningLoop()
  const fut = loop.createFuture() // nobody sets its result
  console.log('waiting')
  yield* fut
}

try {
  run(main(), { host: new VirtualHost() })
} catch (error) {
  if (!(error instanceof DeadlockError)) throw error
  console.log('DeadlockError') // error.message tells which task waits, for what, and where
}
