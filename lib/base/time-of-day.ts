import { ValueError } from './errors.ts'

/** Milliseconds from 1970 to 2001, and to 2286. */
const SINCE_1970 = { from: 1e12, to: 1e13 }

/**
 * `Date.now() + 50` would be a moment that never comes, silently: such a number is refused, unless the loop counts from 1970, too.
 * @param now the time of the loop; `-Infinity` when none runs yet.
 * @returns the moment. @throws ValueError when it is a time of day.
 */
export function refuseTimeOfDay(what: string, moment: number, now: number): number {
  if (moment < SINCE_1970.from || moment > SINCE_1970.to || now > SINCE_1970.from || now === -Infinity) return moment
  throw new ValueError(`${what} takes a moment of the loop's own time, and ${moment} is one of Date.now(). Write loop.time() + ms`, { code: 'TIME_OF_DAY' })
}
