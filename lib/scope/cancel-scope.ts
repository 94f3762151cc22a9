import { describe } from '../base/describe.ts'
import { ArgumentError, RuntimeError, ValueError } from '../base/errors.ts'
import { CancelledError, TimeoutError } from '../base/task-errors.ts'
import type { Coroutine } from '../generator/types.ts'
import type { Handle } from '../loop/handle.ts'
import { running } from '../loop/loop.ts'
import { currentTask } from '../task/create-task.ts'
import { getRunningLoop } from '../task/loops.ts'
import type { Task } from '../task/task.ts'
import type { TaskScope } from '../task/task-options.ts'
import { type ContextManager, use } from './use.ts'

export interface CancelScopeOptions {
  /** When it is cancelled by itself, in milliseconds of `loop.time()`; `Infinity` for never. */
  readonly deadline?: number
  /** Keep the cancellation of scopes around it out. */
  readonly shield?: boolean
}

/**
 * A body that can be cancelled from outside, for `use()`: `yield* use(new CancelScope(), function* (scope) {...})`.
 *
 * As in trio, and unlike `task.cancel()`, cancellation is a level, not an edge: once the scope is cancelled, each wait
 * in its body ends with a `CancelledError`, those in a `finally` too, until the body is over; there the error ends. A
 * wait for what is there already, such as `acquire()` of a free lock, is none. The tasks of a group in the body are in
 * the scope.
 */
export class CancelScope implements ContextManager<CancelScope> {
  private $stage: 'new' | 'entered' | 'left' = 'new'
  private $until: number
  private $timer: Handle | null = null
  private $shielded: boolean
  private $called = false
  private $caught = false
  private $message: string | undefined = undefined
  private $task: Task | null = null
  private $requestsBefore = 0
  private $parent: CancelScope | null = null
  private readonly $children = new Set<CancelScope>()
  /** Those for which it is the innermost scope. */
  private readonly $tasks = new Set<Task>()

  constructor(options: CancelScopeOptions = {}) {
    const { deadline = Infinity, shield = false } = options
    this.$until = checked(deadline)
    this.$shielded = shield
  }

  /** When it is cancelled by itself, in milliseconds of `loop.time()`. It can be moved until then. */
  get deadline(): number { return this.$until }

  set deadline(when: number) {
    this.$until = checked(when)
    this.$setTimer()
  }

  /** Is the cancellation of scopes around it kept out? */
  get shield(): boolean { return this.$shielded }

  set shield(shield: boolean) {
    this.$shielded = shield
    this.$deliver()
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
    this.$message = message
    this.$timer?.cancel()
    this.$deliver()
  }

  /** @throws RuntimeError when it is entered a second time, or outside of a task. */
  *enter(): Coroutine<this> {
    if (this.$stage !== 'new') throw new RuntimeError('CancelScope has already been entered', { code: 'SCOPE_ENTERED_TWICE' })
    const task = currentTask()
    if (task === null) throw new RuntimeError('CancelScope should be used inside a task', { code: 'NO_TASK' })
    this.$checkTime()
    this.$stage = 'entered'
    this.$task = task
    this.$requestsBefore = task.cancelling()
    this.$parent = task.$scope as CancelScope | null
    this.$parent?.$children.add(this)
    this.$parent?.$tasks.delete(task)
    this.$tasks.add(task)
    task.$scope = this
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
      task.cancelling() <= this.$requestsBefore
    this.$stage = 'left'
    this.$timer?.cancel()
    this.$tasks.delete(task)
    this.$parent?.$children.delete(this)
    this.$parent?.$tasks.add(task)
    task.$scope = this.$parent
    return this.$caught
  }

  toString(): string { return `<CancelScope [${this.$stage}${this.$called ? ', cancelled' : ''}]>` }

  // It is a TaskScope: what tasks need to know of it.

  /** @internal */
  get $cancels(): boolean {
    for (let scope = this as CancelScope | null; scope !== null; scope = scope.$shielded ? null : scope.$parent) {
      if (scope.cancelCalled) return true
    }
    return false
  }

  /** @internal */
  get $reason(): string | undefined {
    let scope = this as CancelScope
    while (!scope.$called && scope.$parent !== null) scope = scope.$parent
    return scope.$message
  }

  /** Put it into another scope, with what is in it. @internal */
  $moveTo(parent: TaskScope | null): void {
    this.$parent?.$children.delete(this)
    this.$parent = parent as CancelScope | null
    this.$parent?.$children.add(this)
    this.$deliver()
  }

  /** @internal */
  $joined(task: Task): void { this.$tasks.add(task) }

  /** @internal */
  $left(task: Task): void { this.$tasks.delete(task) }

  private get $isCancelledOutside(): boolean { return !this.$shielded && this.$parent !== null && this.$parent.$cancels }

  /** If it is cancelled, end the waits in it. */
  private $deliver(): void {
    if (!this.$cancels) return
    const scopes: CancelScope[] = [this]
    for (const scope of scopes) {
      for (const task of scope.$tasks) task.$interrupt(scope.$reason)
      for (const child of scope.$children) if (!child.$shielded) scopes.push(child)
    }
  }

  /** Cancel it if its time is over: the timer may be late, and there is none before it is entered. */
  private $checkTime(): void {
    if (this.$until === Infinity || this.$stage === 'left') return
    const loop = this.$task?.$loop ?? running.loop
    if (loop !== null && loop.time() >= this.$until) this.cancel()
  }

  private $setTimer(): void {
    this.$timer?.cancel()
    this.$timer = null
    if (this.$stage !== 'entered' || this.$called || this.$until === Infinity) return
    this.$timer = (this.$task as Task).$loop.callAt(this.$until, () => { this.cancel() })
  }
}

/** Of which the end of its time is an error. */
class FailScope extends CancelScope {
  override *exit(error?: unknown): Coroutine<boolean> {
    if (yield* super.exit(error)) throw new TimeoutError('', { cause: error })
    return false
  }
}

type Shield = Pick<CancelScopeOptions, 'shield'>

/** At most `ms` milliseconds for a body, which ends without an error then: `yield* use(moveOnAfter(100), function* () {...})`. */
export function moveOnAfter(ms: number, options: Shield = {}): CancelScope { return moveOnAt(fromNow(ms), options) }

/** The same, until `loop.time()` is `when`. */
export function moveOnAt(when: number, options: Shield = {}): CancelScope { return new CancelScope({ ...options, deadline: when }) }

/** At most `ms` milliseconds for a body; then a TimeoutError is thrown when it is over. */
export function failAfter(ms: number, options: Shield = {}): CancelScope { return failAt(fromNow(ms), options) }

/** The same, until `loop.time()` is `when`. */
export function failAt(when: number, options: Shield = {}): CancelScope { return new FailScope({ ...options, deadline: when }) }

/** Run it out of reach of the cancel scopes around it: who has to wait for the end of a cancelled body, waits. */
export function* outOfReach<T>(body: Coroutine<T>): Coroutine<T> {
  if ((currentTask()?.$scope ?? null) === null) return yield* body
  return yield* use(new CancelScope({ shield: true }), () => body)
}

function fromNow(ms: number): number {
  if (checked(ms) < 0) throw new ValueError('a timeout is not negative', { code: 'NEGATIVE' })
  return getRunningLoop().time() + ms
}

function checked(ms: unknown): number {
  if (typeof ms === 'number' && !Number.isNaN(ms)) return ms
  throw new ArgumentError(`a CancelScope takes a number of milliseconds, not ${describe(ms)}`, 'NOT_A_TIME')
}
