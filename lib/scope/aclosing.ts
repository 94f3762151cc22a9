import { describe } from '../base/describe.ts'
import { ArgumentError } from '../base/errors.ts'
import type { Coroutine } from '../generator/types.ts'
import type { ContextManager } from './use.ts'

/** Something that can be closed, such as an asynchronous generator. */
export interface Closable {
  /** Close it, and wait until that is done. */
  aclose(): Coroutine<unknown>
}

/** Make a manager that closes `thing` at the end (Python's `contextlib.aclosing`): `yield* use(aclosing(generator), ...)`. */
export function aclosing<T extends Closable>(thing: T): ContextManager<T> {
  if (typeof (thing as Partial<Closable> | null | undefined)?.aclose !== 'function') {
    throw new ArgumentError(`aclosing() takes something with a method aclose(), not ${describe(thing)}`, 'NOT_CLOSABLE')
  }
  return {
    *enter() { return thing },
    *exit() { yield* thing.aclose() },
  }
}
