// A time limit within a time limit: each ends its own body, and says so there
import { TimeoutError, VirtualHost, getRunningLoop, run, sleep, timeout, use } from 'yieldfrom'

function* main() {
  const loop = getRunningLoop()
  try {
    yield* use(timeout(3000), function* () {
      try {
        yield* use(timeout(1000), function* () {
          yield* sleep(10_000)
        })
      } catch (e) {
        if (!(e instanceof TimeoutError)) throw e
        console.log('the inner one ended at', loop.time() / 1000)
      }
      yield* sleep(10_000)
    })
  } catch (e) {
    if (!(e instanceof TimeoutError)) throw e
    console.log('the outer one ended at', loop.time() / 1000)
  }
}

run(main(), { host: new VirtualHost() })
