import { ArgumentError, ValueError } from '../base/errors.ts'
import { noTime } from '../base/no-time.ts'

/** Check a moment of a script's time, in milliseconds. @returns the time. @throws TypeError when it is not a number. */
export function checkedTime(what: string, when: unknown, orElse = ''): number {
  if (typeof when === 'number' && !Number.isNaN(when)) return when
  throw new ArgumentError(`${what} takes a number of milliseconds${orElse}, not ${noTime(when)}`, 'NOT_A_TIME')
}

/** Check a length of time, in milliseconds. @returns it. @throws TypeError when it is not a number; ValueError when it is negative. */
export function checkedDuration(what: string, ms: unknown): number {
  const checked = checkedTime(what, ms)
  if (checked >= 0) return checked
  throw new ValueError(`${what} takes milliseconds that are not negative, not ${checked}`, { code: 'NEGATIVE' })
}
