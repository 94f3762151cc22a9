import { adviceFor } from './advice.ts'
import { describe } from './describe.ts'

/** What it is instead of a number of milliseconds, and what to write for it. */
export function noTime(value: unknown): string {
  if (typeof value === 'function') return adviceFor(value, '…')
  const kind = describe(value)
  if (kind === 'Object') return `${kind}. Write the number alone, without a name` // Python has names here: wait_for(aw, timeout=1)
  if (kind === 'Date') return `${kind}. Write how long it is from now: date - Date.now()`
  return typeof value === 'object' && value !== null && 'reschedule' in value ? `${kind}. Write the number alone: it is a time limit already` : kind
}
