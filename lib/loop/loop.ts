import { describe } from '../base/describe.ts'
import { ArgumentError, RuntimeError, ValueError } from '../base/errors.ts'
import { type Linked, LinkedList } from '../base/linked-list.ts'
import { Ring } from '../base/ring.ts'
import { isFatal } from '../base/task-errors.ts'
import { Context, type Turns, captureContext, current } from '../context/context.ts'
import { isCoroutine, neverRan } from '../generator/coroutine.ts'
import { hooks } from '../generator/hooks.ts'
import { isGeneratorFunction } from '../generator/native-generator.ts'
import { registers } from '../generator/registers.ts'
import {
  type Fiber, type FiberState, HOSTING, type Scheduler, backFromPlainCode, leaveForPlainCode, scheduling,
} from '../greenlet/fiber.ts'
import { getCurrent } from '../greenlet/greenlet.ts'
import { type ExceptionContext, type Logger, contextOf, formatContext } from './exception-context.ts'
import { type Callback, Handle, TimerHandle } from './handle.ts'
import type { Host } from './host.ts'
import type { Runnable, Timer } from './runnable.ts'
import type { TickOptions, TickReport } from './tick-report.ts'
import { Timers } from './timers.ts'

/** A task, seen from below. */
export interface TaskLink extends Linked<TaskLink> {
  toString(): string
}

export type ExceptionHandler = (loop: Loop, context: ExceptionContext) => void

export interface LoopOptions {
  /** Where time comes from, and how to wait. */
  readonly host: Host
  /** Look more closely, and say more; slower. */
  readonly debug: boolean
  /** Where the reports of the default exception handler go. */
  readonly logger: Logger
}

/** Deadlines this near count as reached: sums of fractions of a millisecond are not exact. */
const RESOLUTION = 1e-6
/** Above this it is worth while to look which coroutines have run meanwhile. */
const MANY = 10_000

/**
 * The loop as the floors above see it: a queue of what is ready, and timers. It knows callbacks only.
 *
 * A turn moves the timers that are due to the end of the queue and then runs what the queue held at that moment, in
 * order. What is added meanwhile waits for the next turn (rule 1).
 */
export abstract class Loop {
  /** @internal */
  readonly $ready = new Ring<Runnable>()
  /** In debug mode, the coroutine objects that were made while it ran and may not have run. @internal */
  protected $unborn: object[] = []
  /** Futures whose error nobody has read. @internal */
  readonly $unread = new Set<object>()
  /** The tasks that are not done. @internal */
  readonly $tasks = new LinkedList<TaskLink>()
  /** In debug mode, callbacks that take longer are reported; in milliseconds. */
  slowCallbackDuration = 100

  protected readonly $host: Host
  private readonly $timers = new Timers()
  private readonly $logger: Logger
  private $debug: boolean
  private $stopping = false
  private $closed = false
  private $tickTime: number | null = null
  private $handler: ExceptionHandler | null = null
  /** While it runs: the fiber whose code runs it, and the state that this had before. */
  private $main: Fiber | null = null
  private $outer: unknown = null
  private $mainState: FiberState = HOSTING

  constructor({ host, debug, logger }: LoopOptions) {
    if (typeof host.now !== 'function') {
      throw new ArgumentError(`a host has a method now(), and ${describe(host)} has none. Write new VirtualHost()`, 'NOT_A_HOST')
    }
    this.$host = host
    this.$debug = debug
    this.$logger = logger
  }

  /** What it does for fibers that wait. @internal */
  protected abstract readonly $scheduler: Scheduler

  /** How many tasks are in the queue. @internal */
  protected abstract $countReadyTasks(): number

  /** The error for a loop that nothing can wake any more. @internal */
  protected abstract $deadlock(): Error

  // Callbacks

  /** Call `callback(...args)` in the next turn: first in, first out (rule 2). */
  callSoon<A extends unknown[]>(callback: Callback<A>, ...args: A): Handle {
    return this.$soon(callback as Callback, args, captureContext())
  }

