import { adviceFor } from '../base/advice.ts'
import { ArgumentError, ValueError } from '../base/errors.ts'
import { isCoroutine } from '../generator/coroutine.ts'
import { PyGenerator } from '../generator/py-generator.ts'
import { Request } from '../generator/request.ts'
import type { Awaitable, Coroutine } from '../generator/types.ts'
import type { Loop } from '../loop/loop.ts'
import { Future } from './future.ts'
import type { Task } from './task.ts'
import { OneTurn } from './pass-turn.ts'

/** A loop, seen from below. */
interface TaskMaker extends Loop {
  createTask<T>(coroutine: Awaitable<T>): Task<T>
}

/** A future as it is; a task for a coroutine, or for anything else that `yield*` accepts. */
export function ensureFutureIn<T>(loop: TaskMaker, awaitable: Awaitable<T>): Future<T> {
  if (awaitable instanceof Future) {
    if (awaitable.$loop === loop) return awaitable as Future<T>
    throw new ValueError('The future belongs to a different loop than the one specified as the loop argument. ' +
      'Make it in the coroutine that is run', { code: 'OTHER_LOOP' })
  }
  if (runsWhenAwaited(awaitable)) return loop.createTask(awaitable)
  if (isAwaitable(awaitable)) return loop.createTask(awaiting(awaitable))
  throw notAwaitable(awaitable)
}

/** The error for what cannot be waited for. */
export function notAwaitable(value: unknown, call = '…'): Error {
  return new ArgumentError(`a future, a coroutine or an awaitable is required, not ${adviceFor(value, call)}`, 'NOT_AWAITABLE')
}

/** A coroutine object, or a `sleep()` and its like: nothing happens until somebody waits for it. */
export function runsWhenAwaited(value: unknown): boolean {
  return isCoroutine(value) || value instanceof Request || value instanceof OneTurn
}

/**
 * An object of the program's own with a `[Symbol.iterator]()` that waits. A list is none, and a
 * `PyGenerator` neither: what it gives is for `next()`.
 */
export function isAwaitable(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Symbol.iterator in value && !Array.isArray(value) && !(value instanceof PyGenerator)
}

function* awaiting<T>(awaitable: Awaitable<T>): Coroutine<T> { return yield* awaitable }
