import { ArgumentError, RuntimeError } from '../base/errors.ts'
import { INSPECT } from '../base/inspect.ts'
import { checkOptions } from '../base/options.ts'
import { CancelledError } from '../base/task-errors.ts'
import type { Coroutine } from '../generator/types.ts'
import { currentTask } from '../task/create-task.ts'
import { type Cancellable, callAtFor, timeHere, timeOf } from '../task/script-time.ts'
import type { Task } from '../task/task.ts'
import type { TaskScope } from '../task/task-options.ts'
import { checkedDuration, checkedTime } from './duration.ts'
import { type ContextManager, use } from './use.ts'

export interface CancelScopeOptions {
  /** When it is cancelled by itself, in milliseconds of the script's time (`loop.time()`, or that of its owner); `Infinity` for never. */
  readonly deadline?: number
  /** How long its body may take, in milliseconds, from when it is entered. Not together with `deadline`. */
  readonly relativeDeadline?: number
  /** Keep the cancellation of scopes around it out. */
  readonly shield?: boolean
  /** What the errors in it say, when its time is over or `cancel()` is called without a message. */
  readonly reason?: string
}

const CANCEL_SCOPE = { call: 'new CancelScope({ deadline: loop.time() + 100 })', names: ['deadline', 'relativeDeadline', 'shield', 'reason'] }

/**
 * A body that can be cancelled from outside, for `use()`: `yield* use(new CancelScope(), function* (scope) {...})`.
 *
 * As in trio, and unlike `task.cancel()`, cancellation is a level, not an edge: once the scope is cancelled, each wait
 * in its body ends with a `CancelledError`, those in a `finally` too, until the body is over; there the error ends. A
 * wait for what is there already, such as `acquire()` of a free lock, is none. The tasks of a group in the body are in
 * the scope.
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
  /** The requests to end the task that it got before the scope was entered. */
  private $requestsBefore = 0
  private $parent: CancelScope | null = null
  private readonly $children = new Set<CancelScope>()
  /** Those for which it is the innermost scope. */
  private readonly $tasks = new Set<Task>()
  /** The scope whose cancellation ends the waits in this one: itself, or one around it. @internal */
  $cause: CancelScope | null = null
  /** The next deadline, of itself and of those around it that reach into it. */
  private $nearest = Infinity
  private $listeners: ((error: CancelledError) => void)[] | null = null
  /** The tasks in which its cancellation has ended a wait. */
  private $reached: Set<object> | null = null

  /** @throws TypeError when a time is no number. */
  constructor(options: CancelScopeOptions = {}) {
    checkOptions(options, CANCEL_SCOPE)
    const { deadline = Infinity, relativeDeadline = Infinity, shield = false, reason } = options
    this.$until = checkedTime('a CancelScope', deadline)
    this.$duration = checkedDuration('a CancelScope', relativeDeadline)
    if (deadline !== Infinity && relativeDeadline !== Infinity) {
      throw new ArgumentError('a CancelScope takes deadline or relativeDeadline, not both', 'TWO_DEADLINES')
    }
    this.$shielded = shield
    this.$message = reason
  }

  /** When it is cancelled by itself, in milliseconds of the script's time (`loop.time()`, or that of its owner). It can be moved until then. */
  get deadline(): number { return this.$until }

  set deadline(when: number) {
    this.$until = checkedTime('a CancelScope', when)
    this.$duration = Infinity
    this.$setTimer()
    this.$spread()
  }

  /** Is the cancellation of scopes around it kept out? */
  get shield(): boolean { return this.$shielded }

  set shield(shield: boolean) {
    this.$shielded = shield
    this.$spread()
  }

  /** Has it been cancelled, by `cancel()` or because its time is over? */
  get cancelCalled(): boolean {
    if (!this.$called) this.$checkTime()
    return this.$called
  }

  /** Did its cancellation end the body? */
  get cancelledCaught(): boolean { return this.$caught }

  /** Cancel everything in it. Before it is entered, that is noted. @param message of the errors. */
  cancel(message?: string): void {
    if (this.$called) return
    this.$called = true
    this.$message = message ?? this.$message
    this.$timer?.cancel()
    this.$spread()
  }

  /** @throws RuntimeError when it is entered a second time, or outside of a task. */
  *enter(): Coroutine<this> {
    if (this.$stage !== 'new') throw new RuntimeError('CancelScope has already been entered', { code: 'SCOPE_ENTERED_TWICE' })
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

  /** @returns true for the `CancelledError` that it made itself. */
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

  // It is a TaskScope: what tasks need to know of it.

  /** Are waits in it cancelled now? A timer may be late, so the time is looked at. @internal */
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

  /** Has a cancelled scope around this one ended a wait of that task? @internal */
  $hasReached(task: object): boolean { return this.$cause?.$reached?.has(task) === true }

  /** Put it into another scope, with what is in it. @internal */
  $moveTo(parent: TaskScope | null): void {
    this.$parent?.$children.delete(this)
    this.$parent = parent as CancelScope | null
    this.$parent?.$children.add(this)
    this.$spread()
  }

  /** Tell somebody when the waits in it end, or now if they do already. @internal */
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

  /** What comes from the scopes around it may have changed. @returns whether it has. */
  private $look(): boolean {
    const { $cause: cause, $nearest: nearest } = this
    const outside = this.$shielded ? null : this.$parent
    this.$cause = this.$called ? this : outside?.$cause ?? null
    this.$nearest = Math.min(this.$until, outside?.$nearest ?? Infinity)
    return this.$cause !== cause || this.$nearest !== nearest
  }

  /** Something has changed: tell the scopes in it. Those that become cancelled end the waits in them. */
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

  /** Is the nearest deadline over? Then the scope that has it is cancelled. */
  private $isOver(): boolean {
    if (timeHere() < this.$nearest) return false
    for (let scope = this as CancelScope | null; scope !== null; scope = scope.$shielded ? null : scope.$parent) scope.$checkTime()
    return this.$cause !== null
  }

  /** Cancel it if its time is over: before it is entered there is no timer. */
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

/** Run it out of reach of the cancel scopes around it: who has to wait for the end of a cancelled body, waits. */
export function* outOfReach<T>(body: Coroutine<T>): Coroutine<T> {
  if ((currentTask()?.$scope ?? null) === null) return yield* body
  return (yield* use(new CancelScope({ shield: true }), () => body)) as T // nobody cancels it, so it swallows nothing
}
