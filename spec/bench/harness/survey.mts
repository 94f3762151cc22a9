import { type Located, fullRound } from './round.mts'
import { type Result, summarize } from './results.mts'

/**
 * Measure a group with everything it is compared with, one after the other, and that several times over: what the
 * machine does meanwhile hits all of them alike, and a ratio is taken within a round.
 */
export function survey(located: Located, rounds: number): Result {
  const count = Math.min(rounds, located.group.rounds ?? rounds)
  return summarize(located.group, Array.from({ length: count }, () => fullRound(located)))
}
