import { adviceFor } from './advice.ts'
import { describe } from './describe.ts'

/** What a function says that takes milliseconds, and got something else. */
export function noTime(what: string, value: unknown, orElse = ''): string {
  return `${what} takes a number of milliseconds${orElse}, not ${typeof value === 'function' ? adviceFor(value, '…') : `${describe(value)}${hintFor(value)}`}`
}

function hintFor(value: unknown): string {
  const kind = describe(value)
  if (kind === 'Object') return '. Write the number alone, without a name' // Python has names here: wait_for(aw, timeout=1)
  if (kind === 'Date') return '. Write how long it is from now: date - Date.now()'
  if (isLimit(value)) return '. Write the number alone: it is a time limit already'
  return ''
}

/** Is it a time limit, as `timeout(10)` makes one? */
export function isLimit(value: unknown): boolean { return typeof value === 'object' && value !== null && 'reschedule' in value }
