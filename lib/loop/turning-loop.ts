import { TraceHash } from '../base/trace-hash.ts'
import { current } from '../context/context.ts'
import { registers } from '../generator/registers.ts'
import { notify } from '../generator/watch.ts'
import { forgetPassed } from '../greenlet/drive-of-fibers.ts'
import { backFromPlainCode, leaveForPlainCode, scheduling } from '../greenlet/fiber.ts'
import type { Callback } from './handle.ts'
import { ReportingLoop } from './reports.ts'

/** So many errors are kept in case that somebody reads them. When there are more and the loop is quiet, the oldest are reported. */
export const UNREAD = 1000

/** One less than the number of turns after which the host is told that the loop is busy. */
const OFTEN = 2 ** 20 - 1

/** Deadlines this near count as reached: sums of fractions of a millisecond are not exact. */
export const RESOLUTION = 1e-6

/**
 * What of a loop runs: a turn moves the timers that are due to the end of the queue and then runs what the queue held at that
 * moment, in order. What is added meanwhile waits for the next turn (rule 1). When nothing is ready, the host is called to wait.
 */
export abstract class TurningLoop extends ReportingLoop {
  /** Futures whose error nobody has read. @internal */
  readonly $unread = new Set<object>()
  /** How many of the tasks are ready, and in the queue. @internal */
  $readyTasks = 0
  /** Called once when nothing is ready, before time goes on. @internal */
  readonly $quiet = new Set<Callback>()
  /** What happened so far. @internal */
  readonly $hash = new TraceHash()
  /** It ends after this turn. @internal */
  protected $stopping = false
  /** How many turns ran since nothing was ready. */
  private $turns = 0
  /** Has the host something to look at in each turn? */
  private readonly $polls = this.$host.poll !== undefined

  /** Report the oldest errors that nobody has read, but for so many, and let go of them. @internal */
  protected abstract $tellOfUnread(kept: number): void

  /** The error for a loop that nothing can wake any more. @internal */
  abstract $deadlock(): Error

  /** A turn begins: a subclass may put what is ready in another order. @internal */
  protected $arrange(): void { /* first in, first out */ }

  /** A turn begins: there may be more that is to run in it than what stands in the queue. @internal */
  protected abstract $gather(): void

  /** One turn, before which the host waits if nothing is ready. @internal */
  protected $runTurn(): void {
    this.$gather()
    if (this.$ready.size === 0 && !this.$stopping) {
      this.$turns = 0
      this.$wait()
    } else {
      if (this.$polls) this.$poll()
      if ((++this.$turns & OFTEN) === 0) this.$host.busy?.(this.$turns)
    }
    this.$runReady()
  }

  /** What is ready when the turn begins. @internal */
  protected $runReady(): void {
    if (registers.observed) notify('turn', null, this)
    this.$moveDueTimers()
    this.$arrange()
    if (this.$debug) this.$runTurnWatched()
    else for (let count = this.$ready.size; count > 0; count--) this.$ready.shift().$run()
    this.$endTurns()
  }

  /** In debug mode: report a turn that takes long, also when none of its callbacks does. */
  private $runTurnWatched(): void {
    const [count, start] = [this.$ready.size, this.$host.now()]
    for (let i = 0; i < count; i++) this.$runWatched()
    this.$reportIfSlow(start, this.slowTurnDuration, () => ({ message: `A turn of the loop, with ${count} callbacks and turns of tasks,` }))
  }

  /** @internal */
  protected $runNext(): void {
    if (this.$debug) this.$runWatched()
    else this.$ready.shift().$run()
  }

  /** Until the next one it is nobody's turn, and the host is called in nobody's name. */
  private $endTurns(): void {
    scheduling.inTurn = false
    current.fiber = scheduling.main
    forgetPassed()
  }

  /** In debug mode: report what takes long. */
  private $runWatched(): void {
    const item = this.$ready.shift()
    const start = this.$host.now()
    item.$run()
    this.$endTurns()
    this.$reportIfSlow(start, this.slowCallbackDuration, () => ({ message: `Executing ${item.toString()}`, handle: item }))
  }

  /** Ask the program for a figure. @internal */
  protected $ask(cost: () => number): number {
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
    if (this.$unread.size > UNREAD) this.$tellOfUnread(UNREAD)
    if (this.$quiet.size > 0 && !(next !== null && next <= this.time() + RESOLUTION)) {
      this.$tellOfQuiet()
      return
    }
    if (next === null && this.$host.expects?.() !== true) throw this.$deadlock()
    const timeout = next === null ? null : next - this.time()
    if (timeout !== null && timeout <= 0) {
      if (this.$polls) this.$poll()
      return
    }
    this.$ready.taken = null
    leaveForPlainCode()
    try {
      this.$host.wait(timeout)
    } finally {
      backFromPlainCode()
    }
  }

  private $poll(): void {
    this.$ready.taken = null
    leaveForPlainCode()
    try {
      this.$host.poll?.()
    } finally {
      backFromPlainCode()
    }
  }

  /** @internal */
  protected $tellOfQuiet(): void {
    for (const callback of this.$quiet) this.$soon(callback, [], null)
    this.$quiet.clear()
  }

  /** @internal */
  protected $moveDueTimers(): void {
    if (this.$timers.size === 0) return
    const now = this.time() + RESOLUTION
    for (let timer = this.$timers.takeDue(now); timer !== null; timer = this.$timers.takeDue(now)) {
      if (registers.observed) notify('due', null, timer)
      this.$hash.addNumber(timer.$deadline)
      if (timer.$release === undefined) this.$ready.push(timer)
      else timer.$release(this.$ready)
    }
  }
}
