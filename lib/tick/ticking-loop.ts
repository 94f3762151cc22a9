import { checkedNumber } from '../base/checked.ts'
import { checkOptions } from '../base/options.ts'
import { RuntimeError, ValueError } from '../base/errors.ts'
import { ExceptionGroup } from '../base/exception-group.ts'
import { showWay } from '../base/way.ts'
import { type Clock, RootClock } from '../clock/clock.ts'
import { checkedPlain } from '../generator/plain-function.ts'
import { refuseCoroutine } from '../generator/unrun.ts'
import { scheduling, turnsBelow, whoseTurn } from '../greenlet/fiber.ts'
import { forgetAllThatRuns } from '../loop/nesting.ts'
import { type TaskLink, throwIfNested } from '../loop/loop.ts'
import { FramingLoop } from './framing-loop.ts'
import { Meter } from './meter.ts'
import { type ErrorPolicy, type FrameOptions, type TickOptions, type TickReport, checkedLimits } from './tick-report.ts'

/** A task that has failed, as far as the loop needs it. */
export interface FailedTask extends TaskLink {
  /** The error that it ended with. */
  readonly $error: unknown
  readonly $owner: { $tell(error: unknown, task: object): boolean } | null
}

/** A task that was stopped in the middle of its turn, as far as the loop needs it. */
interface TornTask extends TaskLink {
  $tearOff(error: Error): void
}

/** The kind of a call: a tick, a frame, or the rest of a frame that `asJob()` has cut into slices. */
export type PassKind = 'tick' | 'frame' | 'rest'

/** The options of `asJob()`. */
export interface JobOptions<Who extends object = object> {
  /** The time, in any unit. The default is the time of the host. */
  readonly now?: () => number
  /** How many callbacks may run between two yields; 1 by default. */
  readonly slice?: number
  /**
   * Is called with each error of a task that nobody waits for, and with the task. By default the loop's exception handler gets the
   * error, and logs it. A job has no report that could tell of it.
   */
  readonly errors?: (error: unknown, task: Who) => void
}

const AS_JOB = { call: 'loop.asJob({ slice: 10 })', names: ['now', 'slice', 'errors'] }

/** The part of a loop that is driven by a host which owns the clock, and calls once per frame or per tick. */
export abstract class TickingLoop extends FramingLoop {
  private $rootClock: RootClock | null = null
  /** The tasks that failed in this tick, and those that failed in the last tick while somebody waited for them. */
  private $failures: FailedTask[] = []
  private $oldFailures: FailedTask[] = []
  /** Was the loop ever driven by `tick()` or `frame()`? @internal */
  $isTicked = false

  /**
   * Run one turn: everything that is ready. It never waits. What is left because of the limits runs first in the next tick. To go
   * on until nothing is ready, write `while (loop.tick().ready > 0);`
   * @throws RuntimeError while a loop runs; ValueError for a time in the past; errors of tasks, with `errors: 'throw'`.
   */
  tick(options: TickOptions = {}): TickReport { return this.$pass('tick', options, false) }

  /**
   * Run one frame: clocks advance, and everything runs until nothing is ready. `yield`, `sleep(0)` and `nextFrame()` wait for the
   * next frame. Scripts whose clock goes in steps run once in each step.
   * @throws as `tick()`.
   */
  frame(options: FrameOptions = {}): TickReport { return this.$pass('frame', options, true) }

  /** The clock of this loop. All other clocks follow it. */
  get clock(): Clock { return this.$clock }

  /** `clock` for the library itself, because a subclass may override that. It is made at the first use. @internal */
  get $clock(): Clock { return this.$rootClock ??= new RootClock(this) }

  /**
   * A hash of everything that this loop did so far, for comparing two runs: the time and the turns of each tick, each timer that
   * was due, and how each task began and ended. The same inputs give the same hash in every engine.
   */
  trace(): string { return this.$hash.toString() }

  /** When the loop must be called again, in milliseconds of `time()`: now, if something is ready; `null` for never. */
  get nextWakeUp(): number | null {
    if (this.$ready.size > 0 || this.$nextTurns.size > 0) return this.time()
    for (const clock of this.$turning) if (!clock.$stands) return this.time()
    return this.$timers.next
  }

  /**
   * The time to which a loop skips that has nothing to do, if it skips time and is not driven by frames; otherwise `null`. A task
   * that asks in each turn, whether something is so, keeps the loop from skipping.
   * @internal
   */
  get $skippedTo(): number | null { return this.$isTicked || this.$host.busy === undefined ? null : this.$timers.next }

  /**
   * The loop as one plain generator, for hosts that run generators in slices of time: `system.runJob(loop.asJob({ now }))`. The
   * generator ends when nothing is left to run or to wait for, and when the loop is closed.
   */
  asJob(options: JobOptions = {}): Generator<void, void, void> {
    checkOptions(options, AS_JOB)
    if (options.errors !== undefined) checkedPlain('asJob({ errors })', options.errors)
    if (options.now !== undefined) checkedPlain('asJob({ now })', options.now)
    if (options.slice !== undefined) checkedNumber('asJob({ slice })', options.slice)
    return this.$asJob(options)
  }

  private *$asJob({ now, slice = 1, errors = (exception, task) => { this.callExceptionHandler({ message: 'a script has failed', exception, task }) } }: JobOptions): Generator<void, void, void> {
    let last: number | null = null
    while (!this.isClosed()) {
      const time = now?.() ?? this.$hostTime()
      const isNew = last === null || time > last
      if (isNew || this.$ready.size > 0) this.$pass('asJob', { now: Math.max(time, last ?? time), maxCallbacks: slice, errors }, true, isNew)
      last = time
      if (this.$tasks.size === 0 && this.$ready.size === 0 && this.$timers.size === 0) {
        this.$tell(this.$takeFailures(this.$oldFailures.splice(0)), errors)
        return
      }
      yield
    }
  }

