import { next } from './minstd.mts'

/** All deadlines are before this. */
export const SPAN = 1_000_000

/** Deadlines of so many timers, in no order. */
export function deadlines(count: number): number[] {
  const times: number[] = []
  let seed = 1
  for (let i = 0; i < count; i++) {
    seed = next(seed)
    times.push(seed % SPAN)
  }
  return times
}
