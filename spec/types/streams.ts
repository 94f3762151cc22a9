import {
  BREAK, type Coroutine, type Emitting, type PyAsyncGenerator, type Stream, type StreamIterator, asyncGenerator,
  channel, coroutine,
  emit, forEach, sleep, yieldFrom,
} from 'yieldfrom'
import { typeOf } from './type-of.ts'

// What a body emits decides the type of the items, with no annotation anywhere.
const numbers = asyncGenerator(function* (end: number) {
  for (let i = 0; i < end; i++) {
    yield* sleep(1)
    yield* emit(i)
  }
})
typeOf(numbers).is<(end: number) => PyAsyncGenerator<number, void>>(true)
// @ts-expect-error: until when?
numbers()

const mixed = asyncGenerator(function* () {
  yield
  yield* emit('text')
  yield* emit(5)
  return true
})
typeOf(mixed()).is<PyAsyncGenerator<string | number, boolean>>(true)
const silent = asyncGenerator(function* () { yield* sleep(5) })
typeOf(silent()).is<PyAsyncGenerator<never, void>>(true)
const optional = asyncGenerator(function* (value?: string) { yield* emit(value) })
typeOf(optional()).is<PyAsyncGenerator<string | undefined, void>>(true)

/** What is emitted further down counts, natively or not. */
function* part(): Emitting<string, number, boolean> {
  const sent = yield* emit<string, boolean>('text')
  typeOf(sent).is<boolean | undefined>(true)
  const again: boolean | undefined = yield* emit('text')
  typeOf(again).is<boolean | undefined>(true)
  yield* sleep(5)
  return 5
}
const whole = asyncGenerator(function* () {
  typeOf(yield* part()).is<number>(true)
  typeOf(yield* yieldFrom(part())).is<number>(true)
  typeOf(yield* coroutine(part)()).is<number>(true)
  yield* emit(true)
})
typeOf(whole()).is<PyAsyncGenerator<string | boolean, void, boolean>>(true)

export function* asking(generator: PyAsyncGenerator<number, string, 'more'>): Coroutine<void> {
  const step = yield* generator.anext()
  typeOf(step).is<IteratorResult<number, string>>(true)
  if (step.done !== true) typeOf(step.value).is<number>(true)
  else typeOf(step.value).is<string>(true)
  typeOf(yield* generator.asend('more')).is<IteratorResult<number, string>>(true)
  typeOf(yield* generator.athrow(RangeError)).is<IteratorResult<number, string>>(true)
  typeOf(yield* generator.aclose()).is<void>(true)
  // @ts-expect-error: it is sent 'more', and nothing else
  yield* generator.asend('anything')
  // @ts-expect-error: no error
  yield* generator.athrow('text')
  // @ts-expect-error: it is asked by forEach(), not by a for loop
  for (const item of generator) typeOf(item).is<number>(true)
  // @ts-expect-error: Did you mean yield* generator.anext()?
  yield generator.anext()
}

/** `forEach()` gives the body the items, and says whether the stream came to its end. */
export function* looping(stream: Stream<string>): Coroutine<void> {
  const ended = yield* forEach(numbers(5), function* (item) {
    typeOf(item).is<number>(true)
    yield* sleep(item)
  })
  typeOf(ended).is<boolean>(true)
  yield* forEach(stream, function* (item) { return item === 'last' ? BREAK : undefined })
  yield* forEach(stream, function* (item) { if (item === 'last') return BREAK })
  yield* forEach(channel<string>(5)[1], function* (item) { typeOf(item).is<string>(true) })
  yield* forEach(mixed(), function* (item) { typeOf(item).is<string | number>(true) })
  const counter: Stream<number> = {
    iterate(): StreamIterator<number> {
      let i = 0
      return { *next() { return i < 5 ? { value: i++, done: false } : { value: undefined, done: true } } }
    },
  }
  yield* forEach(counter, function* (item) { typeOf(item).is<number>(true) })
  // @ts-expect-error: a list is gone through by a for loop
  yield* forEach([1, 2], function* () { yield })
  // @ts-expect-error: a body is a generator function
  yield* forEach(stream, () => BREAK)
  // @ts-expect-error: a body returns BREAK, or nothing
  yield* forEach(stream, function* () { return 5 })
  // @ts-expect-error: the function is called first
  yield* forEach(numbers, function* () { yield })
}

// @ts-expect-error: a generator function is wanted
asyncGenerator(() => 5)
// @ts-expect-error: its generator is not what is wanted
asyncGenerator(part())
// @ts-expect-error: an emission without its yield*
asyncGenerator(function* () { yield emit(5) })
// @ts-expect-error: Did you mean yield* emit(5)?
asyncGenerator(function* () { yield 5 })
