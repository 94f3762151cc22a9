import { RuntimeError } from '../../base/errors.ts'
import type { ContextManager } from '../../scope/use.ts'
import type { ConcurrentFuture } from './concurrent-future.ts'
import type { Work } from './portable-call.ts'

export interface ExecutorOptions {
  /** How many functions run at a time, at most. */
  readonly maxWorkers?: number
}

export interface ShutdownOptions {
  /** Block until all is done; true by default. */
  readonly wait?: boolean
  /** Cancel what has not begun. */
  readonly cancelFutures?: boolean
}

/** Runs functions elsewhere (Python's `concurrent.futures.Executor`). As a context manager, or with `using`, it is shut down. */
export interface Executor extends ContextManager<Executor> {
  /**
   * Run a function, when a worker is free.
   * @param work a function that stands by itself, since its source travels; or `{ module, export }`.
   * @param args plain data.
   * @throws TypeError for what cannot travel; RuntimeError after `shutdown()`.
   */
  submit<A extends unknown[], T>(work: Work<A, T>, ...args: A): ConcurrentFuture<T>
  /** Run a function once for each item. @returns the results, in the order of the items; each blocks until it is there. */
  map<A, T>(work: Work<[A], T>, items: Iterable<A>, options?: { readonly timeout?: number | null }): IterableIterator<T>
  /** Take no more, let what was submitted end, and wait for that. */
  shutdown(options?: ShutdownOptions): void
}

/** A worker has died while it ran a function (Python's `BrokenExecutor`). */
export class BrokenExecutorError extends RuntimeError {
  constructor(message: string) { super(message, { code: 'BROKEN_EXECUTOR' }) }
}
