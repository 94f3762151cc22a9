/// <reference lib="esnext.disposable" preserve="true" />
import { describe } from '../../base/describe.ts'
import { dispose } from '../../base/dispose.ts'
import { ArgumentError, RuntimeError } from '../../base/errors.ts'
import { checkOptions } from '../../base/options.ts'
import { Few } from '../../base/few.ts'
import { Clock } from '../../clock/clock.ts'
import { discard } from '../../generator/coroutine.ts'
import type { Awaitable } from '../../generator/types.ts'
import type { Fiber, Wait } from '../../greenlet/fiber.ts'
import type { Runnable } from '../../loop/runnable.ts'
import type { Task } from '../task.ts'
import type { TaskOptions } from '../task-options.ts'
import { type Cleanup, type CloseOptions, Closing, checkedCloseOptions, endAtWait } from './closing.ts'
import { type OwnerLoop, PausableOwner } from './pausable-owner.ts'

export interface OwnerOptions {
  /** The clock that its scripts go by: sleeps, time limits, deadlines and frames. That of its parent by default. */
  readonly clock?: Clock
  /** Is told of the errors that its scripts end with, and that nobody waits for. The owners in it that have none tell this one. */
  readonly onError?: (error: unknown, task: Task) => void
  /** The owner that it belongs to, and ends with. */
  readonly parent?: Owner | null
}

const OWNER = { call: "loop.owner('enemy', { clock })", names: ['clock', 'onError', 'parent'] }

/**
 * Somebody to whom scripts belong, an enemy in a game for one: they stand still when it is paused, and end when it ends. Made by
 * `loop.owner(name)`. The tasks that its scripts make belong to it, too.
 */
export class Owner extends PausableOwner {
  readonly name: string
  /** The owner that it belongs to. */
  readonly parent: Owner | null
  /** @internal */
  declare readonly $loop: OwnerLoop
  private readonly $onError: OwnerOptions['onError']
  private readonly $owners = new Few<Owner>()
  private readonly $tasks = new Few<Task>()
  private $isPaused = false
  /** Callbacks that its tasks wait for, and that stand in the queue of the loop. */
  private $callbacks: Set<Runnable> | null = null
  private $reason: string | undefined = undefined
  private $cleanup: Cleanup = 'cancel'
  private $told: (() => void)[] | null = null

  /** @internal */
  constructor(loop: OwnerLoop, name: string, options: OwnerOptions) {
    checkOptions(options, OWNER)
    const { clock, onError, parent = null } = options
    if (typeof name !== 'string') throw new ArgumentError(`owner() takes a name first, not ${describe(name)}`, 'NOT_A_NAME')
    if (clock !== undefined && !((clock as unknown) instanceof Clock)) {
      throw new ArgumentError(`the clock of an owner is a Clock, not ${describe(clock)}. Write loop.clock.child({ scale: 0.5 })`, 'NOT_A_CLOCK')
    }
    if (onError !== undefined && typeof onError !== 'function') {
      throw new ArgumentError(`onError is a function of the error and the task, not ${describe(onError)}`, 'HANDLER_NOT_CALLABLE')
    }
    if (parent !== null && !((parent as unknown) instanceof Owner)) {
      throw new ArgumentError(`the parent of an owner is an owner, not ${describe(parent)}`, 'NOT_AN_OWNER')
    }
    super(loop, clock ?? parent?.clock ?? loop.$clock)
    this.name = name
    this.parent = parent
    this.$onError = onError
    if (this.clock.$loop !== loop || (parent !== null && parent.$loop !== loop)) {
      throw new RuntimeError(`the clock and the parent of ${this.toString()} are to be of its own loop`, { code: 'OTHER_LOOP' })
    }
    loop.$hasOwners = true
    if (parent === null) return
    parent.$throwIfClosed()
    parent.$owners.add(this)
    this.$pauseWith(parent)
  }

