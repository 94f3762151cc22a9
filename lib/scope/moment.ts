import { refuseTimeOfDay } from '../base/time-of-day.ts'
import { timeHere } from '../task/script-time.ts'
import { checkedTime } from './duration.ts'

/**
 * Check a deadline, in milliseconds of a script's time.
 * @returns the deadline. @throws TypeError when it is not a number; ValueError when it is a time of day.
 */
export function checkedMoment(what: string, when: unknown, orElse = ''): number {
  return refuseTimeOfDay(what, checkedTime(what, when, orElse), timeHere())
}
