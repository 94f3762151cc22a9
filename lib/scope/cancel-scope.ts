import { ArgumentError, RuntimeError } from '../base/errors.ts'
import { INSPECT } from '../base/inspect.ts'
import { checkOptions } from '../base/options.ts'
import { CancelledError } from '../base/task-errors.ts'
import { madeManager } from '../generator/made.ts'
import type { Coroutine } from '../generator/types.ts'
import { currentTask } from '../task/current-task.ts'
import { type Cancellable, callAtFor, timeHere, timeOf } from '../task/script-time.ts'
import type { Task } from '../task/task.ts'
import type { TaskScope } from '../task/task-options.ts'
import { checkedDuration } from './duration.ts'
import { checkedMoment } from './moment.ts'
import { type ContextManager, use } from './use.ts'

/** The options of `new CancelScope()`. */
export interface CancelScopeOptions {
  /**
   * When the scope is cancelled by itself: a time in milliseconds, as `loop.time()` or the clock of the script's owner gives it.
   * The default is `Infinity`, for never.
   */
  readonly deadline?: number
  /** How long the body may take, in milliseconds, from when the scope is entered. It cannot be given together with `deadline`. */
  readonly relativeDeadline?: number
  /** True: the cancellation of scopes around this one does not reach the body. */
  readonly shield?: boolean
  /** The message of the errors in the body, when the time is over or `cancel()` is called without a message. */
  readonly reason?: string
}

const CANCEL_SCOPE = { call: 'new CancelScope({ deadline: loop.time() + 100 })', names: ['deadline', 'relativeDeadline', 'shield', 'reason'] }

/**
 * A part of a program that can be cancelled from outside: `yield* use(new CancelScope(), function* (scope) {...})`.
 *
 * As in trio, the cancellation lasts. When the scope is cancelled, each wait in its body ends with a `CancelledError`, also in a
 * `finally`, until the body has ended. Then the error ends, too. (`task.cancel()` ends one wait only.) Something that need not
 * wait, such as `acquire()` of a free lock, is not cancelled. Tasks of a group in the body belong to the scope.
 */
export class CancelScope implements ContextManager<CancelScope>, TaskScope {
  private $stage: 'new' | 'entered' | 'left' = 'new'
  private $until: number
  private $duration: number
  private $timer: Cancellable | null = null
  private $shielded: boolean
  private $called = false
  private $caught = false
  private $message: string | undefined
  private $task: Task | null = null
  /** How many requests to end the task had come before the scope was entered. */
  private $requestsBefore = 0
  private $parent: CancelScope | null = null
  private readonly $children = new Set<CancelScope>()
  /** The tasks of which this is the innermost scope. */
  private readonly $tasks = new Set<Task>()
  /** The scope whose cancellation ends the waits in this one: this scope, or one around it. @internal */
  $cause: CancelScope | null = null
  /** The next deadline, of this scope and of the scopes around it whose cancellation reaches it. */
  private $nearest = Infinity
  private $listeners: ((error: CancelledError) => void)[] | null = null
  /** The tasks in which the cancellation of this scope has ended a wait. */
  private $reached: Set<object> | null = null

  /** @throws TypeError when a time is not a number, or both deadlines are given; ValueError when `relativeDeadline` is negative. */
  constructor(options: CancelScopeOptions = {}) {
    checkOptions(options, CANCEL_SCOPE)
    const { deadline = Infinity, relativeDeadline = Infinity, shield = false, reason } = options
    this.$until = checkedMoment('a CancelScope', deadline)
    this.$duration = checkedDuration('a CancelScope', relativeDeadline)
    if (deadline !== Infinity && relativeDeadline !== Infinity) {
      throw new ArgumentError('a CancelScope takes deadline or relativeDeadline, not both', 'TWO_DEADLINES')
    }
    this.$shielded = shield
    this.$message = reason
    madeManager(this, 'scope')
  }

  /** When the scope is cancelled by itself, in milliseconds of the script's time. It can be moved until then. */
  get deadline(): number { return this.$until }

  set deadline(when: number) {
    this.$until = checkedMoment('a CancelScope', when)
    this.$duration = Infinity
    this.$setTimer()
    this.$spread()
  }

  /** True: the cancellation of scopes around this one does not reach the body. */
  get shield(): boolean { return this.$shielded }

  set shield(shield: boolean) {
    this.$shielded = shield
    this.$spread()
  }

  /** Is the scope cancelled, by `cancel()` or because its time is over? */
  get cancelCalled(): boolean {
    if (!this.$called) this.$checkTime()
    return this.$called
  }

  /** Did the cancellation of this scope end the body? */
  get cancelledCaught(): boolean { return this.$caught }

  /** Cancel everything in the scope. A scope that is not entered yet is cancelled when it is entered. @param message of the errors. */
  cancel(message?: string): void {
    if (this.$called) return
    this.$task?.$loop.$border?.cross('scope.cancel()')
    this.$called = true
    this.$message = message ?? this.$message
    this.$timer?.cancel()
    this.$spread()
  }

  /** Begin the scope. `use()` calls it. @throws RuntimeError at a second call, and outside of a task. */
  *enter(): Coroutine<this> {
    if (this.$stage !== 'new') {
      throw new RuntimeError('CancelScope has already been entered. Make one for each use(). To cancel several tasks by one, put a TaskGroup into it',
        { code: 'SCOPE_ENTERED_TWICE' })
    }
    const task = currentTask()
    if (task === null) throw new RuntimeError('CancelScope should be used inside a task', { code: 'NO_TASK' })
    if (this.$duration !== Infinity) this.$until = timeOf(task) + this.$duration
    this.$checkTime()
    this.$stage = 'entered'
    this.$task = task
    this.$requestsBefore = task.$requestsDelivered
    this.$parent = task.$scope as CancelScope | null
    this.$parent?.$children.add(this)
    this.$parent?.$tasks.delete(task)
    this.$tasks.add(task)
    task.$scope = this
    this.$look()
    this.$setTimer()
    return this
  }

