// Wait for a sleep, and for what it gives; from the note on kinds of coroutines
import { VirtualHost, run, sleep } from 'yieldfrom'

function* func() {
  console.log('hello world')
  const response = yield* sleep(2000, 'slept well')
  console.log('end:', response)
}

run(func(), { host: new VirtualHost() })
