import type { Plain } from '../base/plain.ts'

/** Guards a loop that is recorded. Whatever changes the loop tells it. A loop that is not recorded has none. */
export interface Border {
  /** Code makes a change that a recording has no word for. @throws RuntimeError when the code is outside of the loop. */
  cross(call: string): void
  /** Change an owner. If that comes from outside, it is recorded. */
  change(owner: object, action: string, options: Plain, body: () => void): void
  /** Run code of the program that a replay will run again. */
  within<T>(body: () => T): T
  /** An owner is made. @throws RuntimeError when that comes from outside. */
  opened(owner: object): void
  /** An owner is closed. */
  closed(owner: object): void
  /** Something has changed the loop from outside. The recording cannot be used any more. */
  leaks(what: string): void
}
