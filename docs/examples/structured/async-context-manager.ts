// An asynchronous context manager: a database that is connected and hung up; from the note on kinds of coroutines
import { type ContextManager, type Coroutine, VirtualHost, run, sleep, use } from 'yieldfrom'

class AsyncContextManager implements ContextManager<AsyncContextManager> {
  conn: string | null

  constructor() {
    this.conn = null
  }

  *doSomething() {
    // works with the database
    return 666
  }

  *enter(): Coroutine<this> {
    // connects to the database
    this.conn = yield* sleep(1000, 'connected')
    console.log(this.conn)
    return this
  }

  *exit() {
    // hangs up
    yield* sleep(1000)
    console.log('closed')
  }
}

function* func() {
  yield* use(new AsyncContextManager(), function* (f) {
    const result = yield* f.doSomething()
    console.log(result)
  })
}

run(func(), { host: new VirtualHost() })
