/**
 * The door `yieldfrom/engine/bedrock`: the whole loop as one job of Minecraft Bedrock's scripts. Time is counted in game ticks:
 * `sleep(20)` is a second.
 * @module
 */
import { checkedParts } from '../../base/checked.ts'
import { checkOptions } from '../../base/options.ts'
import type { JobOptions } from '../../tick/ticking-loop.ts'
import type { EventLoop } from '../../task/event-loop.ts'

/** `system` of `@minecraft/server`, as far as this door needs it. */
export interface SystemLike {
  /** The number of the game tick. */
  readonly currentTick: number
  /** Run a generator bit by bit, each tick. @returns the number of the job. */
  runJob(generator: Generator<void, void, void>): number
  /** End a job. */
  clearJob(jobId: number): void
}

const RUN_AS_JOB = { call: 'runAsJob(loop, system, { errors })', names: ['errors'] }

/**
 * Run a loop in slices of Bedrock's jobs, until nothing is left to run, or the loop is closed. Make the loop with `new EventLoop({
 * host: new ManualHost(system.currentTick) })`.
 * @param options.errors is called with each error of a script, and with its task. By default the loop's exception handler gets the
 * error, and logs it.
 * @returns a function that ends the job. The scripts stand still after that.
 */
export function runAsJob(loop: EventLoop, system: SystemLike, options: Pick<JobOptions, 'errors'> = {}): () => void {
  checkedParts('runAsJob()', 'an event loop', loop, 'asJob()')
  checkedParts('runAsJob()', 'the system of Bedrock', system, 'currentTick', 'runJob()', 'clearJob()')
  checkOptions(options, RUN_AS_JOB)
  const job = system.runJob(loop.asJob({ ...options, now: () => system.currentTick }))
  return () => { system.clearJob(job) }
}
