import { describe } from '../base/describe.ts'
import { ArgumentError, RuntimeError } from '../base/errors.ts'
import { CancelledError, isFatal } from '../base/task-errors.ts'
import { refuseGeneratorFunction } from '../generator/plain-function.ts'
import type { Awaitable, Coroutine } from '../generator/types.ts'
import { refuseCoroutine } from '../generator/unrun.ts'
import { yieldFrom } from '../generator/yield-from.ts'
import { checkedWork, isBeingCancelled } from './limit.ts'

/** The function that is called with each item. */
export type Worker<T, R> = (item: T, index: number) => Awaitable<R>

/** A worker that also knows what to do about errors. */
export type Mapper<T, R> = (item: T, index: number) => Coroutine<R>

interface ErrorOptions<T, E> {
  readonly onError?: (error: unknown, item: T, index: number) => E
}

/** @throws TypeError when the worker or `onError` is not a function. */
export function mapperOf<T, R, E>(what: string, worker: Worker<T, R>, { onError }: ErrorOptions<T, E>): Mapper<T, R | E> {
  if (typeof worker !== 'function') {
    throw new ArgumentError(`${what} takes a function that works on an item, not ${describe(worker)}`, 'NOT_CALLABLE')
  }
  refuseGeneratorFunction('onError', onError)
  if (onError !== undefined && typeof onError !== 'function') {
    throw new ArgumentError(`${what} takes { onError: (error, item, index) => … }, not ${describe(onError)}`, 'NOT_CALLABLE')
  }
  return function* (item, index) {
    try {
      return (yield* yieldFrom(checkedWork(worker(item, index), 'the worker of', what)))
    } catch (error) {
      if (isFatal(error) || isBeingCancelled()) throw error
      if (onError !== undefined) {
        const instead = onError(error, item, index)
        refuseCoroutine(instead, 'onError()')
        return instead
      }
      if (!(error instanceof CancelledError)) throw error
      // The worker itself is not cancelled. So the error would end nobody, and the result would be missing without a word.
      throw new RuntimeError(`the worker on item ${index} waited for something that was cancelled`, { code: 'WORKER_CANCELLED', cause: error })
    }
  }
}
