import { InvalidStateError, CancelledError, TimeoutError, isFatal } from '../../base/task-errors.ts'
import { consoleLogger } from '../../host/console-logger.ts'
import { blockUntil } from './block-until.ts'

/** Where it is in its life. */
export type ConcurrentFutureState = 'pending' | 'running' | 'cancelled' | 'finished'

type Callback<T> = (future: ConcurrentFuture<T>) => unknown

/**
 * A result that is made elsewhere, in another thread or process (Python's `concurrent.futures.Future`). `result()` blocks;
 * in a task, write `yield* wrapFuture(future)`.
 */
export class ConcurrentFuture<T = unknown> {
  private $state: ConcurrentFutureState = 'pending'
  private $value: T | undefined = undefined
  private $error: unknown = null
  private $callbacks: Callback<T>[] = []

  /** @param $giveUp called when it is cancelled. @param $mayStop may it be cancelled while it runs, too? @internal */
  constructor(private readonly $giveUp: () => void = () => undefined, private readonly $mayStop = false) {}

  /** What has become of the call. */
  get state(): ConcurrentFutureState { return this.$state }

  /** @returns whether it has ended, or was cancelled (Python's `done()`). */
  done(): boolean { return this.$state === 'cancelled' || this.$state === 'finished' }

  /** @returns whether it was cancelled (Python's `cancelled()`). */
  cancelled(): boolean { return this.$state === 'cancelled' }

  /** @returns whether it runs now, and cannot be cancelled (Python's `running()`). */
  running(): boolean { return this.$state === 'running' }

  /** @returns false when it runs already, or is done. */
  cancel(): boolean {
    if (this.$state === 'cancelled') return true
    if (this.$state !== 'pending' && !(this.$mayStop && this.$state === 'running')) return false
    this.$end('cancelled')
    this.$giveUp()
    return true
  }

  /**
   * The result; blocks the thread until it is there.
   * @param timeout in milliseconds; `null` for no limit.
   * @throws the error it ended with; CancelledError; TimeoutError.
   */
  result(timeout: number | null = null): T {
    this.$block(timeout)
    if (this.$error !== null) throw this.$error
    return this.$value as T
  }

  /** The error that it ended with, or `null`; blocks the thread until it is done. */
  exception(timeout: number | null = null): unknown {
    this.$block(timeout)
    return this.$error
  }

  /** Call `callback(future)` when it is done; at once if it is. */
  addDoneCallback(callback: Callback<T>): void {
    if (this.done()) this.$call(callback)
    else this.$callbacks.push(callback)
  }

  /** For who makes it: it runs. @returns false when it is cancelled. */
  setRunningOrNotifyCancel(): boolean {
    if (this.$state === 'pending') this.$state = 'running'
    return this.$state === 'running'
  }

  /** For who makes it. @throws InvalidStateError when it is done. */
  setResult(value: T): void {
    this.$throwIfDone()
    this.$value = value
    this.$end('finished')
  }

  /** For who makes it. @throws InvalidStateError when it is done. */
  setException(error: unknown): void {
    this.$throwIfDone()
    this.$error = error
    this.$end('finished')
  }

  /** @returns the state, in words. */
  toString(): string { return `<ConcurrentFuture ${this.$state}>` }

  private $block(timeout: number | null): void {
    if (!this.done() && !blockUntil(() => this.done(), timeout)) {
      throw new TimeoutError(`result(${timeout ?? ''}): it is not done yet`)
    }
    if (this.$state === 'cancelled') throw new CancelledError()
  }

  private $end(state: ConcurrentFutureState): void {
    this.$state = state
    const callbacks = this.$callbacks
    this.$callbacks = []
    for (const callback of callbacks) this.$call(callback)
  }

  private $call(callback: Callback<T>): void {
    try {
      callback(this)
    } catch (error) {
      if (isFatal(error)) throw error
      consoleLogger(`exception calling callback for ${this.toString()}: ${String((error as Error).stack ?? error)}`)
    }
  }

  private $throwIfDone(): void {
    if (this.done()) throw new InvalidStateError(`${this.toString()} is done already`, { code: 'ALREADY_DONE' })
  }
}
