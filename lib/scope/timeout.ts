import { RuntimeError } from '../base/errors.ts'
import { INSPECT } from '../base/inspect.ts'
import { CancelledError, TimeoutError } from '../base/task-errors.ts'
import type { Coroutine } from '../generator/types.ts'
import { currentTask } from '../task/create-task.ts'
import { inTheNameOf } from '../task/blame.ts'
import { type Cancellable, callAtFor, scriptTime, timeOf } from '../task/script-time.ts'
import type { Task } from '../task/task.ts'
import type { PendingRequests } from '../task/waiting-task.ts'
import { checkedTime } from './duration.ts'
import type { ContextManager } from './use.ts'

type Stage = 'created' | 'active' | 'expiring' | 'expired' | 'finished'

/**
 * Cancels the task that is in its body when the time is over, and turns the cancellation into a `TimeoutError` at the end
 * of the body (rule 19). Made by `timeout()` and `timeoutAt()`, for `use()`.
 */
export class Timeout implements ContextManager<Timeout> {
  private $stage: Stage = 'created'
  private $timer: Cancellable | null = null
  private $task: Task | null = null
  private $requestsBefore = 0
  private $request: PendingRequests | null = null

  /** @internal */
  constructor(private $deadline: number | null, private readonly $words: string) {}

  /** The deadline, in milliseconds of the script's time, or `null`. */
  when(): number | null { return this.$deadline }

  /**
   * Move the deadline, or with `null` take it away.
   * @throws RuntimeError outside of the body.
   */
  reschedule(when: number | null): void {
    if (this.$stage !== 'active') {
      throw new RuntimeError(this.$stage === 'created' ? 'Timeout has not been entered' : `Cannot change state of ${this.$stage} Timeout`,
        { code: 'TIMEOUT_NOT_ACTIVE' })
    }
    this.$deadline = when === null ? null : checkedTime('reschedule()', when, ' or null')
    this.$timer?.cancel()
    this.$timer = null
    if (when === null) return
    const task = this.$task as Task
    const expire = (): void => { this.$expire() }
    this.$timer = when <= timeOf(task) ? task.$loop.callSoon(expire) : callAtFor(task, when, expire)
  }

  /** Has the time run out while the body ran? */
  expired(): boolean { return this.$stage === 'expiring' || this.$stage === 'expired' }

  /** @throws RuntimeError when it is entered a second time, or outside of a task. */
  *enter(): Coroutine<Timeout> {
    if (this.$stage !== 'created') throw new RuntimeError('Timeout has already been entered', { code: 'TIMEOUT_ENTERED_TWICE' })
    this.$task = currentTask()
    if (this.$task === null) throw new RuntimeError('Timeout should be used inside a task', { code: 'NO_TASK' })
    this.$stage = 'active'
    this.$requestsBefore = this.$task.cancelling()
    this.reschedule(this.$deadline)
    return this
  }

  /** @throws TimeoutError in the place of the cancellation that it made itself. */
  *exit(error?: unknown): Coroutine<void> {
    if (this.$stage === 'created') throw new RuntimeError('Timeout has not been entered', { code: 'TIMEOUT_NOT_ACTIVE' })
    this.$timer?.cancel()
    this.$timer = null
    if (this.$stage === 'active') {
      this.$stage = 'finished'
    } else {
      this.$stage = 'expired'
      const task = this.$task as Task
      task.$withdraw(this.$request)
      const isFromFurtherOut = task.cancelling() > this.$requestsBefore || task.$scope?.$cancels === true
      if (error instanceof CancelledError && !isFromFurtherOut) throw new TimeoutError(this.$words, { cause: error })
    }
  }

  /** @internal */
  [INSPECT](): string { return this.toString() }

  toString(): string { return `<Timeout [${this.$stage}]${this.$stage === 'active' ? ` when=${String(this.$deadline)}` : ''}>` }

  private $expire(): void {
    this.$request = inTheNameOf(this, () => (this.$task as Task).$request())
    this.$stage = 'expiring'
    this.$timer = null
  }
}

/** At most `ms` milliseconds for a body: `yield* use(timeout(100), function* () {...})`; `null` for no limit. */
export function timeout(ms: number | null): Timeout { return timeoutOf('timeout()', ms, `timeout(${ms})`) }

/** The same, in the words of who asks for it. */
export function timeoutOf(name: string, ms: number | null, call: string): Timeout {
  if (ms === null) return new Timeout(null, OVER)
  const duration = checkedTime(name, ms, ' or null')
  return new Timeout(scriptTime() + duration, `${call}: ${ms} ms are over`)
}

/** The same, until `loop.time()` is `when`. */
export function timeoutAt(when: number | null): Timeout {
  return when === null ? new Timeout(null, OVER) : new Timeout(checkedTime('timeoutAt()', when, ' or null'), `timeoutAt(${when}): the time is over`)
}

/** Of a limit that is set by `reschedule()`. */
const OVER = 'the time is over'