  /**
   * Run a coroutine that belongs to it.
   * @throws RuntimeError when it is closed, or being closed; the coroutine is closed then.
   */
  spawn<T>(coroutine: Awaitable<T>, options: Pick<TaskOptions, 'name' | 'context'> = {}): Task<T> {
    if (this.$stage !== 'open') {
      discard(coroutine)
      this.$throwIfClosed()
    }
    return this.$loop.createTask(coroutine, { ...options, owner: this })
  }

  /** An owner that belongs to this one: it is paused and closed together with it. */
  owner(name: string, options: Omit<OwnerOptions, 'parent'> = {}): Owner { return new Owner(this.$loop, name, { ...options, parent: this }) }

  /**
   * Let its scripts stand still, with their timers: a sleep of which 30 ms were left has 30 ms left afterwards. What becomes ready
   * meanwhile runs when it goes on.
   */
  pause(): void {
    if (this.$isPaused || this.$stage === 'closed') return
    this.$isPaused = true
    for (const owner of this.$allOwners()) owner.$hold()
  }

  /** Go on. */
  resume(): void {
    if (!this.$isPaused) return
    this.$isPaused = false
    for (const owner of this.$allOwners().reverse()) owner.$letGo()
  }

  /** Ask all its scripts to end, as `task.cancel(reason)` does, in their next turns. It goes on, and takes others. */
  cancel(reason?: string): void {
    for (const owner of this.$allOwners()) for (const task of owner.$tasks.toArray().reverse()) task.cancel(reason)
  }

  /**
   * End everything that belongs to it, before this returns: each script ends with a `CancelledError` where it waits, and its
   * `finally` runs; the innermost frame first, the latest script first, owners in it before itself. Waits in a `finally` end at
   * once, with the same error or, with `cleanup: 'skipTime'`, sleeps and frames without any. Nobody else has a turn meanwhile.
   *
   * A script that is running further down on JavaScript's stack, such as the one that calls this, cannot end at once: it ends at
   * its next wait, and is in `closing` until then. To close what is closed does nothing.
   * @param options.turns how many turns the scripts have to clean up, 1,000 by default.
   * @throws OwnerCloseError when some are not over after that. What they end with goes to `onError`, else into the report of the
   * next tick; when the loop is not driven by `tick()`, it is thrown here.
   */
  close(options: CloseOptions = {}): void {
    const checked = checkedCloseOptions(options, `${this.name} is closed`)
    if (this.$stage === 'closed' || this.$closing !== null) return
    this.$loop.$throwIfClosed()
    const closing = new Closing(this.$loop, checked)
    this.$loop.$inside(() => { closing.run(this) })
    closing.tellOfErrors()
  }

  /** It is closed, and everything that belongs to it is over. */
  get closed(): boolean { return this.$stage === 'closed' }

  /** While it is being closed: the scripts that are not over. */
  get closing(): Task[] {
    return this.$stage === 'closing' ? this.$allOwners().flatMap(owner => owner.$tasks.toArray()) : []
  }

  /** Call a function when it is closed; at once, if it is. */
  onClose(callback: () => void): void {
    if (typeof callback !== 'function') throw new ArgumentError(`onClose() takes a function, not ${describe(callback)}`, 'CALLBACK_NOT_CALLABLE')
    if (this.$stage === 'closed') callback()
    else (this.$told ??= []).push(callback)
  }

  [dispose](): void { this.close() }

  override toString(): string { return `<Owner '${this.name}'${this.$stage === 'open' ? this.paused ? ' paused' : '' : ` ${this.$stage}`}>` }

  // What its tasks ask: it is an OwnerLink.

  /** @internal */
  get $endsWaits(): boolean { return this.$stage === 'closing' }

  /** Nothing can begin in it any more. @internal */
  get $isOver(): boolean { return this.$stage !== 'open' }

