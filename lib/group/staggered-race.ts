import { describe } from '../base/describe.ts'
import { ArgumentError, ValueError } from '../base/errors.ts'
import { ExceptionGroup } from '../base/exception-group.ts'
import { CancelledError, isFatal } from '../base/task-errors.ts'
import { made } from '../generator/made.ts'
import type { Awaitable, Coroutine } from '../generator/types.ts'
import { yieldFrom } from '../generator/yield-from.ts'
import { checkedDuration } from '../scope/duration.ts'
import { moveOnAfter } from '../scope/limits.ts'
import { use } from '../scope/use.ts'
import { Event } from '../sync/event.ts'
import { begin } from './limit.ts'
import { TaskGroup } from './task-group.ts'

/**
 * Try several functions, one after the other. The next one begins when the last one has failed, or takes too long. The first that
 * succeeds wins: `const [value, index, errors] = yield* staggeredRace([f, g], 250)`. The others are cancelled, and have ended when
 * this ends. It is Python's `staggered_race`, and the "happy eyeballs" of RFC 8305.
 * @param functions each gives an awaitable.
 * @param ms how many milliseconds the last function that has begun may take before the next one begins. With `null` the next one
 * begins when the last one has failed.
 * @returns the value of the winner, its index, and a list of errors. The list has one entry for each function that has begun: its
 * error, or `null`. Most of the others end with a `CancelledError`.
 * @throws ExceptionGroup when all fail; CancelledError when the waiter is cancelled; ValueError when there are no functions.
 */
export function staggeredRace<T>(
  functions: readonly (() => Awaitable<T>)[], ms: number | null,
): Coroutine<[value: T, index: number, errors: unknown[]]> {
  return made($$staggeredRace(functions, ms), 'staggeredRace(…)')
}

function* $$staggeredRace<T>(
  functions: readonly (() => Awaitable<T>)[], ms: number | null,
): Coroutine<[value: T, index: number, errors: unknown[]]> {
  const ways = checkedWays(functions)
  const delay = ms === null ? Infinity : checkedDuration('staggeredRace()', ms)
  const errors: unknown[] = []
  const winners: { readonly value: T; readonly index: number }[] = []
  yield* use(new TaskGroup(), function* (group) {
    for (const [index, way] of ways.entries()) {
      const failed = new Event()
      errors[index] = null
      group.createTask(function* (): Coroutine<void> {
        try {
          const value = yield* yieldFrom(begin('staggeredRace()', way))
          winners.push({ value, index })
          group.cancel()
        } catch (error) {
          if (isFatal(error)) throw error
          errors[index] = error
          failed.set()
          if (error instanceof CancelledError) throw error
        }
      }())
      yield* use(moveOnAfter(delay), () => failed.wait())
    }
  })
  const [winner] = winners // another one may have returned a value, although it was cancelled
  if (winner === undefined) throw new ExceptionGroup('all of a staggeredRace() have failed', errors)
  return [winner.value, winner.index, errors]
}

function checkedWays<T>(functions: readonly (() => Awaitable<T>)[]): readonly (() => Awaitable<T>)[] {
  if (!Array.isArray(functions)) {
    throw new ArgumentError(`staggeredRace() takes an array of functions, not ${describe(functions)}. Write staggeredRace([f, g], ms)`,
      'NOT_AN_ARRAY')
  }
  if (functions.length === 0) throw new ValueError('a staggeredRace() needs one function at least', { code: 'NOTHING_TO_WAIT_FOR' })
  for (const way of functions as readonly unknown[]) {
    if (typeof way === 'function') continue
    throw new ArgumentError(`staggeredRace() takes functions, not ${describe(way)}: the next may begin later, or not at all. Write () => f()`,
      'NOT_CALLABLE')
  }
  return functions as readonly (() => Awaitable<T>)[]
}
