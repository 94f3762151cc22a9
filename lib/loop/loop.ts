import { noteRunning, otherCopy } from '../base/copies.ts'
import { RuntimeError } from '../base/errors.ts'
import { INSPECT } from '../base/inspect.ts'
import { type Linked, LinkedList } from '../base/linked-list.ts'
import { TraceHash } from '../base/trace-hash.ts'
import { type Turns, current } from '../context/context.ts'
import { hooks } from '../generator/hooks.ts'
import { registers } from '../generator/registers.ts'
import type { Stack } from '../generator/stack.ts'
import { notify } from '../generator/watch.ts'
import { type Outside, enterDrive, forgetPassed, leaveDrive } from '../greenlet/drive-of-fibers.ts'
import { type Scheduler, backFromPlainCode, leaveForPlainCode, scheduling } from '../greenlet/fiber.ts'
import { getCurrent } from '../greenlet/greenlet.ts'
import type { Callback } from './handle.ts'
import { ReadyQueue } from './ready-queue.ts'
import { abandonedFromInside, asHostCode } from './nesting.ts'
import { ReportingLoop } from './reports.ts'
import { runningLoop } from './running.ts'
import { Unawaited } from './unawaited.ts'

/** A task, seen from below. */
export interface TaskLink extends Linked<TaskLink> {
  toString(): string
}

/** So many errors are kept in case that somebody reads them. When there are more and the loop is quiet, the oldest are reported. */
export const UNREAD = 1000

/** One less than the number of turns after which the host is told that the loop is busy. */
const OFTEN = 2 ** 20 - 1

/** Deadlines this near count as reached: sums of fractions of a millisecond are not exact. */
export const RESOLUTION = 1e-6

/**
 * The loop as the floors above see it: it runs callbacks, and calls the host to wait. What tasks are is known above; the
 * loop only keeps a list of them.
 *
 * A turn moves the timers that are due to the end of the queue and then runs what the queue held at that moment, in
 * order. What is added meanwhile waits for the next turn (rule 1).
 */
export abstract class Loop extends ReportingLoop {
  /** @internal */
  protected readonly $unawaited = new Unawaited()
  /** Futures whose error nobody has read. @internal */
  readonly $unread = new Set<object>()
  /** The tasks that are not done. @internal */
  readonly $tasks = new LinkedList<TaskLink>()
  /** How many of the tasks are ready, and in the queue. @internal */
  $readyTasks = 0
  /** How many tasks without a name were made. @internal */
  $unnamed = 0
  /** Called once when nothing is ready, before time goes on. @internal */
  readonly $quiet = new Set<Callback>()
  /** Who waits for the next frame. @internal */
  readonly $nextTurns = new ReadyQueue()
  /** In a frame, where those go who let others go first. @internal */
  $later: ReadyQueue | null = null
  /** What happened so far. @internal */
  readonly $hash = new TraceHash()
  /** Some of its tasks have an owner. @internal */
  $hasOwners = false
  private $stopping = false
  /** How many turns ran since nothing was ready. */
  private $turns = 0
  /** Has the host something to look at in each turn? */
  private readonly $polls = this.$host.poll !== undefined
  /** It runs, and its thread does nothing else until it ends. @internal */
  $blocks = false
  /** Another event loop drives this one, turn by turn. @internal */
  $attached = false
  /** While it runs: what to put back at the end. */
  private $outside: Outside | null = null

  /** What it does for fibers that wait. @internal */
  protected abstract readonly $scheduler: Scheduler

  /** In whose name the fiber waits that runs: a `LoopWaiter`, seen from below. @internal */
  abstract $currentWaiter(): object

  /** The task whose turn it is, for who watches. @internal */
  abstract get $taskOfTurn(): object | null

  /** The stacks in which tasks wait for something, and not only for their turn. @internal */
  protected abstract $waitingStacks(): Iterable<Stack>

  /** Report the oldest errors that nobody has read, but for so many, and let go of them. @internal */
  protected abstract $tellOfUnread(kept: number): void

  /** The error for a loop that nothing can wake any more. @internal */
  abstract $deadlock(): Error

  // Running

  /**
   * Run until `stop()`. The caller is blocked meanwhile.
   * @throws RuntimeError when a loop is running, or this one is closed; DeadlockError when nothing is left that could
   * wake it; a KeyboardInterrupt that a callback or a task ends with.
   */
  runForever(): void {
    if (this.$attached) {
      throw new RuntimeError('this loop is attached to the event loop of its host, which runs it. Write loop.createTask(main()), ' +
        'or detach it first', { code: 'LOOP_ATTACHED' })
    }
    this.$enter()
    this.$blocks = true
    this.$unfreeze()
    try {
      this.$host.begin?.()
      do this.$runTurn()
      while (!this.$stopping)
    } finally {
      this.$blocks = false
      this.$leave()
      this.$host.end?.()
    }
  }

