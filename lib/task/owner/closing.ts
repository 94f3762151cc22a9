import { describe } from '../../base/describe.ts'
import { ArgumentError } from '../../base/errors.ts'
import { ExceptionGroup } from '../../base/exception-group.ts'
import { checkOptions } from '../../base/options.ts'
import { type CancelledError, OwnerCloseError } from '../../base/task-errors.ts'
import { refuseCoroutine } from '../../generator/unrun.ts'
import { type Fiber, type Wait, isOnStack, whoseTurn } from '../../greenlet/fiber.ts'
import { ReadyQueue } from '../../loop/ready-queue.ts'
import type { TickingLoop } from '../../tick/ticking-loop.ts'
import type { Task } from '../task.ts'
import { runNow } from '../waiter.ts'

/** What happens to the waits in a `finally` while an owner is closed. */
export type Cleanup = 'cancel' | 'skipTime'

/** The options of `owner.close()`. */
export interface CloseOptions {
  /** The message of the `CancelledError` that ends the scripts. The default says that the owner is closed. */
  readonly reason?: string
  /** How many turns the scripts have to clean up, all of them together: 1,000 by default. */
  readonly turns?: number
  /**
   * What happens to the waits in a `finally`. With `'cancel'`, the default, they end with a `CancelledError`, and the code after
   * them does not run. With `'skipTime'`, sleeps and frames end at once and without an error, so the code after them runs.
   */
  readonly cleanup?: Cleanup
}

/** The options of `owner.close()`, checked and complete. */
export interface CheckedOptions {
  readonly reason: string
  readonly turns: number
  readonly cleanup: Cleanup
  /** The owner on which `close()` was called. */
  readonly by: object
}

/** An owner, as far as this file needs it. */
interface ClosableOwner {
  $allOwners(): ClosableOwner[]
  readonly $latestFirst: Task[]
  $beginClosing(closing: Closing): Closing | null
  $endClosing(before: Closing | null): void
  $finish(): (() => unknown)[]
  $tell(error: unknown, task: Task): boolean
}

/** How many turns all scripts together have to end, unless the options say otherwise. */
export const TURNS = 1000
const CLOSE = { call: "owner.close({ cleanup: 'skipTime' })", names: ['reason', 'turns', 'cleanup'] }

/** @throws TypeError when an option does not exist, or has a wrong value. */
export function checkedCloseOptions(options: CloseOptions, owner: { readonly name: string }): CheckedOptions {
  checkOptions(options, CLOSE)
  const { reason, turns = TURNS, cleanup = 'cancel' } = options
  if (typeof turns !== 'number' || !(turns >= 0)) {
    throw new ArgumentError(`close() takes turns as a number that is not negative, not ${describe(turns)}`, 'NOT_A_LIMIT')
  }
  if (!['cancel', 'skipTime'].includes(cleanup)) {
    throw new ArgumentError(`close() takes cleanup as 'cancel' or 'skipTime', not ${describe(cleanup)}`, 'NOT_A_CLEANUP')
  }
  return { reason: reason ?? `${owner.name} is closed`, turns, cleanup, by: owner }
}

/**
 * The end of an owner. It takes the tasks one after the other. In each, it throws an error where the task waits. What becomes ready
 * then runs in a queue of this closing, so nobody else has a turn.
 */
export class Closing {
  /** The tasks and callbacks that are ready. */
  readonly ring = new ReadyQueue()
  /** All tasks, the latest first, and how many of them have been told of the end. */
  private tasks: Task[] = []
  private passed = 0
  /** Those that have not been told. It is made when somebody asks, because most tasks are told and end, one after the other. */
  private untold: Set<Task> | null = null
  /** The task that was told last. What begins now was begun by it, or by what it has made ready. */
  private telling: Task | null = null
  /** The tasks that were told and go on, and those that began meanwhile. */
  private readonly told = new Set<Task>()
  /** The tasks that run further down on JavaScript's stack. They cannot be told now. */
  private onStack: Task[] = []
  // Tasks that ended with an error, and tasks that could not be ended. Both are reported at the end.
  private readonly failed: Task[] = []
  private undone: Task[] = []
  private callbacks: (() => unknown)[] = []
  private turns: number

  constructor(private readonly loop: TickingLoop, readonly options: CheckedOptions) { this.turns = options.turns }

