import {
  type Awaitable, type Coroutine, type Greenlet, type Trap, type Yielded, coroutine, greenlet, pyGenerator, suspend,
  yieldFrom,
} from 'yieldfrom'
import { typeOf } from './type-of.ts'

declare const future: Awaitable<number>

// A coroutine yields nothing but traps, which nobody can make: a forgotten star does not compile.
export function* forgetful(g: Greenlet): Coroutine<string> {
  const value = yield* future
  typeOf(value).is<number>(true)
  yield
  // @ts-expect-error: Did you mean yield* future?
  yield future
  // @ts-expect-error: Did you mean yield* g.switch()?
  yield g.switch()
  // @ts-expect-error: Did you mean yield* forgetful(g)?
  yield forgetful(g)
  // @ts-expect-error: a number is no trap
  yield 5
  // @ts-expect-error: nor is null
  yield null
  // @ts-expect-error: nor what looks like one
  yield {} as object
  // @ts-expect-error: it promises a string
  if (value > 5) return value
  return 'done'
}

// The same for what a greenlet is given, and for coroutine() where it says so.
// @ts-expect-error: Did you mean yield* future?
greenlet(function* () { yield future })
greenlet(function* () { yield })
coroutine(function* (): Coroutine<number> { return yield* future })
// @ts-expect-error: Did you mean yield* future?
coroutine(function* (): Coroutine<number> { yield future; return 1 })
// @ts-expect-error: a trap cannot be made
export const forged: Trap = {}

// Generators that yield values of their own are no coroutines, but may be delegated to by those that do the same.
function* numbers() { yield 1 }
export function* mixing(): Coroutine<void> {
  // @ts-expect-error: the numbers would come to the driver
  yield* numbers()
  // @ts-expect-error: so they would
  yield* yieldFrom(numbers())
}

const load = coroutine(function* (name: string): Coroutine<number[]> {
  yield
  return [name.length]
})
typeOf<Yielded<ReturnType<typeof load>>>().is<number[]>(true)
typeOf<Yielded<Coroutine<string>>>().is<string>(true)
typeOf<Yielded<Awaitable<boolean>>>().is<boolean>(true)
typeOf<Yielded<number>>().is<never>(true)
typeOf<Yielded<ReturnType<Greenlet['switch']>>>().is<unknown>(true)

export const awaitables: Awaitable<unknown>[] = [load('a'), future, suspend(() => undefined)]
// @ts-expect-error: a PyGenerator of numbers is no awaitable
export const iterable: Awaitable<unknown> = pyGenerator(numbers)

// What is awaited decides the type, with no annotation anywhere.
export const together = coroutine(function* () {
  const list = yield* load('a')
  const item = yield* suspend<'word'>(resume => { resume('word') })
  const sum = yield* future
  return { list, item, sum }
})
typeOf<Yielded<ReturnType<typeof together>>>().is<{ list: number[]; item: 'word'; sum: number }>(true)