  /** The same from outside: it also wakes the loop when it waits in its host. */
  callSoonThreadsafe<A extends unknown[]>(callback: Callback<A>, ...args: A): Handle {
    const handle = this.$soon(callback as Callback, args, captureContext())
    this.$host.wake()
    return handle
  }

  /** Call `callback(...args)` in `ms` milliseconds. Equal deadlines fire in the order they were made. */
  callLater<A extends unknown[]>(ms: number, callback: Callback<A>, ...args: A): TimerHandle {
    return this.$at(this.time() + milliseconds(ms, 'callLater'), callback as Callback, args, captureContext())
  }

  /** Call `callback(...args)` when `loop.time()` is `when`, in milliseconds. */
  callAt<A extends unknown[]>(when: number, callback: Callback<A>, ...args: A): TimerHandle {
    return this.$at(milliseconds(when, 'callAt'), callback as Callback, args, captureContext())
  }

  /** The same methods, whose callbacks are called in `context` instead of a copy of the current one. */
  withContext(context: Context): Pick<Loop, 'callSoon' | 'callLater' | 'callAt' | 'callSoonThreadsafe'> {
    if (!((context as unknown) instanceof Context)) {
      throw new ArgumentError(`withContext() takes a Context, not ${describe(context)}. Write copyContext()`, 'NOT_A_CONTEXT')
    }
    return {
      callSoon: (callback, ...args) => this.$soon(callback as Callback, args, context),
      callLater: (ms, callback, ...args) =>
        this.$at(this.time() + milliseconds(ms, 'callLater'), callback as Callback, args, context),
      callAt: (when, callback, ...args) => this.$at(milliseconds(when, 'callAt'), callback as Callback, args, context),
      callSoonThreadsafe: (callback, ...args) => {
        const handle = this.$soon(callback as Callback, args, context)
        this.$host.wake()
        return handle
      },
    }
  }

  /** The loop's clock, in milliseconds. */
  time(): number { return this.$tickTime ?? this.$host.now() }

  // Running

  /**
   * Run until `stop()`. The caller is blocked meanwhile.
   * @throws RuntimeError when a loop is running, or this one is closed; DeadlockError when nothing is left that could
   * wake it; a KeyboardInterrupt that a callback or a task ends with.
   */
  runForever(): void {
    this.$enter()
    try {
      do this.$turn()
      while (!this.$stopping)
    } finally {
      this.$leave()
    }
  }

  /** End `runForever()` after this turn. Stopped beforehand, it runs one turn (rule 3). */
  stop(): void { this.$stopping = true }

  /**
   * One turn for a host that owns the clock: runs what is ready, and never waits. What the limits leave over runs first in
   * the next tick. To go on until all is quiet: `while (loop.tick().ready > 0);`
   * @throws as `runForever()`.
   */
  tick(options: TickOptions = {}): TickReport {
    const { now, budget = Infinity, maxCallbacks = Infinity, cost = () => this.$host.now() } = options
    for (const [name, value] of Object.entries({ now: now ?? 0, budget, maxCallbacks, 'cost()': cost() })) {
      if (typeof value === 'number' && value >= 0) continue
      throw new ArgumentError(`tick() takes ${name} as a number that is not negative, not ${describe(value)}`, 'NOT_A_LIMIT')
    }
    if (now !== undefined && now < this.time()) {
      throw new ValueError(`time does not go back: it is ${this.time()}, and tick() was told ${now}`, { code: 'TIME_WENT_BACK' })
    }
    this.$enter()
    let ran = 0
    let overBudget = false
    try {
      this.$tickTime = now ?? null
      const start = this.$ask(cost)
      this.$moveDueTimers()
      if (this.$ready.size === 0) this.$tellOfQuiet()
      this.$arrange()
      const count = this.$ready.size
      while (ran < count && ran < maxCallbacks && !overBudget) {
        ran++
        this.$ready.shift().$run()
        const spent = budget === Infinity ? 0 : this.$ask(cost) - start
        overBudget = spent > budget || (spent === budget && ran < count)
      }
    } finally {
      this.$leave()
    }
    return { ran, ready: this.$ready.size, nextTimerAt: this.$timers.next, blocked: this.$tasks.size - this.$countReadyTasks(), overBudget }
  }

