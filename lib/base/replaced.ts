import { ExceptionGroup } from './exception-group.ts'
import { BaseException } from './errors.ts'
import { CancelledError } from './task-errors.ts'
import { isError } from './throwable.ts'

interface Caused {
  readonly cause?: unknown
}

/**
 * A new error takes the place of another one. The old error must not be lost. So it becomes the `cause` at the end of the chain of
 * causes of the new one, as Python's `__context__`. When that is not possible, both go into an ExceptionGroup. A cancellation is not
 * kept: it says only that something was cancelled.
 * @returns what to throw.
 */
export function keeping(replaced: unknown, thrown: unknown): unknown {
  if (replaced instanceof CancelledError) return thrown
  const causes = causesOf(thrown)
  if (causes.some(each => each === replaced || (each instanceof ExceptionGroup && each.errors.includes(replaced)))) return thrown
  const last = causes[causes.length - 1]
  const isCircle = causesOf(replaced).some(each => causes.includes(each))
  if (!isCircle && isError(last) && (last as Caused).cause === undefined &&
    Reflect.defineProperty(last, 'cause', { value: replaced, configurable: true, writable: true })) return thrown
  return thrown instanceof BaseException ? thrown : new ExceptionGroup('an error took the place of another one', [thrown, replaced])
}

/** The error, its cause, the cause of that, and so on. In a circle of causes, each is there once. */
function causesOf(error: unknown): unknown[] {
  const causes = new Set<unknown>([error])
  for (const each of causes) if (isError(each) && (each as Caused).cause !== undefined) causes.add((each as Caused).cause)
  return Array.from(causes)
}
