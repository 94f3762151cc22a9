import { describe } from '../base/describe.ts'
import { ArgumentError, RuntimeError } from '../base/errors.ts'
import { checkOptions } from '../base/options.ts'
import { type BlockedTask, DeadlockError, isFatal } from '../base/task-errors.ts'
import { checkedPlain, refuseGeneratorFunction } from '../generator/plain-function.ts'
import type { Awaitable, Coroutine } from '../generator/types.ts'
import { type Scheduler, whoseTurn } from '../greenlet/fiber.ts'
import { BlockingHost } from '../host/blocking-host.ts'
import { consoleLogger } from '../host/console-logger.ts'
import type { ExceptionContext } from '../loop/exception-context.ts'
import type { Host } from '../loop/host.ts'
import { throwIfNested } from '../loop/loop.ts'
import { inWords } from '../loop/unawaited.ts'
import type { ExceptionHandler, LoopOptions } from '../loop/reports.ts'
import { Owner, type OwnerOptions } from './owner/owner.ts'
import { ensureFutureIn } from './ensure-future.ts'
import { giveFrameTurns } from './frame-turns.ts'
import { Future } from './future.ts'
import { nobody } from './listeners.ts'
import { Gathering } from './gathering.ts'
import { formatReport, reportOf } from './report.ts'
import { HostedLoop } from './hosted-loop.ts'
import { Task, tasksOf } from './task.ts'
import { lastWordsOf, reportOfUnread } from './unread-report.ts'
import { Settings, type TaskOptions } from './task-options.ts'
import { loopScheduler } from './pass-turn.ts'
import { type LoopWaiter, currentWaiter, parkedFiberOf } from './waiter.ts'
import { BARE_YIELD } from './waits.ts'
import type { Stack } from '../generator/stack.ts'

/** Makes the tasks of a loop instead of `new Task(coroutine, options)`. */
export type TaskFactory = <T>(loop: EventLoop, coroutine: Awaitable<T>, options: TaskOptions) => Task<T>

/** An asynchronous generator, as far as the loop needs it. */
export interface AsyncGeneratorLike {
  aclose(): Coroutine<void>
  toString(): string
}

const EVENT_LOOP = { call: 'new EventLoop({ host: new VirtualHost() })', names: ['host', 'debug', 'logger'] }
const NO_OPTIONS: Omit<TaskOptions, 'loop'> = {}

/**
 * Runs callbacks, timers and tasks, one after the other. It runs in the code that calls it: `runUntilComplete()`, `runForever()`
 * and `tick()` return when they have finished. It is Python's `asyncio` event loop.
 */
export class EventLoop extends HostedLoop {
  /** The part of the loop that handles the waits of fibers. @internal */
  protected readonly $scheduler: Scheduler = loopScheduler
  private $taskFactory: TaskFactory | null = null
  private readonly $plainOptions = new Settings({ loop: this })
  /** The asynchronous generators that have begun and have not ended. @internal */
  readonly $generators = new Set<AsyncGeneratorLike>()
  private $generatorsShutDown = false

  /**
   * Make a loop. Nothing runs yet.
   * @param options.host where time comes from. The default is a `BlockingHost`, which waits in real time.
   * @param options.debug true: look for slow callbacks and forgotten coroutines. The default is false.
   * @param options.logger where the default exception handler writes its reports. The default is the console, if there is one.
   */
  constructor(options: Partial<LoopOptions> = {}) {
    checkOptions(options, EVENT_LOOP)
    super({ host: options.host ?? new BlockingHost(), debug: options.debug ?? false, logger: checkedPlain('the logger of a loop', options.logger ?? consoleLogger) })
    this.$askHost(this.$host)
  }

  /** Make a future that belongs to this loop. It is Python's `loop.create_future()`. */
  createFuture<T = unknown>(): Future<T> { return new Future<T>({ loop: this }) }

  /**
   * Run a coroutine beside the other tasks, from the next turn on. If the loop has a task factory, the factory makes the task. It
   * is Python's `loop.create_task()`.
   * @returns the task.
   * @throws TypeError when `coroutine` is not a coroutine; RuntimeError when the loop is closed.
   */
  createTask<T>(coroutine: Awaitable<T>, options: Omit<TaskOptions, 'loop'> = NO_OPTIONS): Task<T> {
    if (this.$taskFactory !== null) return this.$makeTask(this.$taskFactory, coroutine, options)
    return new Task<T>(coroutine, options === NO_OPTIONS ? this.$plainOptions : new Settings(options, coroutine, this))
  }