  isRunning(): boolean { return running.loop === this }

  isClosed(): boolean { return this.$closed }

  /**
   * Drop everything; the loop cannot be used any more. Closing twice does nothing.
   * @throws RuntimeError while it runs.
   */
  close(): void {
    if (this.isRunning()) throw new RuntimeError('Cannot close a running event loop', { code: 'LOOP_RUNNING' })
    this.$closed = true
    this.$ready.clear()
    this.$timers.clear()
  }

  // Reports

  getDebug(): boolean { return this.$debug }

  setDebug(debug: boolean): void { this.$debug = debug }

  getExceptionHandler(): ExceptionHandler | null { return this.$handler }

  /** Who is told of errors that nobody catches; `null` for the default handler. */
  setExceptionHandler(handler: ExceptionHandler | null): void {
    if (handler !== null && typeof handler !== 'function') {
      throw new ArgumentError(`setExceptionHandler() takes a function or null, not ${describe(handler)}`)
    }
    this.$handler = handler
  }

  /** Write a report to the logger. */
  defaultExceptionHandler(context: ExceptionContext): void { this.$log(formatContext(context)) }

  /** Write to the logger. @internal */
  $log(text: string): void { this.$logger(text) }

  /**
   * Tell the handler, or the default one, in the context of what the report is about. An error of the handler goes to
   * the default one (rule 4).
   */
  callExceptionHandler(context: ExceptionContext): void {
    const handler = this.$handler
    if (handler === null) {
      this.$callDefaultHandler(context)
      return
    }
    try {
      const variables = contextOf(context)
      if (variables === null) handler(this, context)
      else variables.run(handler, this, context)
    } catch (error) {
      if (isFatal(error)) throw error
      this.$callDefaultHandler({ message: 'Unhandled error in exception handler', exception: error, context })
    }
  }

  /** Before time goes on and nothing is ready, these are called once. @internal */
  readonly $quiet = new Set<Callback>()

  /** A turn begins: a subclass may put what is ready in another order. @internal */
  protected $arrange(): void { /* first in, first out */ }

  /** @internal */
  $cancelTimer(timer: Timer): void { this.$timers.remove(timer) }

  /** @throws RuntimeError when the loop is closed. @internal */
  $refuseIfClosed(): void {
    if (this.$closed) throw new RuntimeError('Event loop is closed', { code: 'LOOP_CLOSED' })
  }

  /** @internal */
  protected $soon(callback: Callback, args: unknown[], context: Context | null): Handle {
    this.$check(callback, 'callSoon')
    const handle = new Handle(this, callback, args, context)
    this.$ready.push(handle)
    return handle
  }

  private $at(when: number, callback: Callback, args: unknown[], context: Context | null): TimerHandle {
    this.$check(callback, 'callLater')
    const timer = new TimerHandle(when, this, callback, args, context)
    this.$timers.push(timer)
    return timer
  }

  /** @internal */
  $schedule(timer: Timer): void { this.$timers.push(timer) }

  private $check(callback: unknown, method: string): void {
    this.$refuseIfClosed()
    if (isCoroutine(callback) || isGeneratorFunction(callback)) {
      throw new ArgumentError(`coroutines cannot be used with ${method}(). Write createTask(f(...))`, 'COROUTINE_AS_CALLBACK')
    }
    if (typeof callback === 'function') return
    throw new ArgumentError(`${method}() takes a function, not ${describe(callback)}`, 'CALLBACK_NOT_CALLABLE')
  }

  private $enter(): void {
    this.$refuseIfClosed()
    refuseToNest(this)
    running.loop = this
    this.$main = scheduling.main = getCurrent()
    current.turns = this.$ready as Ring<unknown> as Turns
    this.$mainState = this.$main.$state
    this.$main.$state = HOSTING
    scheduling.scheduler = this.$scheduler
    scheduling.depth = ++registers.depth
    this.$outer = registers.stack
    registers.stack = null
    if (this.$debug) hooks.made = coroutine => { this.$note(coroutine) }
  }

