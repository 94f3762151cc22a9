import { checkedName, checkedNumber } from '../../base/checked.ts'
/// <reference lib="esnext.disposable" preserve="true" />
import { describe } from '../../base/describe.ts'
import { dispose } from '../../base/dispose.ts'
import { ArgumentError, RuntimeError } from '../../base/errors.ts'
import { checkOptions, withOptions } from '../../base/options.ts'
import { Few } from '../../base/few.ts'
import type { Clock } from '../../clock/clock.ts'
import { discard } from '../../generator/coroutine.ts'
import { checkedPlain } from '../../generator/plain-function.ts'
import type { Awaitable } from '../../generator/types.ts'
import { refuseCoroutine } from '../../generator/unrun.ts'
import type { Fiber, Wait } from '../../greenlet/fiber.ts'
import { Priorities } from '../../loop/priorities.ts'
import type { Runnable } from '../../loop/runnable.ts'
import { inTheNameOf } from '../blame.ts'
import type { Task } from '../task.ts'
import type { TaskOptions } from '../task-options.ts'
import { checkClock, checkHandler, checkSpawn, tellHandler } from './checked.ts'
import { type CheckedOptions, type CloseOptions, Closing, TURNS, checkedCloseOptions, endAtWait, shelter } from './closing.ts'
import { type OwnerLoop, PausableOwner } from './pausable-owner.ts'

/** The options of `loop.owner()`. */
export interface OwnerOptions {
  /** The clock of the scripts: for sleeps, time limits, deadlines and frames. The default is the clock of the parent, or of the loop. */
  readonly clock?: Clock
  /** Is told of each error that ends a script, and that nobody waits for. An owner without `onError` uses that of its parent. */
  readonly onError?: (error: unknown, task: Task) => void
  /** The owner that this one belongs to. It is paused and closed together with it. */
  readonly parent?: Owner | null
  /**
   * Who goes first when several scripts are ready: those with the lower number, as in a `PriorityQueue`. The default is that of the
   * parent, or 0. It matters most in a tick with a budget: the scripts with high numbers wait for a later tick. One that was passed
   * over in 10 ticks in a row goes first.
   */
  readonly priority?: number
}

const OWNER = { call: "loop.owner('enemy', { clock })", names: ['clock', 'onError', 'parent', 'priority'] }

/**
 * Something to which scripts belong, such as an enemy in a game. When it is paused, its scripts stand still. When it is closed,
 * they end. `loop.owner(name)` makes it. The tasks that its scripts make belong to it, too.
 */
export class Owner extends PausableOwner {
  /** The name of the owner in reports. */
  readonly name: string
  /** The owner that this one belongs to, or `null`. */
  readonly parent: Owner | null
  /** Who goes first when several scripts are ready: those with the lower number. */
  readonly priority: number
  /** @internal */ declare readonly $loop: OwnerLoop
  private readonly $onError: ((...args: Parameters<NonNullable<OwnerOptions['onError']>>) => unknown) | undefined
  /** @internal */
  readonly $owners = new Few<Owner>()
  private readonly $tasks = new Few<Task>()
  /** Callbacks that tasks of this owner wait for, and that are in the queue of the loop. */
  private $callbacks: Set<Runnable> | null = null
  private $closeOptions: CheckedOptions | null = null
  private $told: (() => unknown)[] | null = null

  /** @internal */
  constructor(loop: OwnerLoop, name: string, options: OwnerOptions, outer: Owner | null = null) {
    checkOptions(options, OWNER)
    const { clock, onError, parent = outer, priority } = options
    checkedName('owner()', name)
    checkClock(clock)
    checkHandler(onError)
    if (parent !== null && !((parent as unknown) instanceof Owner)) {
      throw new ArgumentError(`the parent of an owner is an owner, not ${describe(parent)}`, 'NOT_AN_OWNER')
    }
    super(loop, clock ?? parent?.clock ?? loop.$clock)
    this.name = name
    this.parent = parent
    this.priority = checkedNumber('the priority of an owner', priority ?? parent?.priority ?? 0)
    this.$onError = onError
    this.clock.$follow(loop.$clock)
    if (this.clock.$loop !== loop || (parent !== null && parent.$loop !== loop)) {
      throw new RuntimeError(`the clock and the parent of ${this.toString()} must belong to its own loop`, { code: 'OTHER_LOOP' })
    }
    parent?.$throwIfClosed()
    loop.$border?.opened(this)
    loop.$hasOwners = true
    if (this.priority !== 0) loop.$priorities ??= new Priorities()
    if (parent === null) return
    parent.$owners.add(this)
    this.$pauseWith(parent)
  }

