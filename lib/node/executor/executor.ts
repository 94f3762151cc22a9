import { RuntimeError } from '../../base/errors.ts'
import type { ContextManager } from '../../scope/use.ts'
import type { ConcurrentFuture } from './concurrent-future.ts'
import type { Work } from './portable-call.ts'

export interface ExecutorOptions {
  /** The largest number of functions that run at a time. */
  readonly maxWorkers?: number
}

export interface ShutdownOptions {
  /** Block until all that was submitted has ended; true by default. */
  readonly wait?: boolean
  /** Cancel what has not begun; false by default. */
  readonly cancelFutures?: boolean
}

/**
 * Runs functions in other threads or processes. Used as a context manager, or with `using`, it is shut down at the end. It is
 * Python's `concurrent.futures.Executor`.
 */
export interface Executor extends ContextManager<Executor> {
  /**
   * Run a function as soon as a worker is free.
   * @param work a function that uses no variables from outside, because its source is sent to the worker; or `{ module, export }`.
   * @param args plain data. The worker gets copies.
   * @returns a future for the result.
   * @throws TypeError when the function or an argument cannot be sent; RuntimeError after `shutdown()`.
   */
  submit<A extends unknown[], T>(work: Work<A, T>, ...args: A): ConcurrentFuture<T>
  /**
   * Run a function once for each item.
   * @param options.timeout the longest time to wait for all results, in milliseconds; `null` for no limit.
   * @returns an iterator over the results, in the order of the items. Each step blocks until the result is there.
   */
  map<A, T>(work: Work<[A], T>, items: Iterable<A>, options?: { readonly timeout?: number | null }): IterableIterator<T>
  /** Take no more work. What was submitted goes on to its end. By default, the call blocks until then. */
  shutdown(options?: ShutdownOptions): void
}

/** A worker has died while it ran a function. It is Python's `BrokenExecutor`. */
export class BrokenExecutorError extends RuntimeError {
  constructor(message: string) { super(message, { code: 'BROKEN_EXECUTOR' }) }
}