  run(root: ClosableOwner): void {
    const owners = root.$allOwners()
    this.tasks = owners.flatMap(owner => owner.$latestFirst)
    this.onStack = this.tasks.filter(isOnStack)
    for (const task of this.tasks) if (task.$isQueued && !isOnStack(task)) task.$losesTurn()
    const before = owners.map(owner => owner.$beginClosing(this))
    try {
      this.tellAll()
      this.endTheRest()
      if (this.living.length > 0 && !this.waitsForTheStack) this.giveUp()
    } finally {
      owners.forEach((owner, i) => { owner.$endClosing(before[i] as Closing | null) })
    }
    for (const owner of owners) this.callbacks.push(...owner.$finish())
  }

  /** Tell each task of the end, and run what becomes ready by that. */
  private tellAll(): void {
    for (const task of this.tasks) {
      this.passed++
      if (task.$ended) continue
      task.$requests++
      if (this.untold === null ? this.onStack.includes(task) : !this.untold.delete(task)) continue
      this.telling = task
      task.$tellOfEnd(this.newEnd(task))
      if (lives(task)) this.told.add(task)
      this.settle()
    }
  }

  /** A task of the owner is ready. One that has not been told stays where it is until then. */
  queue(task: Task): void {
    if (this.whoIsUntold().has(task)) return
    this.loop.$readyTasks++
    this.ring.push(task)
  }

  /** Take the turn away from a task that is ready, or that will be told. */
  unqueue(task: Task): true {
    if (this.whoIsUntold().delete(task)) {
      this.told.add(task)
    } else {
      this.loop.$readyTasks--
      this.ring.take(task)
    }
    return true
  }

  private whoIsUntold(): Set<Task> {
    return this.untold ??= new Set(this.tasks.slice(this.passed).filter(task => !this.onStack.includes(task)))
  }

  /** A task begins while its owner is being closed. */
  add(task: Task): void {
    this.told.add(this.telling as Task) // it comes before what it begins
    this.told.add(task)
  }

  /** A task has ended. */
  left(task: Task): void {
    if (this.told.size > 0) this.told.delete(task)
    if (task.$hasError && !task.$isCancelled) this.failed.push(task)
  }

  /** Everything has ended: call the `onClose` callbacks, and report the errors. This is code of the program, so it runs outside of the loop. */
  finish(): void {
    const errors: unknown[] = []
    for (const callback of this.callbacks) {
      try {
        refuseCoroutine(callback(), 'the function of onClose()')
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

  /** Run everything that is ready. */
  private settle(): void {
    while (this.ring.size > 0 && this.turns-- > 0) runNow(this.ring.shift())
  }

  /** Tell the tasks that still wait again, the latest first. They wait in a shielded scope, or for somebody else. */
  private endTheRest(): void {
    for (;;) {
      const waiting = this.living
      if (waiting.length === 0 || this.waitsForTheStack || this.turns-- <= 0) return
      const [task] = waiting as [Task]
      task.$throwNow(this.newEnd(task))
      this.settle()
    }
  }

  private newEnd(task: Task): CancelledError { return task.$newEnd(this.options.reason, this.options.by) }

  /** The tasks that were told, and have not ended. */
  private get living(): Task[] { return Array.from(this.told).filter(task => lives(task) && !isOnStack(task)) }

  /** Does a task run further down on JavaScript's stack? Others may wait for its end, so they are not given up. */
  private get waitsForTheStack(): boolean { return this.onStack.some(lives) }

  /** The time to clean up is over. End the tasks without their frames. */
  private giveUp(): void {
    this.undone = this.living
    for (const task of this.undone) {
      if (task.$isQueued) task.$losesTurn()
      task.$giveUp(this.newEnd(task))
    }
  }
}

function lives(task: Task): boolean { return !task.$ended }

/** May a task wait while its owner is being closed? It may in a shielded scope. So may the tasks that were begun there. */
function isSheltered({ $isSheltered: isBegunThere, $scope: scope }: Partial<Task>): boolean {
  return isBegunThere === true || scope?.$isShielded === true
}

/** A task begins while its owner is being closed. */
export function shelter(task: Task): void {
  if (isSheltered(whoseTurn() as Partial<Task>)) task.$isSheltered = true
}

/** A task begins to wait while its owner is being closed. */
export function endAtWait(task: Task, fiber: Fiber, wait: Wait, { reason, cleanup, by }: CheckedOptions): void {
  const goesOn = cleanup === 'skipTime' || isSheltered(task)
  if (!goesOn) task.$endWaitNow(fiber, wait, reason, by)
  else wait.$skip?.()
}
