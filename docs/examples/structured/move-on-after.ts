// A time limit that is no error: a body that is late is cancelled, and the program moves on, as in trio
import { CancelScope, CancelledError, VirtualHost, getRunningLoop, moveOnAfter, run, sleep, use } from 'yieldfrom'

function* main() {
  const loop = getRunningLoop()
  const scope = moveOnAfter(2000)
  yield* use(scope, function* () {
    try {
      yield* sleep(10_000)
    } catch (e) {
      if (!(e instanceof CancelledError)) throw e
      console.log('cancelled at', loop.time() / 1000)
      yield* use(new CancelScope({ shield: true }), function* () {
        yield* sleep(1000)
      })
      console.log('a shielded wait ended at', loop.time() / 1000)
      yield* sleep(1000)
      console.log('any other wait in the scope is cancelled at once')
    }
  })
  console.log(scope.cancelledCaught ? 'moved on' : 'was not late', 'at', loop.time() / 1000)
}

run(main(), { host: new VirtualHost() })
