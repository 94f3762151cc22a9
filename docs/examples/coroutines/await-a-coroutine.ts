// Wait for another coroutine, and for what it returns; from the note on kinds of coroutines
import { VirtualHost, run, sleep } from 'yieldfrom'

function* others() {
  console.log('start')
  yield* sleep(2000)
  console.log('end')
  return 'return value'
}

function* func() {
  console.log('in the coroutine')
  const response = yield* others() // meanwhile the loop can run other tasks
  console.log('the result is', response)
}

run(func(), { host: new VirtualHost() })
