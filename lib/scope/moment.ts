import { ValueError } from '../base/errors.ts'
import { timeHere } from '../task/script-time.ts'
import { checkedTime } from './duration.ts'

/** Milliseconds from 1970 to 2001, and to 2286. */
const SINCE_1970 = { from: 1e12, to: 1e13 }

/**
 * Check a deadline, in milliseconds of a script's time. `Date.now() + 50` would be a deadline that never comes, silently: such a number is
 * refused, unless the loop counts from 1970, too.
 * @returns the deadline. @throws TypeError when it is not a number; ValueError when it is a time of day.
 */
export function checkedMoment(what: string, when: unknown, orElse = ''): number {
  const moment = checkedTime(what, when, orElse)
  if (moment < SINCE_1970.from || moment > SINCE_1970.to) return moment
  const now = timeHere()
  if (now > SINCE_1970.from || now === -Infinity) return moment // no loop runs yet
  throw new ValueError(`${what} takes a moment of the loop's own time, and ${moment} is one of Date.now(). Write loop.time() + ms`, { code: 'TIME_OF_DAY' })
}
