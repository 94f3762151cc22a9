import { describe } from '../base/describe.ts'
import { ArgumentError } from '../base/errors.ts'

/**
 * What happens to an item when there is no room for it. `'wait'`, the default: its sender waits. `'dropOldest'`: the oldest item is
 * dropped to make room. `'dropNewest'`: the new item is dropped. `'error'`: an error is thrown.
 */
export type Overflow = 'wait' | 'dropOldest' | 'dropNewest' | 'error'

const POLICIES: readonly unknown[] = ['wait', 'dropOldest', 'dropNewest', 'error']

/** @param what the function that takes the policy, as the error names it. @throws TypeError when there is no such policy. */
export function checkedOverflow(what: string, overflow: unknown): Overflow {
  if (POLICIES.includes(overflow)) return overflow as Overflow
  throw new ArgumentError(`${what} takes { overflow: 'wait', 'dropOldest', 'dropNewest' or 'error' }, not ${describe(overflow)}`, 'NOT_A_POLICY')
}
