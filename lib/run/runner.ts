/// <reference lib="esnext.disposable" preserve="true" />
import { adviceFor } from '../base/advice.ts'
import { describe } from '../base/describe.ts'
import { ArgumentError, RuntimeError, ValueError } from '../base/errors.ts'
import { KeyboardInterrupt, isCancelled, isFatal } from '../base/task-errors.ts'
import { dispose } from '../base/dispose.ts'
import { INSPECT } from '../base/inspect.ts'
import { checkOptions } from '../base/options.ts'
import { showWay } from '../base/way.ts'
import { Context } from '../context/context.ts'
import { copyContext } from '../context/context-var.ts'
import { isCoroutine } from '../generator/coroutine.ts'
import type { Awaitable, Coroutine } from '../generator/types.ts'
import type { Host } from '../loop/host.ts'
import { running } from '../loop/loop.ts'
import { ensureFutureIn, isAwaitable, notAwaitable } from '../task/ensure-future.ts'
import { EventLoop } from '../task/event-loop.ts'
import { isFuture } from '../task/future.ts'
import { newEventLoop, setEventLoop } from '../task/loops.ts'
import { Interrupts } from './interrupts.ts'
import { endLeftovers } from './leftovers.ts'

/** The options of `run()` and `new Runner()`. */
export interface RunnerOptions {
  /** Where time comes from. Without it, the event loop policy makes the loop. It cannot be given together with `loopFactory`. */
  readonly host?: Host
  /** Turn debug mode on or off. */
  readonly debug?: boolean
  /** Makes the loop. */
  readonly loopFactory?: () => EventLoop
}

const RUNNER = { call: 'run(main(), { host: new VirtualHost() })', names: ['host', 'debug', 'loopFactory'] }
const RUNNER_RUN = { call: 'runner.run(main(), { context })', names: ['context'] }

/**
 * Runs coroutines one after the other, in one loop and one context: `using runner = new Runner()`. It is Python's `asyncio.Runner`
 * (rule 22).
 */
export class Runner {
  private $loop: EventLoop | null = null
  private $context: Context | null = null
  private $closed = false
  /** Has the last main task come to its end? */
  private $hasEnded = true

  /** @throws TypeError when an option is wrong, or when both `host` and `loopFactory` are given. */
  constructor(private readonly $options: RunnerOptions = {}) {
    checkOptions($options, RUNNER)
    if ($options.loopFactory !== undefined && $options.host !== undefined) {
      throw new ArgumentError('host and loopFactory exclude each other. Write loopFactory: () => new EventLoop({ host })')
    }
  }

  /** The loop. It is made at the first call. @throws RuntimeError when the runner is closed. */
  getLoop(): EventLoop {
    if (this.$closed) throw new RuntimeError('Runner is closed', { code: 'RUNNER_CLOSED' })
    if (this.$loop === null) {
      const { host, debug, loopFactory } = this.$options
      this.$loop = loopFactory?.() ?? (host === undefined ? this.$newLoop() : new EventLoop({ host }))
      if (debug !== undefined) this.$loop.setDebug(debug)
      if (loopFactory === undefined) setEventLoop(this.$loop)
      this.$context = copyContext()
    }
    return this.$loop
  }

  /**
   * Run a coroutine until it is done.
   * @param options.context the context of the coroutine; by default the one context of the runner.
   * @returns the result of the coroutine.
   * @throws the error of the coroutine; RuntimeError when a loop runs already, or the runner is closed; TypeError when `main`
   * cannot be awaited.
   */
  run<T>(main: Awaitable<T>, options: { readonly context?: Context } = {}): T {
    if (typeof main === 'function') {
      throw new ArgumentError(`a coroutine was expected, got ${adviceFor(main, 'run(…)')}`, 'NOT_A_COROUTINE')
    }
    if (!isAwaitable(main)) throw notAwaitable(main, 'run(…)')
    if (running.loop !== null) {
      throw new RuntimeError('run() cannot be called from a running event loop. In a coroutine, write yield* main(); in a callback, createTask(main())', { code: 'LOOP_RUNNING' })
    }
    checkOptions(options, RUNNER_RUN)
    const loop = this.getLoop()
    const { context = this.$context } = options
    if (!(context instanceof Context)) throw new ArgumentError(`run({ context }) takes a Context, not ${describe(context)}`, 'NOT_A_CONTEXT')
    if (isFuture(main) && main.getLoop() !== loop) {
      throw new ValueError(`${main.toString()} belongs to another loop, and run() makes its own. Make it in a coroutine: ` +
        'run(main()), and in main yield* gather([...])', { code: 'OTHER_LOOP' })
    }
    const task = isCoroutine(main) ? loop.createTask<T>(main, { context }) : ensureFutureIn(loop, main)
    loop.$main = task
    this.$hasEnded = false
    const interrupts = new Interrupts(task)
    const takeBack = loop.$onInterrupt(() => { interrupts.told() })
    try {
      return loop.runUntilComplete(task)
    } catch (error) {
      if (interrupts.claims(error)) throw new KeyboardInterrupt('', { cause: error })
      if (isCancelled(error)) showWay(error) // JavaScript has captured no stack
      throw error
    } finally {
      takeBack()
      loop.$main = null
      this.$hasEnded = task.done()
    }
  }

  /** Cancel the tasks that are left, wait for their end, and close the loop. Errors on the way are reported to the exception handler. */
  close(): void {
    const loop = this.$loop
    this.$closed = true
    if (loop === null) return
    this.$loop = null
    try {
      endLeftovers(loop, this.$hasEnded)
      loop.runUntilComplete(loop.shutdownAsyncGenerators())
      loop.runUntilComplete(loop.shutdownDefaultExecutor())
    } catch (exception) {
      if (isFatal(exception)) throw exception
      loop.callExceptionHandler({ message: 'unhandled exception during run() shutdown', exception })
    } finally {
      if (this.$options.loopFactory === undefined) setEventLoop(null)
      loop.close()
    }
  }

  /** `yield* use(new Runner(), body)` of a greenlet, where no loop runs: the loop is made. @throws RuntimeError when the runner is closed. */
  *enter(): Coroutine<this> {
    this.getLoop()
    return this
  }

  /** The runner is closed at the end of the block. */
  *exit(): Coroutine<void> { this.close() }

  /** @returns the loop and the state of the runner, in words. */
  toString(): string { return `<Runner loop=${String(this.$loop)}${this.$closed ? ' closed' : ''}>` }

  /** @internal */
  [INSPECT](): string { return this.toString() }

  /** Make the loop when neither a host nor a factory is given. @internal */
  protected $newLoop(): EventLoop { return newEventLoop() }

  /** `using runner = new Runner()` closes it at the end of the block. */
  [dispose](): void { this.close() }
}

/** Run one coroutine, and close the runner. @returns the result of the coroutine. */
export function runAndClose<T>(runner: Runner, main: Awaitable<T>): T {
  try {
    return runner.run(main)
  } finally {
    runner.close()
  }
}
