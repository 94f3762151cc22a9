// Wait for two coroutines: the second begins when the first has ended; from the note on kinds of coroutines
import { VirtualHost, run, sleep } from 'yieldfrom'

function* others() {
  console.log('start')
  yield* sleep(2000)
  console.log('end')
  return 'return value'
}

function* func() {
  console.log('in the coroutine')

  const response1 = yield* others()
  console.log('the first result is', response1)

  const response2 = yield* others()
  console.log('the second result is', response2)
}

run(func(), { host: new VirtualHost() })