  /**
   * Run a coroutine in a task that belongs to this owner.
   * @returns the task.
   * @throws RuntimeError when the owner is closed, or is being closed. Then the coroutine is closed, too.
   */
  spawn<T>(coroutine: Awaitable<T>, options: Pick<TaskOptions, 'name' | 'context'> = {}): Task<T> {
    checkSpawn(coroutine, options)
    if (this.$stage !== 'open') {
      discard(coroutine)
      this.$throwIfClosed()
    }
    return this.$loop.createTask(coroutine, withOptions(options, { owner: this }))
  }

  /** Make an owner that belongs to this one. It is paused and closed together with this one. */
  owner(name: string, options: Omit<OwnerOptions, 'parent'> = {}): Owner { return new Owner(this.$loop, name, options, this) }

  /**
   * Ask all scripts of this owner to end in their next turns, as `task.cancel(reason)` does. The owner stays open for other
   * scripts.
   * @param reason the message of the `CancelledError`, whose `by` is this owner.
   */
  cancel(reason?: string): void {
    this.$change('cancel', reason ?? null, () => { inTheNameOf(this, () => {
      for (const owner of this.$allOwners()) for (const task of owner.$latestFirst) task.cancel(reason)
    }); })
  }

  /**
   * End everything that belongs to this owner before this call returns. Each script ends with a `CancelledError` where it waits,
   * and its `finally` blocks run. The innermost frame comes first, the latest script first, and the owners in this one before it.
   * Nobody else has a turn meanwhile. Waits in a `finally` end at once with the same error. With `cleanup: 'skipTime'`, sleeps and
   * frames there end without an error.
   *
   * A script that runs further down on JavaScript's stack, such as the one that makes this call, cannot end at once. It ends at its
   * next wait, and is in `closing` until then. Closing twice does nothing.
   * @param options.reason the message of the `CancelledError`, whose `by` is this owner.
   * @param options.turns how many turns the scripts have to clean up, all of them together: 1,000 by default.
   * @param options.cleanup what happens to the waits in a `finally`: `'cancel'` (the default) or `'skipTime'`.
   * @throws OwnerCloseError when some scripts have not ended after that. With `onError`, this error and the errors of the scripts
   * go there, and nothing is thrown. Without `onError`, the errors of scripts go into the report of the next tick. When the loop is
   * not driven by `tick()`, they are thrown here.
   */
  close(options: CloseOptions = {}): void {
    const checked = checkedCloseOptions(options, this)
    if (this.$stage === 'closed' || this.$closing !== null) return
    this.$loop.$throwIfClosed()
    const { reason, turns, cleanup } = checked
    this.$change('close', { reason, turns: Math.min(turns, 2 ** 53), cleanup }, () => {
      const closing = new Closing(this.$loop, checked)
      this.$loop.$inside(() => { closing.run(this) })
      closing.finish()
    })
  }

  /** Is the owner closed, and has everything that belongs to it ended? */
  get closed(): boolean { return this.$stage === 'closed' || (this.$tasks.size === 0 && this.$loop.$closed) }

  /** The scripts that have not ended while the owner is being closed. */
  get closing(): Task[] {
    return this.$stage === 'closing' ? this.$allOwners().flatMap(owner => owner.$living) : []
  }

  /** Call a function when the owner is closed. If it is closed already, call it at once. @throws TypeError when it is not a function. */
  onClose(callback: () => void): void {
    const call: () => unknown = checkedPlain('onClose()', callback)
    if (this.closed) {
      refuseCoroutine(call(), 'the function of onClose()')
      return
    }
    (this.$told ??= []).push(callback)
    this.$loop.$watchedOwners.add(this)
  }

  /** `using owner = loop.owner(name)` closes it at the end of the block. */
  [dispose](): void { this.close() }

  /** @returns what it is, in words. */
  override toString(): string { return `<Owner '${this.name}'${this.closed ? ' closed' : this.$stage === 'closing' ? ' closing' : this.paused ? ' paused' : ''}>` }

