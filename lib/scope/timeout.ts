import { RuntimeError } from '../base/errors.ts'
import { INSPECT } from '../base/inspect.ts'
import { CancelledError, TimeoutError } from '../base/task-errors.ts'
import { madeManager } from '../generator/made.ts'
import type { Coroutine } from '../generator/types.ts'
import { currentTask } from '../task/current-task.ts'
import { inTheNameOf } from '../task/blame.ts'
import { type Cancellable, callAtFor, scriptTime, timeOf } from '../task/script-time.ts'
import type { Task } from '../task/task.ts'
import type { PendingRequests } from '../task/waiting-task.ts'
import { checkedTime } from './duration.ts'
import { checkedMoment } from './moment.ts'
import type { ContextManager } from './use.ts'

type Stage = 'created' | 'active' | 'expiring' | 'expired' | 'finished'

/**
 * Cancels the task in its body when the time is over. At the end of the body, it throws a `TimeoutError` instead of the
 * `CancelledError` (rule 19). `timeout()` and `timeoutAt()` make it, for `use()`. It is Python's `asyncio.Timeout`.
 */
export class Timeout implements ContextManager<Timeout> {
  private $stage: Stage = 'created'
  private $timer: Cancellable | null = null
  private $task: Task | null = null
  private $requestsBefore = 0
  private $request: PendingRequests | null = null

  /** @internal */
  constructor(private $deadline: number | null, private $words: string) { madeManager(this, 'timeout(…)') }

  /** The deadline, in milliseconds of the script's time; `null` when there is none. */
  when(): number | null { return this.$deadline }

  /**
   * Move the deadline. @param when the new deadline, in milliseconds of the script's time; `null` for none.
   * @throws RuntimeError outside of the body; TypeError when `when` is not a number.
   */
  reschedule(when: number | null): void {
    if (this.$stage !== 'active') {
      throw new RuntimeError(this.$stage === 'created' ? 'Timeout has not been entered' : `Cannot change state of ${this.$stage} Timeout`,
        { code: 'TIMEOUT_NOT_ACTIVE' })
    }
    this.$deadline = when === null ? null : checkedMoment('reschedule()', when, ' or null')
    this.$words = OVER
    this.$timer?.cancel()
    this.$timer = null
    this.$arm()
  }

  private $arm(): void {
    const when = this.$deadline
    if (when === null) return
    const task = this.$task as Task
    const expire = (): void => { this.$expire() }
    this.$timer = when <= timeOf(task) ? task.$loop.callSoon(expire) : callAtFor(task, when, expire)
  }

  /** Was the time over while the body ran? */
  expired(): boolean { return this.$stage === 'expiring' || this.$stage === 'expired' }

  /** Begin. `use()` calls it. @throws RuntimeError at a second call, and outside of a task. */
  *enter(): Coroutine<Timeout> {
    if (this.$stage !== 'created') throw new RuntimeError('Timeout has already been entered. Write timeout(ms) for each use()', { code: 'TIMEOUT_ENTERED_TWICE' })
    this.$task = currentTask()
    if (this.$task === null) throw new RuntimeError('Timeout should be used inside a task', { code: 'NO_TASK' })
    this.$stage = 'active'
    this.$requestsBefore = this.$task.cancelling()
    this.$arm()
    return this
  }

  /** End. `use()` calls it. @throws TimeoutError instead of the cancellation that this time limit has made. */
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

/**
 * Give a body at most `ms` milliseconds: `yield* use(timeout(100), function* () {...})`. When the time is over, the body is
 * cancelled, and a TimeoutError is thrown (rule 19). It is Python's `asyncio.timeout()`.
 * @param ms the time in milliseconds, from this call on; `null` for no limit.
 * @throws TypeError when it is not a number; RuntimeError when no loop runs.
 */
export function timeout(ms: number | null): Timeout { return timeoutOf('timeout()', ms, `timeout(${String(ms)})`) }

/** `timeout()` for other functions: `name` and `call` are the words for its errors. */
export function timeoutOf(name: string, ms: number | null, call: string): Timeout {
  if (ms === null) return new Timeout(null, OVER)
  const duration = checkedTime(name, ms, ' or null')
  return new Timeout(scriptTime() + duration, `${call}: ${ms} ms are over`)
}

/**
 * `timeout()` with a deadline: the body ends when the script's time is `when`, in milliseconds. That is `owner.now()` of its owner, or
 * `loop.time()`. It is Python's `asyncio.timeout_at()`.
 */
export function timeoutAt(when: number | null): Timeout {
  return when === null ? new Timeout(null, OVER) : new Timeout(checkedMoment('timeoutAt()', when, ' or null'), `timeoutAt(${when}): the time is over`)
}

// The message of a limit that was set by `reschedule()`.
const OVER = 'the time is over'
