import { isSeveral } from './several.ts'
import { describe } from '../base/describe.ts'
import { ArgumentError } from '../base/errors.ts'
import { INSPECT } from '../base/inspect.ts'
import { checkOptions } from '../base/options.ts'
import { TimeoutError } from '../base/task-errors.ts'
import type { Awaitable, Coroutine, Yielded } from '../generator/types.ts'
import { Queue } from '../queue/queue.ts'
import { ensureFuture } from '../task/create-task.ts'
import { currentTask } from '../task/current-task.ts'
import { type Future } from '../task/future.ts'
import { checkedTime } from '../scope/duration.ts'
import { getEventLoop } from '../task/loops.ts'
import { type Cancellable, callLaterHere } from '../task/script-time.ts'
import { type Startable, type Started, limited } from './limit.ts'

/** The options of `asCompleted()`. */
export interface AsCompletedOptions {
  /** How long all of them may take, in milliseconds; `null`, the default, for no limit. */
  readonly timeout?: number | null
  /** How many may run at a time. With a limit, functions that give an awaitable are taken, too. Tasks are not, because they have begun. */
  readonly limit?: number
}

const AS_COMPLETED = { call: 'asCompleted(awaitables, { timeout: 100 })', names: ['timeout', 'limit'] }

/**
 * Get results in the order in which they come: `for (const next of asCompleted(tasks)) { const result = yield* next }`. It is
 * Python's `asyncio.as_completed()`.
 * @param options.timeout how long all of them may take, in milliseconds.
 * @param options.limit how many may run at a time.
 * @returns one coroutine for each awaitable. Each waits for the next awaitable that is done. It returns the result, or throws the
 * error. When the time is over, it throws a TimeoutError.
 * @throws TypeError when one awaitable is given instead of several.
 */
export function asCompleted<A extends Awaitable<unknown>>(
  awaitables: Iterable<A>, options?: AsCompletedOptions,
): IterableIterator<Coroutine<Yielded<A>>>
export function asCompleted<S extends Startable<unknown>>(
  startables: Iterable<S>, options: AsCompletedOptions & { readonly limit: number },
): IterableIterator<Coroutine<Started<S>>>
export function asCompleted(given: Iterable<Startable<unknown>>, options: AsCompletedOptions = {}): IterableIterator<Coroutine<unknown>> {
  if (!isSeveral(given)) {
    throw new ArgumentError(`asCompleted() takes several awaitables, not ${describe(given)}. Write asCompleted([...])`,
      'NOT_A_LIST')
  }
  checkOptions(options, AS_COMPLETED)
  const awaitables = options.limit === undefined ? given as Iterable<Awaitable<unknown>> : limited('asCompleted()', given, options.limit)
  return new Arrivals(awaitables, options.timeout ?? null)
}

/** The futures that are awaited, and those that have arrived. In the queue, `null` stands for a future that was too late. */
class Arrivals<T> implements IterableIterator<Coroutine<T>> {
  private readonly todo: Set<Future<T>>
  private readonly arrived = new Queue<Future<T> | null>()
  private readonly timer: Cancellable | null
  private left: number

  constructor(awaitables: Iterable<Awaitable<T>>, private readonly timeout: number | null) {
    const loop = getEventLoop()
    this.todo = new Set(Array.from(new Set(awaitables), awaitable => ensureFuture(awaitable, { loop })))
    this.left = this.todo.size
    const task = currentTask()
    for (const future of this.todo) future.$whenDone(this.arrive, () => task)
    this.timer = timeout === null || this.left === 0 ? null : callLaterHere(checkedTime('asCompleted()', timeout, ' or null for timeout'), () => { this.giveUp() })
  }

  [Symbol.iterator](): this { return this }

  next(): IteratorResult<Coroutine<T>, undefined> {
    if (this.left === 0) return { value: undefined, done: true }
    this.left--
    return { value: this.nextResult(), done: false }
  }

  toString(): string { return `<asCompleted left=${this.left}>` }

  /** @internal */
  [INSPECT](): string { return this.toString() }

  private *nextResult(): Coroutine<T> {
    const future = yield* this.arrived.get()
    if (future === null) throw new TimeoutError(`asCompleted(…, { timeout: ${this.timeout} }): ${this.timeout} ms are over`)
    return future.result()
  }

  private readonly arrive = (future: Future<T>): void => {
    if (!this.todo.delete(future)) return
    this.arrived.putNowait(future)
    if (this.todo.size === 0) this.timer?.cancel()
  }

  private giveUp(): void {
    for (const future of this.todo) {
      future.$forgetCallback(this.arrive)
      this.arrived.putNowait(null)
    }
    this.todo.clear()
  }
}
