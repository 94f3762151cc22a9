import { describe } from '../base/describe.ts'
import { ArgumentError } from '../base/errors.ts'

/**
 * What becomes of an item that comes when there is no room: it waits (the default); the oldest one is dropped for it; it is dropped
 * itself; or it is an error.
 */
export type Overflow = 'wait' | 'dropOldest' | 'dropNewest' | 'error'

const POLICIES: readonly unknown[] = ['wait', 'dropOldest', 'dropNewest', 'error']

/** @param what who takes it, in the words of the error. @throws TypeError when it is none. */
export function checkedOverflow(what: string, overflow: unknown): Overflow {
  if (POLICIES.includes(overflow)) return overflow as Overflow
  throw new ArgumentError(`${what} takes { overflow: 'wait', 'dropOldest', 'dropNewest' or 'error' }, not ${describe(overflow)}`, 'NOT_A_POLICY')
}
