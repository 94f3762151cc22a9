import { describe } from '../base/describe.ts'
import { ArgumentError, RuntimeError } from '../base/errors.ts'
import { checkOptions } from '../base/options.ts'
import { type BlockedTask, DeadlockError, isFatal } from '../base/task-errors.ts'
import type { Frame } from '../generator/frame.ts'
import type { Awaitable, Coroutine } from '../generator/types.ts'
import { type Scheduler, whoseTurn } from '../greenlet/fiber.ts'
import { BlockingHost } from '../host/blocking-host.ts'
import { consoleLogger } from '../host/console-logger.ts'
import type { ExceptionContext } from '../loop/exception-context.ts'
import { throwIfNested } from '../loop/loop.ts'
import type { ExceptionHandler, LoopOptions } from '../loop/reports.ts'
import { Owner, type OwnerOptions } from './owner/owner.ts'
import { ensureFutureIn } from './ensure-future.ts'
import { Future } from './future.ts'
import { nobody } from './listeners.ts'
import { Gathering } from './gathering.ts'
import { formatReport, reportOf } from './report.ts'
import { HostedLoop } from './hosted-loop.ts'
import { Task, tasksOf } from './task.ts'
import { Settings, type TaskOptions } from './task-options.ts'
import { loopScheduler } from './pass-turn.ts'
import { type LoopWaiter, currentWaiter, parkedFiberOf } from './waiter.ts'
import { BARE_YIELD } from './waits.ts'
import type { Stack } from '../generator/stack.ts'

/** Makes the tasks of a loop, in the place of `new Task(coroutine, options)`. */
export type TaskFactory = <T>(loop: EventLoop, coroutine: Awaitable<T>, options: TaskOptions) => Task<T>

/** An asynchronous generator, seen from below. */
export interface AsyncGeneratorLike {
  aclose(): Coroutine<void>
  toString(): string
}

const EVENT_LOOP = { call: 'new EventLoop({ host: new VirtualHost() })', names: ['host', 'debug', 'logger'] }
const NO_OPTIONS: Omit<TaskOptions, 'loop'> = {}

/**
 * Runs callbacks, timers and tasks, one after the other, in the caller's thread: `runUntilComplete()`, `runForever()`
 * and `tick()` return when they are done (Python's `asyncio` event loop).
 */
export class EventLoop extends HostedLoop {
  /** @internal */
  protected readonly $scheduler: Scheduler = loopScheduler
  private $taskFactory: TaskFactory | null = null
  private readonly $plainOptions = new Settings({ loop: this })
  /** The asynchronous generators that have begun and are not over. @internal */
  readonly $generators = new Set<AsyncGeneratorLike>()
  private $generatorsShutDown = false

  /**
   * @param options.host where time comes from: a `BlockingHost` by default, which waits in real time.
   * @param options.logger where the reports of the default exception handler go: the console by default, if there is one.
   */
  constructor(options: Partial<LoopOptions> = {}) {
    checkOptions(options, EVENT_LOOP)
    super({ host: options.host ?? new BlockingHost(), debug: options.debug ?? false, logger: options.logger ?? consoleLogger })
  }

  /** A future of this loop. */
  createFuture<T = unknown>(): Future<T> { return new Future<T>({ loop: this }) }

  /**
   * Run a coroutine side by side with the others, from the next turn on. With a task factory it is that which makes the
   * task.
   * @throws TypeError when it is no coroutine; RuntimeError when the loop is closed.
   */
  createTask<T>(coroutine: Awaitable<T>, options: Omit<TaskOptions, 'loop'> = NO_OPTIONS): Task<T> {
    if (this.$taskFactory !== null) return this.$makeTask(this.$taskFactory, coroutine, options)
    return new Task<T>(coroutine, options === NO_OPTIONS ? this.$plainOptions : new Settings(options, this))
  }

  private $makeTask<T>(factory: TaskFactory, coroutine: Awaitable<T>, options: Omit<TaskOptions, 'loop'>): Task<T> {
    this.$throwIfClosed()
    return factory(this, coroutine, { ...options, loop: this })
  }

  /**
   * Somebody to whom scripts belong: they stand still when it is paused, and end when it is closed.
   * @param name for reports.
   */
  owner(name: string, options: OwnerOptions = {}): Owner { return new Owner(this, name, options) }

