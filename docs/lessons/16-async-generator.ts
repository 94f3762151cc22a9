// An asynchronous generator: it may wait between two items, and who loops over it waits, too
import { BREAK, type Coroutine, VirtualHost, aclosing, asyncGenerator, emit, forEach, run, sleep, use } from 'yieldfrom'

const countdown = asyncGenerator(function* countdown(from: number) {
  try {
    for (let n = from; n > 0; n--) {
      yield* sleep(10)
      yield* emit(n)
    }
  } finally {
    console.log('the countdown is closed')
  }
})

function* main(): Coroutine<void> {
  yield* use(aclosing(countdown(5)), numbers => forEach(numbers, function* (n) {
    console.log(n)
    return n === 4 ? BREAK : undefined
  }))
  console.log('that will do')
}

run(main(), { host: new VirtualHost() })
