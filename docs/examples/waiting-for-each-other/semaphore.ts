// A semaphore: five guests, and no more than two at a time
import { Semaphore, VirtualHost, gather, getRunningLoop, run, sleep, use } from 'yieldfrom'

function* guest(name: number, table: Semaphore) {
  const loop = getRunningLoop()
  yield* use(table, function* () {
    console.log('guest', name, 'sits down at', loop.time() / 1000)
    yield* sleep(name * 1000)
  })
  console.log('guest', name, 'leaves at', loop.time() / 1000)
}

function* main() {
  const table = new Semaphore(2)
  yield* gather([1, 2, 3, 4, 5].map(name => guest(name, table)))
}

run(main(), { host: new VirtualHost() })
