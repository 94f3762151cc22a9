// A future that another task sets; from the note on kinds of coroutines
import { type Future, VirtualHost, getRunningLoop, run, sleep } from 'yieldfrom'

function* setAfter(fut: Future<string>) {
  yield* sleep(2000)
  fut.setResult('666')
}

function* main() {
  const loop = getRunningLoop()
  const fut = loop.createFuture<string>()
  yield* loop.createTask(setAfter(fut))
  const data = yield* fut
  console.log(data)
}

run(main(), { host: new VirtualHost() })