  private $leave(): void {
    running.loop = null
    registers.depth--
    registers.stack = this.$outer
    scheduling.inTurn = false
    scheduling.main = current.turns = this.$ready.taken = null
    const main = this.$main as Fiber
    current.fiber = main
    main.$state = this.$mainState
    this.$main = null
    scheduling.scheduler = null
    hooks.made = null
    this.$stopping = false
  }

  private $callDefaultHandler(context: ExceptionContext): void {
    try {
      this.defaultExceptionHandler(context)
    } catch (error) {
      if (isFatal(error)) throw error
      this.$log(`Exception in default exception handler while handling: ${context.message}\n${String(error)}`)
    }
  }

  private $note(coroutine: object): void {
    if (this.$unborn.length >= MANY) this.$unborn = this.$unborn.filter(neverRan)
    this.$unborn.push(coroutine)
  }

  private $turn(): void {
    const ready = this.$ready
    if (ready.size === 0 && !this.$stopping) this.$wait()
    this.$moveDueTimers()
    this.$arrange()
    for (let count = ready.size; count > 0; count--) {
      if (this.$debug) this.$runWatched()
      else ready.shift().$run()
    }
    this.$endTurns()
  }

  /** Until the next one it is nobody's turn, and the host is called in nobody's name. */
  private $endTurns(): void {
    scheduling.inTurn = false
    current.fiber = this.$main
  }

  /** Ask the program for a figure. */
  private $ask(cost: () => number): number {
    leaveForPlainCode()
    try {
      return cost()
    } finally {
      backFromPlainCode()
    }
  }

  /** Nothing is ready: let the host wait for the next timer, or for something from outside. */
  private $wait(): void {
    const { next } = this.$timers
    if (this.$quiet.size > 0 && !(next !== null && next <= this.time() + RESOLUTION)) {
      this.$tellOfQuiet()
      return
    }
    if (next === null && this.$host.expects?.() !== true) throw this.$deadlock()
    const timeout = next === null ? null : next - this.time()
    if (timeout !== null && timeout <= 0) return
    leaveForPlainCode()
    try {
      this.$host.wait(timeout)
    } finally {
      backFromPlainCode()
    }
  }

  private $tellOfQuiet(): void {
    for (const callback of this.$quiet) this.$soon(callback, [], null)
    this.$quiet.clear()
  }

  private $moveDueTimers(): void {
    if (this.$timers.size === 0) return
    const now = this.time() + RESOLUTION
    for (let timer = this.$timers.takeDue(now); timer !== null; timer = this.$timers.takeDue(now)) this.$ready.push(timer)
  }

  private $runWatched(): void {
    const item = this.$ready.shift()
    const start = this.$host.now()
    item.$run()
    this.$endTurns()
    const took = this.$host.now() - start
    if (took < this.slowCallbackDuration) return
    leaveForPlainCode()
    try {
      this.callExceptionHandler({ message: `Executing ${item.toString()} took ${took.toFixed(0)} ms`, handle: item })
    } finally {
      backFromPlainCode()
    }
  }
}

function milliseconds(value: unknown, method: string): number {
  if (typeof value === 'number' && !Number.isNaN(value)) return value
  throw new ArgumentError(`${method}() takes a number of milliseconds, not ${describe(value)}`, 'NOT_A_TIME')
}

/** The registers of the loop that is running, of which there is one at most, and of that of `setEventLoop()`. */
export const running: { loop: Loop | null; chosen: Loop | null } = { loop: null, chosen: null }

/** The loop for what is made without naming one. @throws RuntimeError when there is none. */
export function chosenLoop(): Loop {
  const loop = running.loop ?? running.chosen
  if (loop !== null) return loop
  throw new RuntimeError('no running event loop. Write loop.createFuture() or loop.createTask(coroutine), or do it in a ' +
    'coroutine that run() runs', { code: 'NO_LOOP' })
}

/** @throws RuntimeError when a loop is running: loops do not nest. */
export function refuseToNest(loop: Loop): void {
  if (running.loop === null) return
  throw new RuntimeError(running.loop === loop
    ? 'This event loop is already running. In a task, write yield* future instead of running the loop again'
    : 'Cannot run the event loop while another loop is running', { code: 'LOOP_RUNNING' })
}
