import { ExceptionGroup } from '../base/exception-group.ts'
import { isError } from '../base/throwable.ts'

interface Caused {
  readonly cause?: unknown
}

/**
 * An error takes the place of another one, which must not be lost: it becomes the `cause`, at the end of the chain of causes that the
 * new one has, as Python's `__context__`. Where that cannot be, both go into an ExceptionGroup.
 * @returns what to throw.
 */
export function keeping(replaced: unknown, thrown: unknown): unknown {
  const causes = causesOf(thrown)
  if (causes.some(each => each === replaced || (each instanceof ExceptionGroup && each.errors.includes(replaced)))) return thrown
  const last = causes[causes.length - 1]
  const isCircle = causesOf(replaced).some(each => causes.includes(each))
  if (!isCircle && isError(last) && (last as Caused).cause === undefined &&
    Reflect.defineProperty(last, 'cause', { value: replaced, configurable: true, writable: true })) return thrown
  return new ExceptionGroup('an error took the place of another one', [thrown, replaced])
}

/** It, its cause, and so on; of a circle each once. */
function causesOf(error: unknown): unknown[] {
  const causes = new Set<unknown>([error])
  for (const each of causes) if (isError(each) && (each as Caused).cause !== undefined) causes.add((each as Caused).cause)
  return Array.from(causes)
}
