import { checkedFunction } from '../../base/checked.ts'
import { INSPECT } from '../../base/inspect.ts'
import { InvalidStateError, CancelledError, TimeoutError, isFatal } from '../../base/task-errors.ts'
import { consoleLogger } from '../../host/console-logger.ts'
import { blockUntil } from './block-until.ts'

/** The state of a `ConcurrentFuture`. */
export type ConcurrentFutureState = 'pending' | 'running' | 'cancelled' | 'finished'

type Callback<T> = (future: ConcurrentFuture<T>) => unknown

/**
 * The result of work in another thread or process. `result()` blocks until it is there. In a task, write
 * `yield* wrapFuture(future)` instead. It is Python's `concurrent.futures.Future`.
 */
export class ConcurrentFuture<T = unknown> {
  private $state: ConcurrentFutureState = 'pending'
  private $value: T | undefined = undefined
  private $error: unknown = null
  private $callbacks: Callback<T>[] = []

  /** @param $onCancel called when it is cancelled. @param $mayStop true when it can also be cancelled while it runs. @internal */
  constructor(private readonly $onCancel: () => void = () => undefined, private readonly $mayStop = false) {}

  /** What has become of the call. */
  get state(): ConcurrentFutureState { return this.$state }

  /** Was it cancelled, or has it a result or an error? */
  done(): boolean { return this.$state === 'cancelled' || this.$state === 'finished' }

  /** Was it cancelled? */
  cancelled(): boolean { return this.$state === 'cancelled' }

  /** Does the work run now? */
  running(): boolean { return this.$state === 'running' }

  /** Cancel the work. @returns false when it is too late: the work runs already and cannot be stopped, or it is done. */
  cancel(): boolean {
    if (this.$state === 'cancelled') return true
    if (this.$state !== 'pending' && !(this.$mayStop && this.$state === 'running')) return false
    this.$end('cancelled')
    this.$onCancel()
    return true
  }

  /**
   * The result. The call blocks the thread until it is there.
   * @param timeout the longest time to block, in milliseconds; `null` for no limit.
   * @throws the error with which the work ended; CancelledError when it was cancelled; TimeoutError when the time is over.
   */
  result(timeout: number | null = null): T {
    this.$block(timeout)
    if (this.$error !== null) throw this.$error
    return this.$value as T
  }

  /**
   * The error with which the work ended, or `null`. The call blocks the thread until the work is done.
   * @param timeout the longest time to block, in milliseconds; `null` for no limit.
   * @throws CancelledError when it was cancelled; TimeoutError when the time is over.
   */
  exception(timeout: number | null = null): unknown {
    this.$block(timeout)
    return this.$error
  }

  /** Call `callback(future)` when this future is done. If it is done already, call it at once. */
  addDoneCallback(callback: Callback<T>): void {
    checkedFunction('addDoneCallback()', callback)
    if (this.done()) this.$call(callback)
    else this.$callbacks.push(callback)
  }

  /** For an executor: the work begins now. @returns false when it was cancelled, so the work must not begin. */
  setRunningOrNotifyCancel(): boolean {
    if (this.$state === 'pending') this.$state = 'running'
    return this.$state === 'running'
  }

  /** For an executor: set the result. @throws InvalidStateError when the future is done already. */
  setResult(value: T): void {
    this.$throwIfDone()
    this.$value = value
    this.$end('finished')
  }

  /** For an executor: set the error. @throws InvalidStateError when the future is done already. */
  setException(error: unknown): void {
    this.$throwIfDone()
    this.$error = error
    this.$end('finished')
  }

  /** @returns the state, in words. */
  toString(): string { return `<ConcurrentFuture ${this.$state}>` }

  /** @internal */
  [INSPECT](): string { return this.toString() }

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
