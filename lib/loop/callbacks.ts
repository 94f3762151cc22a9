import { checkedFunction } from '../base/checked.ts'
import { describe } from '../base/describe.ts'
import { ArgumentError, RuntimeError } from '../base/errors.ts'
import { refuseTimeOfDay } from '../base/time-of-day.ts'
import { Context, captureContext } from '../context/context.ts'
import { isCoroutine } from '../generator/coroutine.ts'
import { isGeneratorFunction } from '../generator/native-generator.ts'
import { registers } from '../generator/registers.ts'
import { notify } from '../generator/watch.ts'
import type { Border } from './border.ts'
import type { ExceptionContext } from './exception-context.ts'
import { type Callback, Handle, TimerHandle } from './handle.ts'
import type { Host } from './host.ts'
import { ReadyQueue } from './ready-queue.ts'
import type { Runnable, Timer } from './runnable.ts'
import { Timers } from './timers.ts'

/** The part of a loop that takes callbacks. It has a queue of what is ready, and timers by their deadlines. `Loop` runs them. */
export abstract class CallbackQueue {
  /** @internal */
  readonly $ready = new ReadyQueue()
  /** @internal */
  protected readonly $timers = new Timers()
  /** The time that `tick()` was given last. It stands still until the next tick, or until the loop runs by itself. */
  private $told: number | null = null
  /** The time of the host at that moment. */
  private $hostThen = 0
  /** How many milliseconds the clock of the loop is ahead of the clock of the host. */
  private $ahead = 0
  /** Called when something becomes ready, or a timer is set, with that; and when the loop is closed. @internal */
  $onReady: ((item?: { toString(): string }) => void) | null = null
  /** Guards the loop while it is recorded. @internal */
  $border: Border | null = null
  /** @internal */
  $closed = false

  /** @internal */
  protected constructor(/** @internal */ protected readonly $host: Host) {
    if (typeof $host.now === 'function') return
    throw new ArgumentError(`a host has a method now(), and ${describe($host)} has none. Write new VirtualHost()`, 'NOT_A_HOST')
  }

  abstract callExceptionHandler(context: ExceptionContext): void

  /** Call `callback(...args)` in the next turn: first in, first out (rule 2). */
  callSoon<A extends unknown[]>(callback: Callback<A>, ...args: A): Handle {
    return this.$soon(callback as Callback, args, captureContext())
  }

  /**
   * `callSoon()` from outside of the loop, such as from a callback of the host. It also wakes the loop when it waits in its host.
   * It is Python's `loop.call_soon_threadsafe()`.
   */
  callSoonThreadsafe<A extends unknown[]>(callback: Callback<A>, ...args: A): Handle {
    return this.$fromOutside(callback as Callback, args, captureContext())
  }

  /**
   * Call `callback(...args)` after `ms` milliseconds. Timers with equal deadlines run in the order in which they were made.
   * @returns a handle that can cancel it.
   */
  callLater<A extends unknown[]>(ms: number, callback: Callback<A>, ...args: A): TimerHandle {
    return this.$after(ms, callback as Callback, args, captureContext())
  }

  /** Call `callback(...args)` when `loop.time()` is `when`, in milliseconds. @returns a handle that can cancel it. */
  callAt<A extends unknown[]>(when: number, callback: Callback<A>, ...args: A): TimerHandle {
    return this.$at('callAt', refuseTimeOfDay('callAt()', milliseconds(when, 'callAt'), this.time()), callback as Callback, args, captureContext())
  }

  /**
   * `callSoon()` and the others, with callbacks that run in `context` instead of a copy of the current one. @throws TypeError when
   * it is not a Context.
   */
  withContext(context: Context): Pick<CallbackQueue, 'callSoon' | 'callLater' | 'callAt' | 'callSoonThreadsafe'> {
    if (!((context as unknown) instanceof Context)) {
      throw new ArgumentError(`withContext() takes a Context, not ${describe(context)}. Write copyContext()`, 'NOT_A_CONTEXT')
    }
    return {
      callSoon: (callback, ...args) => this.$soon(callback as Callback, args, context),
      callLater: (ms, callback, ...args) => this.$after(ms, callback as Callback, args, context),
      callAt: (when, callback, ...args) => this.$at('callAt', refuseTimeOfDay('callAt()', milliseconds(when, 'callAt'), this.time()), callback as Callback, args, context),
      callSoonThreadsafe: (callback, ...args) => this.$fromOutside(callback as Callback, args, context),
    }
  }