  getTaskFactory(): TaskFactory | null { return this.$taskFactory }

  /** @param factory what makes the tasks; `null` for `new Task(coroutine, options)`. */
  setTaskFactory(factory: TaskFactory | null): void {
    if (factory !== null && typeof factory !== 'function') {
      throw new ArgumentError(`setTaskFactory() takes a function or null, not ${describe(factory)}`)
    }
    this.$taskFactory = factory
  }

  /** Close the asynchronous generators that are still open, side by side. `run()` does it at its end. */
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

  /** As `gather()`, which stands above. */
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

  /** An asynchronous generator is asked for the first time. @internal */
  $noteGenerator(asyncgen: AsyncGeneratorLike): void {
    this.$generators.add(asyncgen)
    if (!this.$generatorsShutDown) return
    const message = `asynchronous generator ${asyncgen.toString()} was scheduled after shutdownAsyncGenerators()`
    this.callExceptionHandler({ message, asyncgen })
  }

  /**
   * Run until the awaitable is done; the caller is blocked meanwhile.
   * @returns its result.
   * @throws the error it ends with; DeadlockError when nothing is left that could wake the loop; RuntimeError when the loop
   * is stopped before, is closed, or another one runs.
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

  override setExceptionHandler(handler: ((loop: EventLoop, context: ExceptionContext) => void) | null): void {
    super.setExceptionHandler(handler as ExceptionHandler | null)
  }

  /** Every task that is not done: its name, what it waits for, and the frames where. */
  report(): BlockedTask[] { return reportOf(tasksOf(this)) }

  /**
   * What never ended, and what was never read, is reported to the exception handler; then everything is dropped. A loop that is
   * driven by `tick()` or `frame()` ends what still waits before, so that every `finally` runs, as when an owner is closed, and the
   * scripts of owners are not reported; one that is run does not, as in asyncio. Closing twice does nothing.
   * @throws RuntimeError while it runs.
   */
  override close(): void {
    const tasks = tasksOf(this)
    const pending = this.$isTicked ? tasks.filter(task => task.$owner === null) : tasks
    if (this.$isTicked && tasks.length > 0 && !this.isRunning()) this.$endAll()
    super.close()
    for (const task of pending) {
      this.callExceptionHandler({ message: 'Task was destroyed but it is pending!', task })
    }
    this.$tellOfUnread(0)
    for (const coroutine of this.$unawaited.take()) {
      this.callExceptionHandler({ message: `coroutine '${(coroutine as Frame).name}' was never awaited`, coroutine })
    }
    for (const task of tasks) this.$tasks.remove(task)
  }

  /** @internal */
  protected $tellOfUnread(kept: number): void {
    let count = this.$unread.size - kept
    for (const future of Array.from(this.$unread) as Future[]) {
      if (count-- <= 0) break
      const exception = future.exception() // which is to read it
      this.callExceptionHandler({ message: `${future.constructor.name} exception was never retrieved`, exception, future })
    }
  }

  /** End what still waits, as if it all belonged to one owner. */
  private $endAll(): void {
    const all = new Owner(this, 'the loop', { onError: (exception, task) => {
      this.callExceptionHandler({ message: 'unhandled exception while the loop was closed', exception, task })
    } })
    for (const task of tasksOf(this)) all.$take(task)
    all.close()
  }

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

  /** @internal */
  $deadlock(): Error {
    const report = this.report()
    return new DeadlockError(formatReport(report) + this.$outsideStandsStill(), report)
  }

  /** The advice for who waits for something outside while the thread is blocked. */
  private $outsideStandsStill(): string {
    if (!(this.$host instanceof BlockingHost) || !tasksOf(this).some(waitsForOutside)) return ''
    return '\nWhile run() blocks, setTimeout, fetch and promises stand still: nothing outside can end this wait. ' +
      'Wait with yield* sleep(ms), or drive the loop by tick()'
  }
}

/** Does it wait for what no task is known to end: a plain future, or a `suspend()`? */
function waitsForOutside({ $wait: wait }: Task): boolean {
  return wait !== null && (Object.getPrototypeOf(wait) === Future.prototype || wait.toString() === 'a suspend()')
}
