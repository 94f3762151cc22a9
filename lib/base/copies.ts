import { engine } from './engine.ts'

/** A program may load several copies of the package. By this key of the global object, each sees whether a loop of any copy runs. */
const MARK = Symbol.for('yieldfrom: running')

/** Note whether a loop runs. The loop itself is not noted: every script of the realm can read the global object. */
export function noteRunning(isRunning: boolean): void { Reflect.set(engine(), MARK, isRunning) }

/**
 * A sentence for errors that say «no loop runs»: perhaps a loop of another copy of the package runs.
 * @param mine whether a loop of this copy runs.
 * @returns the sentence when only a loop of another copy runs; else an empty string.
 */
export function otherCopy(mine: boolean): string {
  if (mine || Reflect.get(engine(), MARK) !== true) return ''
  return '. A loop of another copy of yieldfrom runs: the program has loaded the package twice. Have it load one: ' +
    'see `npm ls yieldfrom`, and bundle it once'
}
