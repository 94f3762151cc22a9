import {
  type ContextManager, type Coroutine, CancelScope, type Emitting, ExitStack, Lock, TaskGroup, asyncGenerator, emit, failAfter, failAt,
  moveOnAfter, moveOnAt, sleep, timeout, use,
} from 'yieldfrom'
import { typeOf } from './type-of.ts'

function* brew(): Coroutine<string> {
  yield* sleep(5)
  return 'tea'
}

/** A manager that may swallow an error leaves nothing in the place of the result. */
export function* swallowing(some: ContextManager<number>, sure: ContextManager<number, true>): Coroutine<void> {
  typeOf(yield* use(moveOnAfter(1), brew)).is<string | undefined>(true)
  typeOf(yield* use(moveOnAt(1), brew)).is<string | undefined>(true)
  typeOf(yield* use(new CancelScope(), brew)).is<string | undefined>(true)
  typeOf(yield* use(new TaskGroup(), brew)).is<string | undefined>(true)
  typeOf(yield* use(new ExitStack(), brew)).is<string | undefined>(true)
  typeOf(yield* use(some, brew)).is<string | undefined>(true)
  typeOf(yield* use(sure, brew)).is<string | undefined>(true)
  const order = yield* use(moveOnAfter(1), brew)
  // @ts-expect-error: there may be none
  typeOf(order.length).is<number>(true)
}

/** One that never does leaves the result as it is. */
export function* passing(own: ContextManager<number, void>, never: ContextManager<number, false>): Coroutine<void> {
  typeOf(yield* use(timeout(1), brew)).is<string>(true)
  typeOf(yield* use(failAfter(1), brew)).is<string>(true)
  typeOf(yield* use(failAt(1), brew)).is<string>(true)
  typeOf(yield* use(new Lock(), brew)).is<string>(true)
  typeOf(yield* use(own, brew)).is<string>(true)
  typeOf(yield* use(never, brew)).is<string>(true)
}

// A body may emit, if the body around it may.
const ticks = asyncGenerator(function* () { yield* use(new Lock(), function* (): Emitting<number> { yield* emit(5) }) })
typeOf(ticks().anext()).is<Coroutine<IteratorResult<number, void>>>(true)

// @ts-expect-error: an option that does not exist
moveOnAfter(1, { sheild: true })
// @ts-expect-error: nor does this
new CancelScope({ dealine: 5 })