  private $makeTask<T>(factory: TaskFactory, coroutine: Awaitable<T>, options: Omit<TaskOptions, 'loop'>): Task<T> {
    this.$throwIfClosed()
    return factory(this, coroutine, { ...options, loop: this })
  }

  /**
   * Make an owner, to which scripts belong. When the owner is paused, its scripts stand still. When it is closed, they end.
   * @param name the name of the owner in reports.
   */
  owner(name: string, options: OwnerOptions = {}): Owner { return new Owner(this, name, options) }

  /** The function that makes the tasks of this loop, or `null` when `new Task(coroutine, options)` makes them. */
  getTaskFactory(): TaskFactory | null { return this.$taskFactory }

  /**
   * Choose what makes the tasks of this loop. It is Python's `loop.set_task_factory()`.
   * @param factory the function that makes the tasks; `null` for `new Task(coroutine, options)`.
   * @throws TypeError when it is neither a function nor `null`.
   */
  setTaskFactory(factory: TaskFactory | null): void {
    refuseGeneratorFunction('setTaskFactory()', factory)
    if (factory !== null && typeof factory !== 'function') {
      throw new ArgumentError(`setTaskFactory() takes a function or null, not ${describe(factory)}`)
    }
    this.$taskFactory = factory
  }

  /**
   * Close all asynchronous generators that are still open, at the same time. `run()` does this at its end. It is Python's
   * `loop.shutdown_asyncgens()`.
   */
  *shutdownAsyncGenerators(): Coroutine<void> {
    this.$generatorsShutDown = true
    const open = Array.from(this.$generators)
    this.$generators.clear()
    const closing = open.map(generator => this.createTask(generator.aclose()))
    yield* this.$endOf(closing)
    for (const [i, task] of closing.entries()) {
      if (task.$isCancelled || !task.$hasError) continue
      const asyncgen = open[i] as AsyncGeneratorLike
      const message = `an error occurred during closing of asynchronous generator ${asyncgen.toString()}`
      this.callExceptionHandler({ message, exception: task.exception(), asyncgen })
    }
  }

  /** Wait for the end of all tasks. It does what `gather()` does, which this file cannot import: it is on a higher floor. */
  private *$endOf(tasks: readonly Task[]): Coroutine<void> {
    if (tasks.length === 0) return
    const all = new Gathering(tasks, tasks.length, true, this)
    const note = (task: Future): void => { all.childDone(task) }
    for (const task of tasks) {
      if (task.$ended) note(task)
      else task.$whenDone(note, () => all)
    }
    yield* all
  }

  /** Somebody asks an asynchronous generator for its first value. @internal */
  $noteGenerator(asyncgen: AsyncGeneratorLike): void {
    this.$generators.add(asyncgen)
    if (!this.$generatorsShutDown) return
    const message = `asynchronous generator ${asyncgen.toString()} was scheduled after shutdownAsyncGenerators()`
    this.callExceptionHandler({ message, asyncgen })
  }

  /**
   * Run the loop until the awaitable is done. The caller is blocked meanwhile. It is Python's `loop.run_until_complete()` (rule 3).
   * @returns the result of the awaitable.
   * @throws the error that the awaitable ends with; DeadlockError when nothing is left that could wake the loop; RuntimeError when
   * the loop is stopped before the awaitable is done, when it is closed, or when another loop runs.
   */
  runUntilComplete<T>(awaitable: Awaitable<T>): T {
    this.$throwIfClosed()
    throwIfNested(this)
    const future = ensureFutureIn(this, awaitable)
    const isNew = future !== (awaitable as unknown)
    const stop = (): void => {
      if (future.$isCancelled || !isFatal(future.exception())) this.stop() // a fatal error is stopping the loop already
    }
    future.$whenDone(stop, nobody)
    try {
      this.runForever()
    } catch (error) {
      if (isNew && future.$ended && !future.$isCancelled) future.$markRead() // the error is on its way out already
      throw error
    } finally {
      future.$forgetCallback(stop)
    }
    if (!future.$ended) throw new RuntimeError('Event loop stopped before Future completed.', { code: 'STOPPED_EARLY' })
    return future.result()
  }

  /**
   * Choose who is told of the errors that nobody handles (rule 4). It is Python's `loop.set_exception_handler()`.
   * @param handler called with the loop and the report; `null` for the default handler, which writes to the logger.
   */
  override setExceptionHandler(handler: ((loop: EventLoop, context: ExceptionContext) => void) | null): void {
    super.setExceptionHandler(handler as ExceptionHandler | null)
  }

