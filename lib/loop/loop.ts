import { noteRunning, otherCopy } from '../base/copies.ts'
import { RuntimeError } from '../base/errors.ts'
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
import { asHostCode } from './nesting.ts'
import { runningLoop } from './running.ts'
import { TurningLoop } from './turning-loop.ts'
import { Unawaited } from './unawaited.ts'

/** A task, seen from below. */
export interface TaskLink extends Linked<TaskLink> {
  toString(): string
}

/**
 * The loop as the floors above see it: it begins to run, runs turn after turn, and ends. What tasks are is known above; the loop
 * only keeps a list of them.
 */
export abstract class Loop extends TurningLoop {
  /** @internal */
  protected readonly $unawaited = new Unawaited()
  /** The tasks that are not done. @internal */
  readonly $tasks = new LinkedList<TaskLink>()
  /** How many tasks without a name were made. @internal */
  $unnamed = 0
  /** Who waits for the next frame. @internal */
  readonly $nextTurns = new ReadyQueue()
  /** In a frame, where those go who let others go first. @internal */
  $later: ReadyQueue | null = null
  /** Some of its tasks have an owner. @internal */
  $hasOwners = false
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
        this.$runReady()
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
    running.loop = null
    noteRunning(null)
    scheduling.inTurn = false
    scheduling.scheduler = scheduling.main = current.turns = this.$ready.taken = null
    leaveDrive(this.$outside as Outside)
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
