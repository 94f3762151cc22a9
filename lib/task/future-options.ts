import { describe } from '../base/describe.ts'
import { ArgumentError } from '../base/errors.ts'
import { checkOptions } from '../base/options.ts'
import { instantiate, isError } from '../base/throwable.ts'
import type { Context } from '../context/context.ts'
import { isGeneratorFunction } from '../generator/native-generator.ts'
import type { Loop } from '../loop/loop.ts'

/** What `new Future()` may be told. */
export interface FutureOptions {
  /** The loop it belongs to; the one that runs by default, or that of `setEventLoop()`. */
  readonly loop?: Loop
}

/** What `addDoneCallback()` may be told. */
export interface DoneCallbackOptions {
  /** What the callback is called in; a copy of the current context by default. */
  readonly context?: Context
}

const FUTURE = { call: 'new Future({ loop })', names: ['loop'] }
const DONE_CALLBACK = { call: 'addDoneCallback(callback, { context })', names: ['context'] }

/** @throws TypeError for what is no option. */
export function checkFutureOptions(options: FutureOptions): void { checkOptions(options, FUTURE) }

/** @throws TypeError for what cannot be called when a future is done. */
export function checkDoneCallback(callback: unknown, options: DoneCallbackOptions): void {
  checkOptions(options, DONE_CALLBACK)
  if (isGeneratorFunction(callback)) {
    throw new ArgumentError('coroutines cannot be used with addDoneCallback(). Write a plain function, which may call createTask(f(...))',
      'COROUTINE_AS_CALLBACK')
  }
  if (typeof callback === 'function') return
  throw new ArgumentError(`addDoneCallback() takes a function, not ${describe(callback)}`, 'CALLBACK_NOT_CALLABLE')
}

/** @returns the error; of a class, a new instance. @throws TypeError when it is no error. */
export function checkedException(exception: unknown): Error {
  const error = instantiate(exception)
  if (isError(error)) return error
  throw new ArgumentError(`setException() takes an error or a class of errors, not ${describe(exception)}. ` +
    'Write setException(new Error(...))', 'NOT_AN_ERROR')
}