  /** Every task that is not done: its name, what it waits for, and the names of its frames. */
  report(): BlockedTask[] { return reportOf(tasksOf(this)) }

  /**
   * Close the loop, and drop everything. Closing twice does nothing (rule 5).
   *
   * First, all owners are closed, so that every `finally` of their scripts runs. A loop that is driven by `tick()` or `frame()` ends
   * its other tasks in the same way. A loop that is run does not, as in asyncio. It reports those that have not ended to the
   * exception handler. Errors that nobody has read, and coroutines that nobody has awaited, are reported in any case.
   * @throws RuntimeError while the loop runs.
   */
  override close(): void {
    const tasks = tasksOf(this)
    if (!this.isRunning() && !this.$closed) {
      this.$endRecording()
      this.$endAll(this.$isTicked ? tasks : tasks.filter(task => task.$owner !== null))
    }
    super.close()
    for (const task of tasks) {
      if (!task.$ended) this.callExceptionHandler({ message: 'Task was destroyed but it is pending!', task })
    }
    this.$tellOfUnread(0)
    for (const forgotten of this.$unawaited.take()) {
      this.callExceptionHandler({ message: inWords(forgotten), coroutine: forgotten.awaitable, madeAt: forgotten.madeAt })
    }
    for (const task of tasks) this.$tasks.remove(task)
  }

  /** The loop is quiet: report errors that nobody has read for a long time, or that nobody can read any more. @internal */
  protected $lookAtUnread(): void { this.$tellOfUnread(this.$unread.sweep(this.time(), lastWordsOf)) }

  /** Report the oldest errors that nobody has read. The latest `kept` of them stay. @internal */
  $tellOfUnread(kept: number): void {
    for (const report of this.$unread.take(this.$unread.size - kept, reportOfUnread)) this.callExceptionHandler(report)
  }

  /** Code that drives the loop instead of its host can tell which objects the engine has collected. @internal */
  $askHost(host: Pick<Host, 'collection'> | null): void { this.$unread.askHost(host, report => { this.callExceptionHandler(report) }) }

  /** End these tasks, and everything that belongs to an owner, as if it all belonged to one owner. */
  private $endAll(tasks: readonly Task[]): void {
    if (tasks.length === 0 && this.$watchedOwners.size === 0) return
    const all = new Owner(this, 'the loop', { onError: (exception, task) => {
      this.callExceptionHandler({ message: 'unhandled exception while the loop was closed', exception, task })
    } })
    for (const task of tasks) all.$take(task)
    for (const owner of this.$watchedOwners) all.$takeOwner(owner as Owner)
    all.close()
  }

  /** @internal */
  protected $giveFrameTurns(count: number, meter: { ran: number }): void { giveFrameTurns(this, count, meter) }

  /** @internal */
  $currentWaiter(): LoopWaiter { return currentWaiter(this) }

  /** @internal */
  get $taskOfTurn(): object | null {
    const waiter = whoseTurn()
    return waiter instanceof Task ? waiter : null
  }

  /** @internal */
  protected *$waitingStacks(): Iterable<Stack> {
    for (const task of tasksOf(this)) {
      const fiber = parkedFiberOf(task)
      if (fiber !== null && fiber.$parkedAt !== BARE_YIELD) yield fiber
    }
  }

  /** The error for a loop that nothing can wake any more, with a report of all tasks. @internal */
  $deadlock(): Error {
    const report = this.report()
    return new DeadlockError(formatReport(report) + this.$outsideStandsStill(), report)
  }

  /** The advice when tasks wait for something outside, while the thread is blocked. */
  private $outsideStandsStill(): string {
    const { $insteadOfBlocking: instead } = this.$host
    if (instead === undefined || this.$attached || !tasksOf(this).some(waitsForOutside)) return ''
    return '\nWhile run() blocks, setTimeout, fetch and promises stand still: nothing outside can end this wait. ' +
      `Wait with yield* sleep(ms), or ${instead}`
  }
}

/** Does the task wait for something that no task is known to end: a plain future, or a `suspend()`? */
function waitsForOutside({ $wait: wait }: Task): boolean {
  return wait !== null && (Object.getPrototypeOf(wait) === Future.prototype || (wait as { readonly $isFromOutside?: boolean }).$isFromOutside === true)
}
