import { noteRunning, otherCopy } from '../base/copies.ts'
import { describe } from '../base/describe.ts'
import { ArgumentError, RuntimeError } from '../base/errors.ts'
import { INSPECT } from '../base/inspect.ts'
import { type Linked, LinkedList } from '../base/linked-list.ts'
import { type Turns, current } from '../context/context.ts'
import { hooks } from '../generator/hooks.ts'
import { registers } from '../generator/registers.ts'
import type { Stack } from '../generator/stack.ts'
import { type Outside, enterDrive, leaveDrive } from '../greenlet/drive-of-fibers.ts'
import { type Scheduler, scheduling } from '../greenlet/fiber.ts'
import { getCurrent } from '../greenlet/greenlet.ts'
import { ReadyQueue } from './ready-queue.ts'
import { abandonedFromInside, asHostCode } from './nesting.ts'
import { runningLoop } from './running.ts'
import { TurningLoop } from './turning-loop.ts'
import { Unawaited } from './unawaited.ts'

/** A task, as far as the loop needs it. */
export interface TaskLink extends Linked<TaskLink> {
  toString(): string
}

/**
 * The loop as the floors above see it: it begins to run, runs turn after turn, and ends. Only higher floors know what a task is.
 * The loop just keeps a list of them.
 */
export abstract class Loop extends TurningLoop {
  /** In debug mode: the coroutines that may never have run. @internal */
  protected readonly $unawaited = new Unawaited()
  /** The tasks that are not done. @internal */
  readonly $tasks = new LinkedList<TaskLink>()
  /** How many tasks without a name were made. @internal */
  $unnamed = 0
  /** What `run()` runs. @internal */
  $main: object | null = null
  /** Tasks that wait for the next frame. @internal */
  readonly $nextTurns = new ReadyQueue()
  /** During a frame: the queue for tasks that let others go first. @internal */
  $later: ReadyQueue | null = null
  /** Do some of the tasks have an owner? @internal */
  $hasOwners = false
  /** The owners of whose end somebody wants to be told. @internal */
  readonly $watchedOwners = new Set<object>()
  /** Does the loop run, and its thread do nothing else until the loop ends? @internal */
  $blocks = false
  /** Does another event loop drive this one, turn by turn? @internal */
  $attached = false
  /** While the loop runs: the state to put back at its end. */
  private $outside: Outside | null = null

  /** What the loop does for fibers that wait. @internal */
  protected abstract readonly $scheduler: Scheduler

  /** The waiter (`LoopWaiter`) that waits when the running fiber waits. @internal */
  abstract $currentWaiter(): object

  /** The task that has the turn, for watchers. @internal */
  abstract get $taskOfTurn(): object | null

  /** The stacks in which tasks wait for something, and not only for their turn. @internal */
  protected abstract $waitingStacks(): Iterable<Stack>

  // Running.

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

  /** Run turns until nothing is ready, but at most `most`. It is for an event loop that drives this one. @internal */
  $runTurns(most: number): void {
    this.$enter()
    try {
      this.$unfreeze()
      do {
        this.$gather()
        this.$runReady()
      } while (this.$ready.size > 0 && --most > 0)
      if (this.$ready.size === 0) {
        if (this.$unread.size > 0) this.$lookAtUnread()
        this.$tellOfQuiet()
      }
    } finally {
      this.$leave()
    }
  }

  /** When the next timer is due, in milliseconds of `time()`; `null` for never. @internal */
  get $nextDeadline(): number | null { return this.$timers.next }

  /** Call a function at each Ctrl-C, if the host knows of it. @returns a function that ends this. @internal */
  $onInterrupt(told: () => void): () => void { return this.$host.onInterrupt?.(told) ?? nothing }

  /** @returns whether the loop runs now (Python's `is_running()`). */
  isRunning(): boolean { return running.loop === this }

  /**
   * Close the loop: drop everything. The loop cannot be used any more. Closing twice does nothing.
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

  /** The loop begins to run: it takes the registers. `$leave()` puts them back. @internal */
  protected $enter(): void {
    this.$throwIfClosed()
    throwIfNested(this)
    const main = getCurrent()
    running.loop = this
    noteRunning(true)
    this.$outside = enterDrive(main)
    scheduling.main = main
    scheduling.scheduler = this.$scheduler
    scheduling.depth = registers.depth
    current.turns = this.$ready as object as Turns
    hooks.moment = this
    hooks.waitingStacks = () => this.$waitingStacks()
    if (this.$debug) hooks.made = (awaitable, words) => { this.$unawaited.note(awaitable, words) }
  }

  /** The loop no longer runs: put the registers back as they were. @internal */
  protected $leave(): void {
    if (this.$outside === null) throw abandonedFromInside()
    running.loop = null
    noteRunning(false)
    scheduling.inTurn = false
    scheduling.scheduler = scheduling.main = current.turns = this.$ready.taken = this.$nextTurns.taken = null
    leaveDrive(this.$outside)
    this.$outside = null
    hooks.made = hooks.waitingStacks = hooks.moment = null
    this.$stopping = false
  }

  /** Run plain code in this loop. If the loop does not run, it is entered meanwhile, even inside of another loop. @internal */
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

  /** The host has stopped this loop in the middle of its code. Forget the drive that ran. @internal */
  protected $forgetDrive(): void {
    this.$ready.taken = this.$nextTurns.taken = null
    this.$outside = null
    this.$stopping = false
  }

}

function nothing(): void { /* there is nothing to take back */ }

/** The loop that runs, of which there is at most one, and the loop that `setEventLoop()` chose. */
export const running = runningLoop as { loop: Loop | null; chosen: Loop | null }

/** The loop to use when none is given. @throws RuntimeError when there is none. */
export function currentLoop(): Loop {
  const loop = running.loop ?? running.chosen
  if (loop !== null) return loop
  throw new RuntimeError('no running event loop. Write loop.createFuture() or loop.createTask(coroutine), or do it in a ' +
    'coroutine that run() runs' + otherCopy(false), { code: 'NO_LOOP' })
}

/** Check that it is an event loop. @returns the loop. @throws TypeError when it is not. */
export function checkedLoop<L>(what: string, loop: L): L {
  if (loop instanceof Loop) return loop
  throw new ArgumentError(`${what} takes an event loop, not ${describe(loop)}`, 'NOT_A_LOOP')
}

/** @throws RuntimeError when a loop is running, because loops do not nest. */
export function throwIfNested(loop: Loop): void {
  if (running.loop === null) return
  throw new RuntimeError(running.loop === loop
    ? 'This event loop is already running. In a task, write yield* future instead of running the loop again; in a callback, createTask(f())'
    : 'Cannot run the event loop while another loop is running', { code: 'LOOP_RUNNING' })
}
