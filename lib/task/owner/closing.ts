import { describe } from '../../base/describe.ts'
import { ArgumentError } from '../../base/errors.ts'
import { ExceptionGroup } from '../../base/exception-group.ts'
import { checkOptions } from '../../base/options.ts'
import { OwnerCloseError } from '../../base/task-errors.ts'
import { type Fiber, type Wait, isOnStack } from '../../greenlet/fiber.ts'
import { ReadyQueue } from '../../loop/ready-queue.ts'
import type { TickingLoop } from '../../tick/ticking-loop.ts'
import type { Task } from '../task.ts'
import { runNow } from '../waiter.ts'

/** What becomes of the waits in a `finally` while an owner is closed. */
export type Cleanup = 'cancel' | 'skipTime'

export interface CloseOptions {
  /** The message of the errors that the scripts end with. */
  readonly reason?: string
  /** How many turns they have to clean up. */
  readonly turns?: number
  /**
   * What becomes of the waits in a `finally`. `'cancel'`: they end with a `CancelledError`, and what stands after them does not
   * run. `'skipTime'`: sleeps and frames end at once and without an error, so that what stands after them runs.
   */
  readonly cleanup?: Cleanup
}

/** The same, checked and complete. */
interface CheckedOptions {
  readonly reason: string | undefined
  readonly turns: number
  readonly cleanup: Cleanup
}

/** An owner, seen from below. */
interface ClosableOwner {
  $allOwners(): ClosableOwner[]
  readonly $latestFirst: Task[]
  $closeIn(closing: Closing | null): Closing | null
  $finish(): (() => void)[]
  $tell(error: unknown, task: Task): boolean
}

const TURNS = 1000
const CLOSE = { call: "owner.close({ cleanup: 'skipTime' })", names: ['reason', 'turns', 'cleanup'] }

/** @throws TypeError for what is no option. */
export function checkedCloseOptions(options: CloseOptions, orElse: string): CheckedOptions {
  checkOptions(options, CLOSE)
  const { reason, turns = TURNS, cleanup = 'cancel' } = options
  if (typeof turns !== 'number' || !(turns >= 0)) {
    throw new ArgumentError(`close() takes turns as a number that is not negative, not ${describe(turns)}`, 'NOT_A_LIMIT')
  }
  if (!['cancel', 'skipTime'].includes(cleanup)) {
    throw new ArgumentError(`close() takes cleanup as 'cancel' or 'skipTime', not ${describe(cleanup)}`, 'NOT_A_CLEANUP')
  }
  return { reason: reason ?? orElse, turns, cleanup }
}

/**
 * The end of an owner: its tasks are told one after the other, each by an error that is thrown where it waits, and what comes
 * of it runs in a queue of its own, in which nobody else has a turn.
 */
export class Closing {
  /** Who of them is ready. */
  readonly ring = new ReadyQueue()
  /** Those that have not been told, the latest first. When something wakes them meanwhile, they wait until they are. */
  private readonly untold = new Set<Task>()
  /** Those that were told, or began meanwhile. */
  private readonly told = new Set<Task>()
  /** Those that run further down on JavaScript's stack. */
  private onStack: Task[] = []
  private readonly failed: Task[] = []
  private undone: Task[] = []
  private callbacks: (() => void)[] = []
  private turns: number

  constructor(private readonly loop: TickingLoop, readonly options: CheckedOptions) { this.turns = options.turns }

  run(root: ClosableOwner): void {
    const owners = root.$allOwners()
    const tasks = owners.flatMap(owner => owner.$latestFirst)
    this.onStack = tasks.filter(isOnStack)
    for (const task of tasks) {
      if (isOnStack(task)) continue
      if (task.$isQueued) task.$losesTurn()
      this.untold.add(task)
    }
    const before = owners.map(owner => owner.$closeIn(this))
    try {
      for (const task of tasks) {
        if (task.$ended) continue
        task.$requests++
        if (!this.untold.delete(task)) continue
        this.told.add(task)
        task.$tellOfEnd(task.$newEnd(this.options.reason))
        this.settle()
      }
      this.endTheRest()
      if (this.living.length > 0 && !this.waitsForTheStack) this.giveUp()
    } finally {
      owners.forEach((owner, i) => { owner.$closeIn(before[i] as Closing | null) })
    }
    for (const owner of owners) this.callbacks.push(...owner.$finish())
  }

  /** One of its tasks is ready. */
  queue(task: Task): void {
    if (this.untold.has(task)) return
    this.loop.$readyTasks++
    this.ring.push(task)
  }

  /** One that is ready, or will be told when its time comes, is to have its turn no more. */
  unqueue(task: Task): true {
    if (this.untold.delete(task)) {
      this.told.add(task)
    } else {
      this.loop.$readyTasks--
      this.ring.take(task)
    }
    return true
  }

  /** A task begins while its owner is closed. */
  add(task: Task): void { this.told.add(task) }

  /** A task has ended. */
  left(task: Task): void {
    this.told.delete(task)
    this.untold.delete(task)
    if (task.$hasError && !task.$isCancelled) this.failed.push(task)
  }

  /** Tell of what went wrong, in plain code, when everything is over. */
  tellOfErrors(): void {
    const errors: unknown[] = []
    for (const callback of this.callbacks) {
      try {
        callback()
      } catch (error) {
        errors.push(error)
      }
    }
    for (const task of this.failed) {
      if (!this.loop.$unread.has(task)) continue
      const isTold = (task.$owner as unknown as ClosableOwner).$tell(task.$error, task)
      if (isTold) task.$markRead()
      else if (!this.loop.$isTicked) errors.push(task.$takeError())
    }
    if (this.undone.length > 0) {
      const error = new OwnerCloseError(this.undone.map(task => task.getName()))
      if (!(this.undone[0]?.$owner as unknown as ClosableOwner).$tell(error, this.undone[0] as Task)) errors.push(error)
    }
    if (errors.length === 1) throw errors[0]
    if (errors.length > 1) throw new ExceptionGroup('errors of closing an owner', errors)
  }

  /** Run what is ready. */
  private settle(): void {
    while (this.ring.size > 0 && this.turns-- > 0) runNow(this.loop.$ready, this.ring.shift())
  }

  /** What still waits, in a shielded scope or for somebody else, is told again, the latest first. */
  private endTheRest(): void {
    for (;;) {
      const waiting = this.living
      if (waiting.length === 0 || this.waitsForTheStack || this.turns-- <= 0) return
      const [task] = waiting as [Task]
      task.$throwNow(task.$newEnd(this.options.reason))
      this.settle()
    }
  }

  /** Those that were told, and live. */
  private get living(): Task[] { return Array.from(this.told).filter(task => !task.$ended && !isOnStack(task)) }

  /** Others may have to wait for the end of one that is running further down on JavaScript's stack. */
  private get waitsForTheStack(): boolean { return this.onStack.some(task => !task.$ended) }

  /** Their time to clean up is over. */
  private giveUp(): void {
    this.undone = this.living
    for (const task of this.undone) {
      if (task.$isQueued) task.$losesTurn()
      task.$giveUp(task.$newEnd(this.options.reason))
    }
  }
}

/** A task of an owner that is being closed begins to wait. */
export function endAtWait(task: Task, fiber: Fiber, wait: Wait, reason: string | undefined, cleanup: Cleanup): void {
  const goesOn = cleanup === 'skipTime' || task.$scope?.$isShielded === true
  if (!goesOn) task.$endWaitNow(fiber, wait, reason)
  else wait.$skip?.()
}
