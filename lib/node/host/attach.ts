import { describe } from '../../base/describe.ts'
import { ArgumentError, RuntimeError } from '../../base/errors.ts'
import { INSPECT } from '../../base/inspect.ts'
import { checkOptions } from '../../base/options.ts'
import { KeyboardInterrupt } from '../../base/task-errors.ts'
import { Interrupts } from '../../run/interrupts.ts'
import { EventLoop } from '../../task/event-loop.ts'
import { type Future, isFuture } from '../../task/future.ts'
import { directLink } from '../link/direct-link.ts'
import { servicesBy } from '../services.ts'
import { noteClosedLoop } from '../handle/inbox.ts'
import { isNewInterrupt } from '../thread/cells.ts'
import { thisThread } from '../thread/this-thread.ts'
import { collecting } from './collection.ts'
import { attachedSignals } from './signal-handlers.ts'
import { endWithExitCode } from './ctrl-c.ts'
import { LONGEST_TIMER } from './longest-timer.ts'

/** How many turns of the loop run before other work of the process has its turn. */
const TURNS = 16

const ATTACH = { call: 'attach(loop, { main: loop.createTask(main()) })', names: ['main'] }

export interface AttachOptions {
  /** The task that Ctrl-C cancels. When the cancellation has ended it, a `KeyboardInterrupt` ends the process. */
  readonly main?: Future
}

/** A loop that Node's event loop runs. `attach()` returns it. */
export interface Attachment {
  /** From now on, Node no longer runs the loop. A second call does nothing. */
  readonly detach: () => void
}

/**
 * Let Node's own event loop run a loop. The thread is not blocked, and other work of the process goes on beside the loop. The
 * process lives as long as something can still wake a task of the loop.
 * @param loop a loop with real time: `new EventLoop()`, or one with a `NodeHost`.
 * @param options.main the task that Ctrl-C cancels.
 * @returns the attachment. Its `detach()` ends it.
 * @throws TypeError when `loop` is not a loop; RuntimeError when the loop runs, is closed, or is attached already.
 */
export function attach(loop: EventLoop, options: AttachOptions = {}): Attachment {
  if (!((loop as unknown) instanceof EventLoop)) {
    throw new ArgumentError(`attach() takes an event loop, not ${describe(loop)}. Write attach(new EventLoop())`, 'NOT_A_LOOP')
  }
  checkOptions(options, ATTACH)
  const { main } = options
  if (main !== undefined && !isFuture(main)) {
    throw new ArgumentError(`the main of attach() is a task, not ${describe(main)}. Write attach(loop, { main: loop.createTask(main()) })`, 'NOT_A_FUTURE')
  }
  if (loop.isRunning()) throw new RuntimeError('this loop runs already, and cannot be attached', { code: 'LOOP_RUNNING' })
  if (loop.$attached) throw new RuntimeError('this loop is attached already', { code: 'LOOP_ATTACHED' })
  loop.$throwIfClosed()
  return new AttachedLoop(loop, main ?? null)
}

const services = servicesBy(directLink, attachedSignals)

class AttachedLoop implements Attachment {
  private immediate: NodeJS.Immediate | null = null
  private timer: NodeJS.Timeout | null = null
  /** When the timer is due, in the loop's time. */
  private deadline = Infinity
  private inTurn = false
  /** How many turns the microtask runs that is queued; 0 when none is. */
  private queued = 0
  private readonly interrupts: Interrupts | null

  constructor(private readonly loop: EventLoop, private readonly main: Future | null) {
    loop.$attached = true
    loop.$attachedServices = services
    loop.$askHost(collecting)
    loop.$onReady = () => { if (!this.inTurn) this.arm() }
    process.on('beforeExit', this.nothingLeft)
    directLink().onMany.add(this.manyHaveCome)
    this.interrupts = main === null ? null : new Interrupts(main)
    if (main !== null) {
      process.on('SIGINT', this.interrupted)
      main.addDoneCallback(this.mainDone)
    }
    this.arm()
  }

  readonly detach = (): void => {
    const { loop } = this
    if (!loop.$attached) return
    loop.$attached = false
    loop.$attachedServices = null
    loop.$askHost(null)
    attachedSignals.removeAll(loop)
    loop.$onReady = null
    process.off('beforeExit', this.nothingLeft)
    directLink().onMany.delete(this.manyHaveCome)
    process.off('SIGINT', this.interrupted)
    this.main?.removeDoneCallback(this.mainDone)
    this.queued = 0
    if (this.immediate !== null) clearImmediate(this.immediate)
    if (this.timer !== null) clearTimeout(this.timer)
  }

  toString(): string { return `<Attachment of ${this.loop.toString()}${this.loop.$attached ? '' : ' detached'}>` }

  /** @internal */
  [INSPECT](): string { return this.toString() }

  /** Ask Node for a call when the loop has something to do next. */
  private arm(): void {
    const { loop } = this
    if (loop.isClosed()) {
      noteClosedLoop()
      directLink().endOrphans()
      this.detach()
    }
    if (this.immediate !== null || this.queued > 0 || !loop.$attached) return
    if (loop.$ready.size > 0) {
      this.immediate = setImmediate(this.turn)
      return
    }
    const next = loop.$nextDeadline ?? Infinity
    if (next === this.deadline) return
    if (this.timer !== null) clearTimeout(this.timer)
    this.deadline = next
    this.timer = next === Infinity ? null : setTimeout(this.due, Math.min(LONGEST_TIMER, Math.ceil(next - loop.time())))
  }

  private readonly due = (): void => {
    this.timer = null
    this.deadline = Infinity
    if (this.immediate === null && this.queued === 0) this.turn()
  }

  private readonly turn = (): void => {
    this.immediate = null
    this.queue(TURNS)
  }

  /**
   * Run turns in a microtask, right after the callback of Node that is running. For each error that is thrown in a callback, also for one that is
   * caught, V8 makes a message that nobody reads, and writes down the stack for it. In a microtask it does not, so a task fails in a third
   * of the time.
   */
  private queue(turns: number): void {
    this.queued = turns
    queueMicrotask(this.run)
  }

  private readonly run = (): void => {
    const turns = this.queued
    if (turns === 0) return // it was detached meanwhile
    this.queued = 0
    this.inTurn = true
    try {
      this.loop.$runTurns(turns)
    } finally {
      this.inTurn = false
      this.arm()
    }
  }

  /** Many bytes have come, and more will in this round of Node's event loop: take one turn now. The others come with the immediate. */
  private readonly manyHaveCome = (): void => { if (this.immediate !== null && this.queued === 0 && !this.inTurn) this.queue(1) }

  /** Node has nothing to do any more. So nothing can ever wake the tasks that are left. */
  private readonly nothingLeft = (): void => {
    const { loop } = this
    if (loop.$tasks.size > 0) {
      const error = loop.$deadlock()
      this.detach()
      throw error
    }
    if (this.main?.$hasError === true && !this.main.cancelled()) process.exitCode ??= 1
    loop.$tellOfUnread(0) // the process ends, so nobody will read them
  }

  private readonly interrupted = (): void => {
    if (!isNewInterrupt(thisThread.cells)) return
    endWithExitCode()
    this.interrupts?.told()
  }

  private readonly mainDone = (main: Future): void => {
    process.off('SIGINT', this.interrupted)
    attachedSignals.letExit(this.loop)
    if (!main.cancelled()) return
    const error = main.$newCancelledError()
    if (this.interrupts?.claims(error) === true) throw new KeyboardInterrupt('', { cause: error })
  }
}
