import { engine } from './engine.ts'

/** Where each copy of the package that a program has loaded can see that a loop runs, be it of another copy. */
const MARK = Symbol.for('yieldfrom: running')

/** Note that a loop begins to run, or with `null` that it no longer does. */
export function noteRunning(loop: object | null): void { Reflect.set(engine(), MARK, loop) }

/**
 * What an error adds that says «no loop runs».
 * @param mine whether a loop of this copy runs.
 * @returns a sentence when one of another copy does; else nothing.
 */
export function otherCopy(mine: boolean): string {
  if (mine || (Reflect.get(engine(), MARK) ?? null) === null) return ''
  return '. A loop of another copy of yieldfrom runs: the program has loaded the package twice. Have it load one: ' +
    'see `npm ls yieldfrom`, and bundle it once'
}
