import { TraceHash } from '../base/trace-hash.ts'
import { current } from '../context/context.ts'
import { registers } from '../generator/registers.ts'
import { notify } from '../generator/watch.ts'
import { forgetPassed } from '../greenlet/drive-of-fibers.ts'
import { backFromPlainCode, leaveForPlainCode, scheduling } from '../greenlet/fiber.ts'
import type { Callback } from './handle.ts'
import type { Priorities } from './priorities.ts'
import { ReportingLoop } from './reports.ts'
import { Unread } from './unread.ts'

/** One less than the number of turns after which the host is told that the loop is busy. */
const OFTEN = 2 ** 20 - 1

/** Deadlines that are this near count as reached, because sums of fractions of a millisecond are not exact. */
export const RESOLUTION = 1e-6

/**
 * The part of a loop that runs turns. A turn moves the timers that are due to the end of the queue. Then it runs what the queue
 * held at that moment, in order. What is added meanwhile waits for the next turn (rule 1). When nothing is ready, the host is
 * called to wait.
 */
export abstract class TurningLoop extends ReportingLoop {
  /** Futures whose error nobody has read. @internal */
  readonly $unread = new Unread()
  /** Called each time when nothing is ready. @internal */
  $beforeWait: (() => void) | null = null
  /** How many tasks are ready and in the queue. @internal */
  $readyTasks = 0
  /** Functions that are called once when nothing is ready, before time goes on. @internal */
  readonly $quiet = new Set<Callback>()
  /** A hash of everything that happened so far. @internal */
  readonly $hash = new TraceHash()
  /** The order of what is ready; `null` while no owner has a priority. @internal */
  $priorities: Priorities | null = null
  /** Does the loop end after this turn? @internal */
  protected $stopping = false
  /** How many turns ran since nothing was ready. */
  private $turns = 0
  /** Must the host look at something in each turn? */
  private readonly $polls = this.$host.poll !== undefined

  /** The loop is quiet: report errors that nobody has read for a long time, or that nobody can read any more. @internal */
  protected abstract $lookAtUnread(): void

  /** The error for a loop that nothing can wake any more. @internal */
  abstract $deadlock(): Error

  /** Does everything run in the order in which it became ready? Priorities and watchers may arrange it, and so may a subclass. @internal */
  protected get $isInOrder(): boolean { return this.$priorities === null && !registers.observed }

  /** A turn begins: it is first in, first out, unless owners have priorities. A subclass may choose another order. @internal */
  protected $arrange(): void {
    if (this.$priorities !== null) this.$priorities.arrange(this.$ready)
  }

  /** A turn begins. More may be ready than what is in the queue: put it there. @internal */
  protected abstract $gather(): void

  /** Run one turn. If nothing is ready, the host waits first. @internal */
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

  /** Run what is ready when the turn begins. @internal */
  protected $runReady(): void {
    this.$beginTurn()
    this.$arrange()
    if (this.$debug) this.$runTurnWatched()
    else for (let count = this.$ready.size; count > 0; count--) this.$ready.shift().$run()
    this.$endTurns()
  }

  /** @internal */
  protected $beginTurn(): void {
    if (registers.observed) notify('turn', null, this)
    this.$moveDueTimers()
  }

  private $runTurnWatched(): void {
    const [count, start] = [this.$ready.size, this.$host.now()]
    for (let i = 0; i < count; i++) this.$runWatched()
    this.$reportSlowTurn(start, count)
  }

  /** In debug mode: report a turn that took long, also when none of its callbacks did. @internal */
  protected $reportSlowTurn(start: number, count: number): void {
    this.$reportIfSlow(start, this.slowTurnDuration, () => ({ message: `A turn of the loop, with ${count} callbacks and turns of tasks,` }))
  }

  /** Run the next item of the queue. @internal */
  protected $runNext(): void {
    if (this.$debug) this.$runWatched()
    else this.$ready.shift().$run()
  }

  /** Nobody has the turn until the next one, also while the host runs. */
  private $endTurns(): void {
    scheduling.inTurn = false
    current.fiber = scheduling.main
    forgetPassed()
  }

  /** In debug mode: run the next item, and report it if it takes long. */
  private $runWatched(): void {
    const item = this.$ready.shift()
    const start = this.$host.now()
    item.$run()
    this.$endTurns()
    this.$reportIfSlow(start, this.slowCallbackDuration, () => ({ message: `Executing ${item.toString()}`, handle: item }))
  }

  /** Call a function of the program that gives a number. @internal */
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
    if (this.$unread.size > 0) this.$lookAtUnread()
    this.$beforeWait?.()
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

  /** Nothing is ready: schedule the functions in `$quiet`, each once. @internal */
  protected $tellOfQuiet(): void {
    for (const callback of this.$quiet) this.$soon(callback, [], null)
    this.$quiet.clear()
  }

  /** Move the timers that are due to the end of the queue. @internal */
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