  /**
   * The clock of the loop, in milliseconds. It never goes back. After a `tick({ now })` it stands still until the next tick. When
   * the loop then runs without being given the time, the clock goes on from there, as fast as the host's.
   */
  time(): number { return this.$told ?? this.$host.now() + this.$ahead }

  /** The time of the host, even while the clock of the loop stands still. @internal */
  protected $hostTime(): number { return this.$host.now() }

  /** Set the time, and let it stand still. @internal */
  protected $setTime(now: number): void {
    this.$hostThen = this.$host.now()
    this.$told = now
  }

  /** From now on the time passes as the host says. @internal */
  protected $unfreeze(): void {
    if (this.$told === null) return
    this.$ahead = this.$told - this.$hostThen
    this.$told = null
  }

  /** @returns whether the loop is closed (Python's `is_closed()`). */
  isClosed(): boolean { return this.$closed }

  /** Let an item run when its turn comes. @internal */
  $enqueue(item: Runnable): void {
    this.$ready.push(item)
    if (this.$onReady !== null) this.$onReady(item)
  }

  /** Let a timer run at its deadline. @internal */
  $schedule(timer: Timer): void {
    this.$timers.push(timer)
    if (registers.observed) notify('timer', null, timer)
    if (this.$onReady !== null) this.$onReady(timer)
  }

  /** @internal */
  $cancelTimer(timer: Timer): void { this.$timers.remove(timer) }

  /** @throws RuntimeError when the loop is closed. @internal */
  $throwIfClosed(): void {
    if (this.$closed) throw new RuntimeError('Event loop is closed', { code: 'LOOP_CLOSED' })
  }

  /** Close the loop, and forget everything. @internal */
  protected $forgetAll(): void {
    this.$closed = true
    this.$ready.clear()
    this.$timers.clear()
    if (this.$onReady !== null) this.$onReady()
  }

  /** `callSoon()` with a context. `null` stands for an empty one. @internal */
  protected $soon(callback: Callback, args: unknown[], context: Context | null, method = 'callSoon'): Handle {
    this.$check(callback, method)
    const handle = new Handle(this, callback, args, context)
    this.$enqueue(handle)
    return handle
  }

  private $fromOutside(callback: Callback, args: unknown[], context: Context | null): Handle {
    const handle = this.$soon(callback, args, context, 'callSoonThreadsafe')
    this.$host.wake()
    return handle
  }

  private $after(ms: number, callback: Callback, args: unknown[], context: Context | null): TimerHandle {
    return this.$at('callLater', this.time() + milliseconds(ms, 'callLater'), callback, args, context)
  }

  private $at(method: string, when: number, callback: Callback, args: unknown[], context: Context | null): TimerHandle {
    this.$check(callback, method)
    const timer = new TimerHandle(when, this, callback, args, context)
    this.$schedule(timer)
    return timer
  }

  private $check(callback: unknown, method: string): void {
    this.$throwIfClosed()
    if (isCoroutine(callback) || isGeneratorFunction(callback)) {
      throw new ArgumentError(`coroutines cannot be used with ${method}(). Write createTask(f(...))`, 'COROUTINE_AS_CALLBACK')
    }
    checkedFunction(`${method}()`, callback)
    this.$border?.cross(`${method}()`)
  }
}

function milliseconds(value: unknown, method: string): number {
  if (typeof value === 'number' && !Number.isNaN(value)) return value
  throw new ArgumentError(`${method}() takes a number of milliseconds, not ${describe(value)}${timeHint(value, method)}`, 'NOT_A_TIME')
}

function timeHint(value: unknown, method: string): string {
  if (typeof value === 'function') return `. The time comes first: ${method}(${method === 'callAt' ? 'loop.time() + 10' : '10'}, callback)`
  return describe(value) === 'Date' ? '. Write callLater(date - Date.now(), callback)' : ''
}