  /**
   * Make the loop usable again after its host has stopped it in the middle of its code, as watchdogs do. The task that had the
   * turn ends with an error. All others can go on. Call it when no code of the loop is on JavaScript's stack any more.
   */
  abandon(reason = 'its host has stopped it'): void {
    if (!this.isRunning()) return
    const torn: unknown[] = [...turnsBelow]
    if (scheduling.inTurn) torn.push(whoseTurn())
    forgetAllThatRuns()
    this.$forgetDrive()
    this.$border?.leaks('abandon() has ended a turn')
    this.$later = null
    const error = new RuntimeError(`abandoned in the middle of its turn: ${reason}`, { code: 'ABANDONED' })
    for (const task of torn) (task as Partial<TornTask> | null)?.$tearOff?.(error)
  }

  /** A task has failed. @internal */
  override $noteFailure(task: FailedTask, isAwaited: boolean): void {
    if (this.$isTicked) (isAwaited ? this.$oldFailures : this.$failures).push(task)
    else if (task.$owner !== null) this.callSoon(() => { this.$offerToOwner(task) })
  }

  /** Offer the error of a task to its owner's `onError`. @returns whether nobody has taken it: neither that nor the program. */
  private $offerToOwner(task: FailedTask): boolean {
    if (!this.$unread.has(task)) return false
    if (task.$owner?.$tell(task.$error, task) !== true) return true
    this.$unread.delete(task)
    return false
  }

  /** A tick or a frame begins. A loop with a recording writes it down. @internal */
  protected abstract $passBegins(kind: PassKind, meter: Meter): void

  /** A tick or a frame ends. @internal */
  protected abstract $passEnds(): void

  /** Does the time stand still during a tick, if nobody gives the time? @internal */
  protected abstract get $isFrozenByTick(): boolean

  /** Run a tick or a frame, and report. @internal */
  protected $pass(method: string, options: FrameOptions, isFrame: boolean, isNew = true): TickReport {
    throwIfNested(this)
    const limits = checkedLimits(method, options, () => this.$hostTime())
    this.$advance(method, options, isFrame)
    this.$isTicked = true
    const awaited = this.$oldFailures.splice(0)
    this.$hash.addNumber(this.time())
    const meter = new Meter(limits, () => this.$ask(limits.cost))
    this.$passBegins(isFrame ? isNew ? 'frame' : 'rest' : 'tick', meter)
    this.$priorities?.begin(isNew)
    this.$enter()
    try {
      if (isFrame) this.$runFrame(meter, isNew)
      else this.$runTick(meter)
    } finally {
      this.$later = null
      this.$leave()
    }
    this.$hash.add(meter.counted)
    this.$passEnds()
    const failed = this.$border === null ? this.$takeFailures(awaited) : this.$border.within(() => this.$takeFailures(awaited))
    const errors = failed.map(task => task.$error)
    if (options.errors !== undefined) this.$tell(failed, options.errors)
    return {
      ran: meter.ran,
      ready: this.$ready.size,
      nextTimerAt: this.$timers.next,
      blocked: this.$tasks.size - this.$readyTasks,
      overBudget: meter.isOver,
      overran: meter.overran,
      errors,
      failed,
    }
  }

  private $advance(method: string, { now, dt }: TickOptions, isFrame: boolean): void {
    const before = this.time()
    if (now === undefined && dt === undefined) {
      this.$unfreeze()
      if (isFrame || this.$isFrozenByTick) this.$setTime(this.time())
    } else if (now !== undefined && now < before) {
      throw new ValueError(`time does not go back: it is ${before}, and ${method}() was told ${now}`, { code: 'TIME_WENT_BACK' })
    } else {
      this.$setTime(now ?? before + (dt as number))
    }
  }

  /** The tasks that failed in this tick, and those of the last tick that somebody waited for, if nobody has read their errors. */
  private $takeFailures(awaited: readonly FailedTask[]): FailedTask[] {
    if (awaited.length === 0 && this.$failures.length === 0) return []
    const all = [...awaited, ...this.$failures.splice(0)]
    const left: FailedTask[] = []
    this.$eachOf(all, task => { if (this.$offerToOwner(task)) left.push(task) }, left)
    return left
  }

  private $tell(failed: readonly FailedTask[], policy: ErrorPolicy): void {
    if (typeof policy === 'function') {
      const tell: (error: unknown, task: FailedTask) => unknown = policy
      this.$eachOf(failed, task => {
        this.$unread.delete(task)
        showWay(task.$error)
        refuseCoroutine(tell(task.$error, task), 'the function for errors')
      }, [])
      return
    }
    for (const task of failed) {
      this.$unread.delete(task)
      showWay(task.$error)
    }
    const errors = failed.map(task => task.$error)
    if (policy === 'throw' && errors.length === 1) throw errors[0]
    if (policy === 'throw' && errors.length > 1) throw new ExceptionGroup('errors of scripts', errors)
  }

  /** Tell of each task in turn. If a function of the program throws, those it was not told of are told of in the next tick. */
  private $eachOf(tasks: readonly FailedTask[], tell: (task: FailedTask) => void, before: readonly FailedTask[]): void {
    for (const [i, task] of tasks.entries()) {
      try {
        tell(task)
      } catch (error) {
        this.$failures.unshift(...before, ...tasks.slice(i + 1))
        throw error
      }
    }
  }
}
