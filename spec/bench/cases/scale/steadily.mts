import { type Stopwatch, now } from '../../harness/stopwatch.mts'

const WARM_UP = 10e6

/**
 * For what can be done again and again, with all that there is: `for (const i of steadily(watch, times)) work()`. First it is
 * done until the compiler knows it, and then so many times, which are timed.
 * @returns the numbers from one: those that count are the last ones.
 */
export function* steadily(watch: Stopwatch, times: number): Generator<number, void> {
  const warm = now() + WARM_UP
  do yield 0
  while (now() < warm)
  watch.start()
  for (let i = 1; i <= times; i++) yield i
  watch.stop()
}