  /**
   * End the scope. `use()` calls it. @returns true when the body was ended by the cancellation of this scope.
   * @throws RuntimeError when the scope is not entered, or when one that was entered later is still open.
   */
  *exit(error?: unknown): Coroutine<boolean> {
    const task = this.$task
    if (this.$stage !== 'entered' || task === null) {
      throw new RuntimeError(this.$stage === 'new' ? 'CancelScope has not been entered' : 'CancelScope has been left already',
        { code: 'SCOPE_NOT_ENTERED' })
    }
    if (task.$scope !== this) {
      throw new RuntimeError('a CancelScope is left while one that was entered later is open. Leave the inner one first',
        { code: 'SCOPE_NOT_INNERMOST' })
    }
    this.$caught = error instanceof CancelledError && this.$called && !this.$isCancelledOutside &&
      task.$requestsDelivered <= this.$requestsBefore
    this.$stage = 'left'
    this.$timer?.cancel()
    this.$tasks.delete(task)
    this.$parent?.$children.delete(this)
    this.$parent?.$tasks.add(task)
    task.$scope = this.$parent
    return this.$caught
  }

  /** @internal */
  [INSPECT](): string { return this.toString() }

  toString(): string { return `<CancelScope [${this.$stage}${this.$called ? ', cancelled' : ''}]>` }

  // What tasks need to know of the scope: `TaskScope` says what each of these does.

  /** Are waits in this scope cancelled now? The timer may be late, so this looks at the time, too. @internal */
  get $cancels(): boolean { return this.$cause !== null || (this.$nearest !== Infinity && this.$isOver()) }

  /** @internal */
  get $isShielded(): boolean {
    for (let scope = this as CancelScope | null; scope !== null; scope = scope.$parent) if (scope.$shielded) return true
    return false
  }

  /** @internal */
  get $reason(): string | undefined { return this.$cause?.$message }

  /** @internal */
  $reach(task: object): void { ((this.$cause as CancelScope).$reached ??= new Set()).add(task) }

  /** Has a cancelled scope, this one or one around it, ended a wait of the task? @internal */
  $hasReached(task: object): boolean { return this.$cause?.$reached?.has(task) === true }

  /** Move this scope, with everything in it, into another scope. @internal */
  $moveTo(parent: TaskScope | null): void {
    this.$parent?.$children.delete(this)
    this.$parent = parent as CancelScope | null
    this.$parent?.$children.add(this)
    this.$spread()
  }

  /** Call a function when the waits in this scope end; now, if they do already. @internal */
  $whenCancelled(told: (error: CancelledError) => void): void {
    if (this.$cancels) told(new CancelledError(this.$reason))
    else (this.$listeners ??= []).push(told)
  }

  private $tellCancelled(): void {
    const listeners = this.$listeners ?? []
    this.$listeners = null
    for (const told of listeners) told(new CancelledError(this.$reason))
  }

  /** @internal */
  $joined(task: object): void { this.$tasks.add(task as Task) }

  /** @internal */
  $left(task: object): void { this.$tasks.delete(task as Task) }

  private get $isCancelledOutside(): boolean { return !this.$shielded && this.$parent !== null && this.$parent.$cancels }

  /** Look at the scope around this one again. @returns whether anything has changed for this scope. */
  private $look(): boolean {
    const { $cause: cause, $nearest: nearest } = this
    const outside = this.$shielded ? null : this.$parent
    this.$cause = this.$called ? this : outside?.$cause ?? null
    this.$nearest = Math.min(this.$until, outside?.$nearest ?? Infinity)
    return this.$cause !== cause || this.$nearest !== nearest
  }

  /** Something has changed. Tell the scopes in this one. Those that become cancelled end the waits in them. */
  private $spread(): void {
    const scopes: CancelScope[] = [this]
    for (const scope of scopes) {
      const wasCancelled = scope.$cause !== null
      if (!scope.$look()) continue
      if (!wasCancelled && scope.$cause !== null) {
        for (const task of scope.$tasks) task.$interrupt(scope)
        scope.$tellCancelled()
      }
      for (const child of scope.$children) scopes.push(child)
    }
  }

  /** Is the nearest deadline over? Then the scope with that deadline is cancelled. */
  private $isOver(): boolean {
    if (timeHere() < this.$nearest) return false
    for (let scope = this as CancelScope | null; scope !== null; scope = scope.$shielded ? null : scope.$parent) scope.$checkTime()
    return this.$cause !== null
  }

  /** Cancel the scope if its time is over. There is no timer before the scope is entered, and a timer may be late. */
  private $checkTime(): void {
    if (this.$until === Infinity || this.$stage === 'left') return
    const now = this.$task === null ? timeHere() : timeOf(this.$task)
    if (now >= this.$until) this.cancel()
  }

  private $setTimer(): void {
    this.$timer?.cancel()
    this.$timer = null
    if (this.$stage !== 'entered' || this.$called || this.$until === Infinity) return
    this.$timer = callAtFor(this.$task as Task, this.$until, () => { this.cancel() })
  }
}

/** Run a body so that no cancel scope around it can cancel it. It is for code that must wait for the end of something cancelled. */
export function* outOfReach<T>(body: Coroutine<T>): Coroutine<T> {
  if ((currentTask()?.$scope ?? null) === null) return yield* body
  return (yield* use(new CancelScope({ shield: true }), () => body)) as T // nobody cancels this scope, so it swallows nothing
}