  /** @internal */
  $call(handle: Runnable): void {
    if (this.$closing !== null) {
      this.$closing.ring.push(handle)
    } else {
      (this.$callbacks ??= new Set()).add(handle)
      this.$loop.$enqueue(handle)
    }
  }

  /** @internal */
  $calls(handle: Runnable): void { this.$callbacks?.delete(handle) }

  /** @internal */
  $adopt(task: Task): void {
    if (this.$stage === 'closed') this.$throwIfClosed()
    this.$tasks.add(task)
    this.$closing?.add(task)
  }

  /** @internal */
  $left(task: Task): void {
    this.$tasks.delete(task)
    if (this.$stage !== 'closing') return
    if (this.$closing !== null) {
      this.$closing.left(task)
      return
    }
    const told = this.$finish()
    if (this.closed) for (const callback of told) this.$loop.callSoon(callback)
    else this.$loop.$quiet.add(() => { this.$goOnClosing() })
  }

  /** @internal */
  $parked(task: Task, fiber: Fiber, wait: Wait): void { endAtWait(task, fiber, wait, this.$reason, this.$cleanup) }

  private $throwIfClosed(): void {
    if (this.$stage !== 'open') throw new RuntimeError(`${this.toString()}: nothing can begin in it any more`, { code: 'OWNER_CLOSED' })
  }

  // What its end needs.

  /** It takes a task that is under way, with the owner of that. @internal */
  $take(task: Task): void {
    if (task.$owner === null) {
      task.$owner = this
      this.$tasks.add(task)
      return
    }
    let owner = task.$owner as Owner
    while (owner.parent !== null && owner.parent !== this) owner = owner.parent
    if (owner.parent === this || owner === this) return
    ;(owner as { parent: Owner | null }).parent = this
    this.$owners.add(owner)
  }

  /** Those that belong to it, the latest first, and it itself last. @internal */
  $allOwners(): Owner[] {
    const all: Owner[] = [this]
    for (const owner of all) all.push(...owner.$owners.toArray())
    return all.reverse()
  }

  /** Its tasks, the latest first. @internal */
  get $latestFirst(): Task[] { return this.$tasks.toArray().reverse() }

  /**
   * From now on its tasks take their turns in a closing; with `null` no longer.
   * @returns in which they did before. @internal
   */
  $closeIn(closing: Closing | null): Closing | null {
    const before = this.$closing
    this.$closing = closing
    if (closing !== null) {
      for (const handle of this.$callbacks ?? []) {
        this.$loop.$ready.forget(handle)
        closing.ring.push(handle)
      }
      this.$callbacks = null
      this.$stage = 'closing'
      this.$reason = closing.options.reason
      this.$cleanup = closing.options.cleanup
    }
    this.$setGate()
    return before
  }

  /** If nothing belongs to it any more, it is closed. @returns who is to be told. @internal */
  $finish(): (() => void)[] {
    if (this.$stage !== 'closing' || this.$tasks.size > 0 || this.$owners.size > 0) return []
    this.$stage = 'closed'
    this.$held = null
    this.parent?.$owners.delete(this)
    const told = this.$told ?? []
    this.$told = null
    return this.parent === null ? told : [...told, ...this.parent.$finish()]
  }

  /** Tell whoever wants to know of an error. @returns false when nobody does. @internal */
  $tell(error: unknown, task: Task): boolean {
    if (this.$onError === undefined) return this.parent?.$tell(error, task) ?? false
    this.$onError(error, task)
    return true
  }

  /** A script that could not end when it was closed has ended: others may have waited for it. */
  private $goOnClosing(): void {
    if (this.$stage !== 'closing' || this.$closing !== null) return
    const closing = new Closing(this.$loop, { reason: this.$reason, cleanup: this.$cleanup, turns: LEFT })
    closing.run(this)
    closing.tellOfErrors()
  }
}

/** How many turns are left for what waited for the end of a script that closed its own owner. */
const LEFT = 1000
