import { checkedFunction } from '../base/checked.ts'
import { describe } from '../base/describe.ts'
import { ArgumentError } from '../base/errors.ts'
import { isFatal } from '../base/task-errors.ts'
import { refuseGeneratorFunction } from '../generator/plain-function.ts'
import { refuseCoroutine } from '../generator/unrun.ts'
import { backFromPlainCode, leaveForPlainCode } from '../greenlet/fiber.ts'
import { CallbackQueue } from './callbacks.ts'
import { type ExceptionContext, type Logger, contextOf, formatContext } from './exception-context.ts'
import type { Host } from './host.ts'
import { showWay } from '../base/way.ts'

/** A function that gets the reports of a loop. */
export type ExceptionHandler = (loop: ReportingLoop, context: ExceptionContext) => void

/** The options of a loop. */
export interface LoopOptions {
  /** The source of the time, and the way to wait. */
  readonly host: Host
  /** Debug mode: the loop reports slow callbacks, slow turns, forgotten coroutines and swallowed cancellations. It is slower. */
  readonly debug: boolean
  /** Writes the reports of the default exception handler. */
  readonly logger: Logger
}

/** The part of a loop that reports errors that nobody handles (rule 4). */
export abstract class ReportingLoop extends CallbackQueue {
  /** In debug mode, callbacks that take longer than this are reported. The unit is milliseconds. */
  slowCallbackDuration = 100
  /** In debug mode, turns of the loop that take longer than this are reported. The unit is milliseconds. */
  slowTurnDuration = 1000
  /** @internal */
  protected $debug: boolean
  private readonly $logger: Logger
  private $handler: ExceptionHandler | null = null

  constructor({ host, debug, logger }: LoopOptions) {
    super(host)
    this.$debug = debug
    this.$logger = checkedFunction('EventLoop({ logger })', logger)
  }

  /** @returns whether the loop is in debug mode (Python's `get_debug()`). */
  getDebug(): boolean { return this.$debug }

  /** Turn debug mode on or off (Python's `set_debug()`). @param debug true for on. */
  setDebug(debug: boolean): void { this.$debug = debug }

  /** @returns what `setExceptionHandler()` was given; `null` when the default is in use (Python's `get_exception_handler()`). */
  getExceptionHandler(): ExceptionHandler | null { return this.$handler }

  /** Choose the function that gets the reports of this loop; `null` for the default handler. @throws TypeError when it is neither. */
  setExceptionHandler(handler: ExceptionHandler | null): void {
    refuseGeneratorFunction('setExceptionHandler()', handler)
    if (handler !== null && typeof handler !== 'function') {
      throw new ArgumentError(`setExceptionHandler() takes a function or null, not ${describe(handler)}`)
    }
    this.$handler = handler
  }

  /** Write a report to the logger. */
  defaultExceptionHandler(context: ExceptionContext): void {
    checkReport('defaultExceptionHandler()', context)
    this.$log(formatContext(context))
  }

  /**
   * Give a report to the exception handler, or to the default one. It runs in the context of the task, the future or the handle in
   * the report. An error of the handler goes to the default handler (rule 4).
   */
  callExceptionHandler(context: ExceptionContext): void {
    checkReport('callExceptionHandler()', context)
    showWay(context.exception)
    const handler: ((...args: Parameters<ExceptionHandler>) => unknown) | null = this.$handler
    if (handler === null) {
      this.$callDefaultHandler(context)
      return
    }
    try {
      const variables = contextOf(context)
      refuseCoroutine(variables === null ? handler(this, context) : variables.run(handler, this, context), 'the exception handler')
    } catch (error) {
      if (isFatal(error)) throw error
      this.$callDefaultHandler({ message: 'Unhandled error in exception handler', exception: error, context })
    }
  }

  /** In debug mode: report something that has taken longer than `limit` milliseconds since `start`. @internal */
  protected $reportIfSlow(start: number, limit: number, what: () => ExceptionContext): void {
    const took = this.$host.now() - start
    if (took < limit) return
    leaveForPlainCode()
    try {
      const context = what()
      this.callExceptionHandler({ ...context, message: `${context.message} took ${took.toFixed(0)} ms` })
    } finally {
      backFromPlainCode()
    }
  }

  /** Write to the logger. @internal */
  $log(text: string): void { this.$logger(text) }

  private $callDefaultHandler(context: ExceptionContext): void {
    try {
      this.defaultExceptionHandler(context)
    } catch (error) {
      if (isFatal(error)) throw error
      this.$log(`Exception in default exception handler while handling: ${context.message}\n${String(error)}`)
    }
  }
}

function checkReport(method: string, context: unknown): void {
  if (typeof (context as Partial<ExceptionContext> | null | undefined)?.message === 'string') return
  throw new ArgumentError(`${method} takes a report, not ${describe(context)}. Write { message: 'what happened', exception: error }`, 'NOT_A_REPORT')
}
