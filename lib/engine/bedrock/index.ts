/**
 * The door `yieldfrom/engine/bedrock`: the whole loop as one job of Minecraft Bedrock's scripts. Time is counted in game ticks:
 * `sleep(20)` is a second.
 * @module
 */
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

/**
 * Run a loop in slices of Bedrock's jobs, until nothing is left to run, or the loop is closed. Make the loop with `new EventLoop({
 * host: new ManualHost(system.currentTick) })`.
 * @returns a function that ends the job. The scripts stand still after that.
 */
export function runAsJob(loop: EventLoop, system: SystemLike): () => void {
  const job = system.runJob(loop.asJob({ now: () => system.currentTick }))
  return () => { system.clearJob(job) }
}
