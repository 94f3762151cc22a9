import { describe } from '../base/describe.ts'
import { ArgumentError, RuntimeError } from '../base/errors.ts'
import { checkOptions } from '../base/options.ts'
import { isFatal } from '../base/task-errors.ts'
import type { Awaitable } from '../generator/types.ts'
import type { ExceptionContext } from '../loop/exception-context.ts'
import { VirtualHost } from '../host/virtual-host.ts'
import { run } from '../run/run.ts'
import { SeededEventLoop, checkedSeed } from './seeded-event-loop.ts'

/** The options of `explore()`. */
export interface ExploreOptions {
  /** How many orders to try: the seeds from 0 on, 100 by default. Or the seeds to try. */
  readonly seeds?: number | Iterable<number>
}

/** What `explore()` has found. */
export interface Exploration {
  /** How many runs there were. */
  readonly runs: number
  /** The first run that failed, which has the smallest seed; `null` when no run failed. */
  readonly failure: { readonly seed: number; readonly error: unknown } | null
}

const EXPLORE = { call: 'explore(main, { seeds: 1000 })', names: ['seeds'] }

/**
 * Look for races: run a program once for each seed, in virtual time. Seed 0 gives the usual order. With each other seed, tasks that
 * are ready at the same time run in another order (`SeededEventLoop`). A run fails when the program throws, when it comes to a deadlock, or when something is
 * reported to the exception handler. `explore(program, { seeds: [failure.seed] })` repeats a run that failed.
 * @param program makes the main coroutine. It is called for each run.
 * @throws TypeError when `program` is not a function, or a seed is not a whole number.
 */
export function explore(program: () => Awaitable<unknown>, options: ExploreOptions = {}): Exploration {
  if (typeof program !== 'function') {
    throw new ArgumentError(`explore() takes a function that makes the main coroutine, not ${describe(program)}. ` +
      'Write explore(main), without calling it', 'PROGRAM_NOT_CALLABLE')
  }
  checkOptions(options, EXPLORE)
  let runs = 0
  for (const seed of seedsOf(options.seeds ?? 100)) {
    runs++
    try {
      runOnce(program, seed)
    } catch (error) {
      if (isFatal(error)) throw error // somebody wants to stop
      return { runs, failure: { seed, error } }
    }
  }
  return { runs, failure: null }
}

function runOnce(program: () => Awaitable<unknown>, seed: number): void {
  const loop = new SeededEventLoop({ seed, host: new VirtualHost() })
  const reports: ExceptionContext[] = []
  loop.setExceptionHandler((_, context) => { reports.push(context) })
  run(program(), { loopFactory: () => loop })
  const [first] = reports
  if (first !== undefined) throw new RuntimeError(first.message, { code: 'REPORTED', cause: first.exception })
}

/** The seeds, one after the other: there may be more than an array can have. */
function* seedsOf(seeds: unknown): Generator<number, void, void> {
  if (isList(seeds)) yield* Array.from(seeds, checkedSeed).sort((a, b) => a - b)
  else for (let seed = 0, count = checkedSeed(seeds); seed < count; seed++) yield seed
}

function isList(value: unknown): value is Iterable<unknown> { return typeof value === 'object' && value !== null && Symbol.iterator in value }
