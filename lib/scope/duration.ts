import { describe } from '../base/describe.ts'
import { ArgumentError, ValueError } from '../base/errors.ts'

/** Check a moment of a script's time, in milliseconds. @returns the time. @throws TypeError when it is not a number. */
export function checkedTime(what: string, when: unknown, orElse = ''): number {
  if (typeof when === 'number' && !Number.isNaN(when)) return when
  const kind = describe(when)
  const hint = kind === 'Object' ? '. Write the number alone, without a name' : '' // Python has names here: wait_for(aw, timeout=1)
  throw new ArgumentError(`${what} takes a number of milliseconds${orElse}, not ${kind}${hint}`, 'NOT_A_TIME')
}

/** Check a length of time, in milliseconds. @returns it. @throws TypeError when it is not a number; ValueError when it is negative. */
export function checkedDuration(what: string, ms: unknown): number {
  const checked = checkedTime(what, ms)
  if (checked >= 0) return checked
  throw new ValueError(`${what} takes milliseconds that are not negative, not ${checked}`, { code: 'NEGATIVE' })
}
