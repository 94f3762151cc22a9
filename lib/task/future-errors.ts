import { RuntimeError, StopIteration } from '../base/errors.ts'
import { InvalidStateError } from '../base/task-errors.ts'
import { isInstance } from '../base/throwable.ts'

/** Somebody asks for the result, or the error, of a future that is pending. */
export function notSet(what: string): InvalidStateError {
  return new InvalidStateError(`${what} is not set. In a task, write yield* future first`, { code: 'NO_RESULT' })
}

/** Somebody settles a future that is done. */
export function alreadyDone(future: { toString(): string }): InvalidStateError {
  return new InvalidStateError(`invalid state: ${future.toString()} is done already`, { code: 'ALREADY_DONE' })
}

/** The error that a future may end with. A StopIteration would end the generator that waits. */
export function raisable(error: unknown): unknown {
  if (!isInstance(error, StopIteration)) return error
  return new RuntimeError('StopIteration interacts badly with generators and cannot be raised into a Future',
    { code: 'STOP_ITERATION_IN_FUTURE', cause: error })
}