  // What tasks ask their owner: `OwnerLink` says what each of these does.

  /** @internal */
  get $endsWaits(): boolean { return this.$stage === 'closing' }

  /** Can nothing begin in this owner any more? @internal */
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
    if (this.$stage === 'closing') shelter(task)
    this.$tasks.add(task)
    this.$closing?.add(task)
  }

  /** A task has ended. When it was the last one of a closing owner, the owner is closed now. @internal */
  $left(task: Task): void {
    if (this.$closing !== null) {
      this.$closing.left(task) // `$endClosing()` lets go of all that have ended, which takes less time than one by one
      return
    }
    this.$tasks.delete(task)
    if (this.$stage !== 'closing') return
    const told = this.$finish()
    if (this.closed) for (const callback of told) this.$loop.callSoon(callback)
    else this.$loop.$quiet.add(() => { this.$goOnClosing() })
  }

  /** @internal */
  $parked(task: Task, fiber: Fiber, wait: Wait): void { endAtWait(task, fiber, wait, this.$closeOptions as CheckedOptions) }

  private $throwIfClosed(): void {
    if (this.$stage !== 'open') throw new RuntimeError(`${this.toString()}: nothing can begin in it any more`, { code: 'OWNER_CLOSED' })
  }

  // What the end of an owner needs.

  /** Take a task that is under way. If the task has an owner, this takes the owner. @internal */
  $take(task: Task): void {
    if (task.$owner === null) {
      task.$owner = this
      this.$tasks.add(task)
    } else {
      this.$takeOwner(task.$owner as Owner)
    }
  }

  /** Take the outermost owner around an owner. @internal */
  $takeOwner(owner: Owner): void {
    while (owner.parent !== null && owner.parent !== this) owner = owner.parent
    if (owner.parent === this) return
    ;(owner as { parent: Owner | null }).parent = this
    this.$owners.add(owner)
  }

  /** All owners in this one, the latest first, and then this one. @internal */
  $allOwners(): Owner[] {
    const all: Owner[] = [this]
    for (const owner of all) all.push(...owner.$owners.toArray())
    return all.reverse()
  }

  private get $living(): Task[] { return this.$tasks.toArray().filter(task => !task.$ended) }

  /** The tasks of this owner that have not ended, the latest first. @internal */
  get $latestFirst(): Task[] { return this.$living.reverse() }

  /** Let the tasks take their turns in a closing from now on. @returns the closing in which they did so before. @internal */
  $beginClosing(closing: Closing): Closing | null {
    const before = this.$closing
    for (const handle of this.$callbacks ?? []) {
      this.$loop.$ready.forget(handle)
      closing.ring.push(handle)
    }
    this.$callbacks = null
    this.$stage = 'closing'
    this.$closeOptions = closing.options
    this.$setClosing(closing)
    return before
  }

  /** The closing is over. Let the tasks take their turns in the one before, if there is one. @internal */
  $endClosing(before: Closing | null): void {
    this.$tasks.keep(task => !task.$ended)
    this.$setClosing(before)
  }

  /** If nothing belongs to the owner any more, it is closed now. @returns the callbacks of `onClose()` to call. @internal */
  $finish(): (() => unknown)[] {
    if (this.$stage !== 'closing' || this.$tasks.size > 0 || this.$owners.size > 0) return []
    this.$stage = 'closed'
    this.$held = null
    this.parent?.$owners.delete(this)
    this.$loop.$border?.closed(this)
    const told = this.$told ?? []
    if (this.$told !== null) this.$loop.$watchedOwners.delete(this)
    this.$told = null
    return this.parent === null ? told : [...told, ...this.parent.$finish()]
  }

  /** Report an error to `onError`, here or at the nearest parent that has one. @returns false when none has. @internal */
  $tell(error: unknown, task: Task): boolean {
    if (this.$onError === undefined) return this.parent?.$tell(error, task) ?? false
    tellHandler(this.$onError, error, task)
    return true
  }

  /** A script that could not end during `close()` has ended now. Others may have waited for it, so the closing goes on. */
  private $goOnClosing(): void {
    if (this.$stage !== 'closing' || this.$closing !== null) return
    const closing = new Closing(this.$loop, { ...this.$closeOptions as CheckedOptions, turns: TURNS })
    closing.run(this)
    closing.finish()
  }
}
