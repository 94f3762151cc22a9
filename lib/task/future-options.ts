import { describe } from '../base/describe.ts'
import { ArgumentError } from '../base/errors.ts'
import { checkOptions } from '../base/options.ts'
import { instantiate, isError } from '../base/throwable.ts'
import type { Context } from '../context/context.ts'
import { checkedPlain } from '../generator/plain-function.ts'
import { checkedContext } from '../greenlet/greenlet.ts'
import { type Loop, checkedLoop } from '../loop/loop.ts'

/** The options of `new Future()`. */
export interface FutureOptions {
  /** The loop that the future belongs to. The default is the loop that runs, or the loop of `setEventLoop()`. */
  readonly loop?: Loop
}

/** The options of `addDoneCallback()`. */
export interface DoneCallbackOptions {
  /** The context in which the callback is called. The default is a copy of the current context. */
  readonly context?: Context
}

const FUTURE = { call: 'new Future({ loop })', names: ['loop'] }
const DONE_CALLBACK = { call: 'addDoneCallback(callback, { context })', names: ['context'] }

/** @throws TypeError when an option does not exist, or the loop is none. */
export function checkFutureOptions(options: FutureOptions): void {
  checkOptions(options, FUTURE)
  if (options.loop !== undefined) checkedLoop('Future({ loop })', options.loop)
}

/** @throws TypeError when the callback is not a plain function, or an option does not exist. */
export function checkDoneCallback(callback: unknown, options: DoneCallbackOptions): void {
  checkOptions(options, DONE_CALLBACK)
  checkedPlain('addDoneCallback()', callback)
  if (options.context !== undefined) checkedContext(options.context)
}

/** @returns the error. For a class of errors, it is a new instance. @throws TypeError when it is neither. */
export function checkedException(exception: unknown): Error {
  const error = instantiate(exception)
  if (isError(error)) return error
  throw new ArgumentError(`setException() takes an error or a class of errors, not ${describe(exception)}. ` +
    'Write setException(new Error(...))', 'NOT_AN_ERROR')
}
