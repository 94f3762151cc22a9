import { RuntimeError, ValueError } from '../../base/errors.ts'
import * as system from '../../base/os-errors.ts'
import { CancelledError, InvalidStateError, KeyboardInterrupt, TimeoutError } from '../../base/task-errors.ts'
import type { PortableError } from '../io/portable-error.ts'

type ErrorClass = new (message: string) => Error

/** The classes that both sides know. */
const KNOWN: readonly ErrorClass[] = [
  Error, TypeError, RangeError, ReferenceError, SyntaxError, EvalError, URIError, RuntimeError, ValueError, CancelledError, InvalidStateError,
  KeyboardInterrupt, TimeoutError, ...Object.values(system),
]

const CLASSES = new Map(KNOWN.map(known => [new known('').name, known]))

/** Make an error again that was thrown in another thread. It has the same class, if the class is known here, and always the same name and code. */
export function reviveError({ name, message, code, stack }: PortableError): Error {
  const error = new (CLASSES.get(name) ?? Error)(message)
  if (error.name !== name) Object.defineProperty(error, 'name', { value: name, configurable: true, writable: true })
  if (code !== undefined) Object.defineProperty(error, 'code', { value: code, configurable: true, writable: true, enumerable: true })
  if (stack !== undefined) Object.defineProperty(error, 'cause', { value: `thrown elsewhere: ${stack}`, configurable: true, writable: true })
  return error
}
