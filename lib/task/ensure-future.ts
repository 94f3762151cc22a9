import { adviceFor, adviceForAwaitable } from '../base/advice.ts'
import { ArgumentError, ValueError } from '../base/errors.ts'
import { isCoroutine } from '../generator/coroutine.ts'
import { PyGenerator } from '../generator/py-generator.ts'
import { Request } from '../generator/request.ts'
import type { Awaitable, Coroutine } from '../generator/types.ts'
import type { Loop } from '../loop/loop.ts'
import { Future } from './future.ts'
import type { Task } from './task.ts'
import { OneTurn } from './pass-turn.ts'

/** The loop, as far as this file needs it. */
interface TaskMaker extends Loop {
  createTask<T>(coroutine: Awaitable<T>): Task<T>
}

/** Make a future of anything that `yield*` accepts: a future stays as it is, and a coroutine becomes a task. */
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

/** The error for a value that cannot be awaited. */
export function notAwaitable(value: unknown, call = '…'): Error {
  return new ArgumentError(`a future, a coroutine or an awaitable is required, not ${call === '…' ? adviceForAwaitable(value, call) : adviceFor(value, call)}`, 'NOT_AWAITABLE')
}

/** Is it a coroutine object, or a request such as `sleep()`? Nothing of these happens until somebody waits for them. */
export function runsWhenAwaited(value: unknown): boolean {
  return isCoroutine(value) || value instanceof Request || value instanceof OneTurn
}

/**
 * Does the object have a `[Symbol.iterator]()` of its own that waits? An array does not, because its items are no traps. A
 * `PyGenerator` does not, because its values are for `next()`.
 */
export function isAwaitable(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Symbol.iterator in value && !Array.isArray(value) && !(value instanceof PyGenerator)
}

function* awaiting<T>(awaitable: Awaitable<T>): Coroutine<T> { return yield* awaitable }
