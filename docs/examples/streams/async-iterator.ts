// An asynchronous iterator: a reader that counts up to 100; from the note on kinds of coroutines
import { type Coroutine, VirtualHost, forEach, run, sleep } from 'yieldfrom'

/** An asynchronous iterator of its own, and so a stream too. */
class Reader {
  count: number

  constructor() {
    this.count = 0
  }

  *readline() {
    yield* sleep(1000)
    this.count += 1
    if (this.count === 100) {
      return null
    }
    return this.count
  }

  iterate() {
    return this
  }

  *next(): Coroutine<IteratorResult<number>> {
    const val = yield* this.readline()
    if (val === null) {
      return { value: undefined, done: true }
    }
    return { value: val, done: false }
  }
}

function* func() {
  const obj = new Reader()
  yield* forEach(obj, function* (item) {
    console.log(item)
  })
}

run(func(), { host: new VirtualHost() })