  /** End `runForever()` after this turn. A loop that is stopped beforehand runs one turn (rule 3). */
  stop(): void { this.$stopping = true }

  /** For an event loop that drives this one: turns, until nothing is ready, but so many at most. @internal */
  $runTurns(most: number): void {
    this.$enter()
    try {
      this.$unfreeze()
      do {
        this.$gather()
        this.$runDue()
      } while (this.$ready.size > 0 && --most > 0)
      if (this.$ready.size === 0) this.$tellOfQuiet()
    } finally {
      this.$leave()
    }
  }

  /** When the next timer is due, in milliseconds of `time()`; `null` for never. @internal */
  get $nextDeadline(): number | null { return this.$timers.next }

  /** Let somebody be told of Ctrl-C, if the host knows of it. @returns how to take that back. @internal */
  $onInterrupt(told: () => void): () => void { return this.$host.onInterrupt?.(told) ?? nothing }

  isRunning(): boolean { return running.loop === this }

  /**
   * Drop everything; the loop cannot be used any more. Closing twice does nothing.
   * @throws RuntimeError while it runs.
   */
  close(): void {
    if (this.isRunning()) throw new RuntimeError('Cannot close a running event loop', { code: 'LOOP_RUNNING' })
    const wasClosed = this.$closed
    this.$forgetAll()
    if (!wasClosed) this.$host.close?.()
  }

  override toString(): string {
    return `<${this.constructor.name} running=${this.isRunning()} closed=${this.isClosed()} debug=${this.getDebug()}>`
  }

  /** @internal */
  [INSPECT](): string { return this.toString() }

  // A turn

  /** A turn begins: a subclass may put what is ready in another order. @internal */
  protected $arrange(): void { /* first in, first out */ }

  /** A turn begins: a subclass may have more that is to run in it. @internal */
  protected $gather(): void { /* what is ready stands in the queue */ }

  /** @internal */
  protected $enter(): void {
    this.$throwIfClosed()
    throwIfNested(this)
    const main = getCurrent()
    running.loop = this
    noteRunning(this)
    this.$outside = enterDrive(main)
    scheduling.main = main
    scheduling.scheduler = this.$scheduler
    scheduling.depth = registers.depth
    current.turns = this.$ready as object as Turns
    hooks.moment = this
    hooks.waitingStacks = () => this.$waitingStacks()
    if (this.$debug) hooks.made = coroutine => { this.$unawaited.note(coroutine) }
  }

  /** @internal */
  protected $leave(): void {
    if (this.$outside === null) throw abandonedFromInside()
    running.loop = null
    noteRunning(null)
    scheduling.inTurn = false
    scheduling.scheduler = scheduling.main = current.turns = this.$ready.taken = null
    leaveDrive(this.$outside)
    this.$outside = null
    hooks.made = hooks.waitingStacks = hooks.moment = null
    this.$stopping = false
  }

  /** Plain code, in this loop. If it does not run, it is entered for as long, even inside of another one. @internal */
  $inside<T>(body: () => T): T {
    if (running.loop === this) return body()
    return asHostCode(() => {
      this.$enter()
      try {
        return body()
      } finally {
        this.$leave()
      }
    })
  }

  /** A task has failed. @internal */
  abstract $noteFailure(task: object, isAwaited: boolean): void

  /** The host has torn off what ran. @internal */
  protected $forgetDrive(): void {
    this.$ready.taken = null
    this.$outside = null
    this.$stopping = false
  }

  private $runTurn(): void {
    this.$gather()
    if (this.$ready.size === 0 && !this.$stopping) {
      this.$turns = 0
      this.$wait()
    } else {
      if (this.$polls) this.$poll()
      if ((++this.$turns & OFTEN) === 0) this.$host.busy?.(this.$turns)
    }
    this.$runDue()
  }

  /** What is ready when the turn begins. */
  private $runDue(): void {
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

function nothing(): void { /* there is nothing to take back */ }

/** The loop that runs, of which there is one at most, and the one that `setEventLoop()` chose. */
export const running = runningLoop as { loop: Loop | null; chosen: Loop | null }

/** The loop for what is made without naming one. @throws RuntimeError when there is none. */
export function currentLoop(): Loop {
  const loop = running.loop ?? running.chosen
  if (loop !== null) return loop
  throw new RuntimeError('no running event loop. Write loop.createFuture() or loop.createTask(coroutine), or do it in a ' +
    'coroutine that run() runs' + otherCopy(false), { code: 'NO_LOOP' })
}

/** @throws RuntimeError when a loop is running: loops do not nest. */
export function throwIfNested(loop: Loop): void {
  if (running.loop === null) return
  throw new RuntimeError(running.loop === loop
    ? 'This event loop is already running. In a task, write yield* future instead of running the loop again'
    : 'Cannot run the event loop while another loop is running', { code: 'LOOP_RUNNING' })
}
