import { engine } from './engine.ts'

/** A program may load several copies of the package. By this key of the global object, each sees whether a loop of any copy runs. */
const MARK = Symbol.for('yieldfrom: running')

/** Note that a loop begins to run; `null` means that it has stopped. */
export function noteRunning(loop: object | null): void { Reflect.set(engine(), MARK, loop) }

/**
 * A sentence for errors that say «no loop runs»: perhaps a loop of another copy of the package runs.
 * @param mine whether a loop of this copy runs.
 * @returns the sentence when only a loop of another copy runs; else an empty string.
 */
export function otherCopy(mine: boolean): string {
  if (mine || (Reflect.get(engine(), MARK) ?? null) === null) return ''
  return '. A loop of another copy of yieldfrom runs: the program has loaded the package twice. Have it load one: ' +
    'see `npm ls yieldfrom`, and bundle it once'
}
