// An asynchronous generator: it waits, gives values, is sent some, and cleans up when it is closed
import { BREAK, VirtualHost, aclosing, asyncGenerator, emit, forEach, run, sleep, use } from 'yieldfrom'

const countdown = asyncGenerator(function* (n: number) {
  try {
    for (; n > 0; n--) {
      yield* sleep(1000)
      yield* emit(n)
    }
  } finally {
    yield* sleep(1000)
    console.log('the countdown is closed')
  }
})

const sums = asyncGenerator(function* () {
  let sum = 0
  for (;;) {
    sum += (yield* emit<number, number>(sum)) ?? 0
    yield* sleep(1000)
  }
})

function* main() {
  yield* use(aclosing(countdown(10)), function* (numbers) {
    yield* forEach(numbers, function* (n) {
      console.log(n)
      return n === 8 ? BREAK : undefined
    })
  })
  const sum = sums()
  yield* sum.anext()
  for (const n of [1, 10, 100]) {
    const { value } = yield* sum.asend(n)
    console.log('sum', value)
  }
  yield* sum.aclose()
}

run(main(), { host: new VirtualHost() })
