import {
  type Awaitable, BaseException, type Context, ContextVar, type Coroutine, EventLoop, type ExceptionContext, type Handle, Task,
  type Timeout, type Token, type Trap, VirtualHost, allTasks, copyContext, currentTask, ensureFuture, getRunningLoop,
} from '../../../lib/index.ts'
import { type ErrorName, errors } from '../errors.ts'
import type { PrimitiveAwaitable, PrimitiveOperation, PrimitiveStatement } from '../primitives/language.ts'
import type { Trace } from '../trace.ts'
import type { Block } from '../trying.ts'
import type { CallBack, ContextOf, Operation, PlainOperation, Program, Reference, Statement } from './programs.ts'
import { Things, nthLast } from './things.ts'

type Callback = (...args: unknown[]) => void

/** The results of gathers of gathers of the same double with each level. */
const DEEPEST_LIST = 5

/** What can be done to the things of a program without waiting. */
export class World {
  readonly host = new VirtualHost()
  readonly loop = new EventLoop({ host: this.host })
  readonly things: Things
  readonly timeouts: Timeout[] = []
  /** The statements that it came to. */
  readonly reached = new Set<Statement>()
  /** Each `try` and `with` that was entered: how often has its `finally` run? */
  readonly entered: { cleanups: number }[] = []
  private readonly variable = new ContextVar<unknown>('variable', { default: 'unset' })
  private readonly shared = copyContext()
  private readonly callbacks: Callback[] = []
  private readonly registrations: (() => unknown)[] = []
  private readonly handles: Handle[] = []
  private readonly tokens: Token<unknown>[] = []
  private named = 0

  constructor(
    readonly program: Program, readonly trace: Trace, body: (world: World, statements: readonly Statement[]) => Coroutine<unknown>,
  ) {
    this.things = new Things(this.loop, program, trace, statements => body(this, statements), thing => this.makeOther(thing))
    this.loop.setExceptionHandler((_loop, context) => { this.report(context) })
    this.shared.run(() => this.variable.set('shared'))
  }

  /** Log the time, whose turn it is, and the words. */
  write(...words: unknown[]): void {
    this.trace.write(this.loop.time(), this.turn(), ...words.map(word => this.plain(word)))
  }

  /** The name of the task that runs. */
  turn(): string {
    try {
      getRunningLoop()
    } catch {
      return 'host'
    }
    return currentTask()?.getName() ?? 'loop'
  }

  /** Be told what no task and no caller is told. Messages are worded for each language. */
  report(context: ExceptionContext): void {
    if (context['asyncgen'] !== undefined && context.exception === undefined) return // a ResourceWarning in Python
    const keys = Object.keys(context).filter(key => key !== 'message').sort()
    this.write('report', keys, context.task ?? context.future, context.exception, this.variable.get())
  }

  enter(): { cleanups: number } {
    const scope = { cleanups: 0 }
    this.entered.push(scope)
    return scope
  }

  /** Count a step. @returns false when there were too many. */
  begin(statement: Statement): boolean {
    this.reached.add(statement)
    return this.trace.step()
  }

  /** Do it, and log what comes of it. */
  operate(operation: Operation): void {
    try {
      this.write(operation.op, this.perform(operation))
    } catch (error) {
      this.write(operation.op, 'raises', error)
      if (goesOn(operation, error)) throw error
    }
  }

  private perform(operation: PlainOperation): unknown {
    const { things } = this
    switch (operation.op) {
      case 'task': {
        const eager = this.program.eager || operation.start === 'eager'
        // To begin in a context in which something else is running is an error in Python, and here it is not.
        return things.makeTask(things.make(operation.call), eager, eager ? undefined : this.context(operation))
      }
      case 'start': return ensureFuture(things.make(operation.of))
      case 'cancel': return things.toCancel(operation.of).cancel(...operation.message ? [this.message()] : [])
      case 'uncancel': return this.ifTask(operation.of, task => task.uncancel())
      case 'cancelling': return this.ifTask(operation.of, task => task.cancelling())
      case 'done': return things.at(operation.of).done()
      case 'cancelled': return things.at(operation.of).cancelled()
      case 'result': return things.at(operation.of).result()
      case 'exception': return things.at(operation.of).exception()
      case 'set_result':
        things.toSet(operation.of).setResult(operation.value)
        return 'set'
      case 'set_exception':
        things.toSet(operation.of).setException(this.error(operation.error))
        return 'set'
      case 'add_done_callback': {
        const callback = this.callback(operation.does)
        this.callbacks.push(callback)
        return this.register(operation.of, callback, this.context(operation))
      }
      case 'add_again': {
        const callback = nthLast(this.callbacks, operation.at)
        return callback === undefined ? 'no callback' : this.register(operation.of, callback, undefined)
      }
      case 'remove_done_callback': return nthLast(this.registrations, operation.at)?.() ?? 'no callback'
      case 'call': return this.handles.push(this.callBack(operation))
      case 'cancel_handle': {
        const handle = nthLast(this.handles, operation.at)
        if (handle === undefined) return 'no handle'
        const before = handle.cancelled()
        handle.cancel()
        return [before, handle.cancelled()]
      }
      case 'reschedule': {
        const scope = nthLast(this.timeouts, operation.at)
        if (scope === undefined) return 'no timeout'
        scope.reschedule(operation.ms === null ? null : this.loop.time() + operation.ms)
        return scope.when()
      }
      case 'expired': {
        const scope = nthLast(this.timeouts, operation.at)
        return scope === undefined ? 'no timeout' : [scope.when(), scope.expired()]
      }
      case 'set_variable':
        this.tokens.push(this.variable.set(operation.value))
        return 'set'
      case 'reset_variable': {
        const token = nthLast(this.tokens, operation.at)
        if (token === undefined) return 'no token'
        this.variable.reset(token)
        return 'reset'
      }
      case 'get_variable': return this.variable.get()
      case 'look': return [currentTask(), [...allTasks()]]
      case 'stop':
        this.loop.stop()
        return 'stopped'
      case 'raise': throw this.error(operation.error)
      default: return this.performOther(operation)
    }
  }

  // What `primitives/` adds to the language.

  executeOther(statement: PrimitiveStatement): Block<Trap> { throw unknown(statement) }

  protected makeOther(thing: PrimitiveAwaitable): Awaitable<unknown> { throw unknown(thing) }

  protected performOther(operation: PrimitiveOperation): unknown { throw unknown(operation) }

  private register(of: Reference, callback: Callback, context: Context | undefined): unknown {
    const future = this.things.at(of)
    future.addDoneCallback(callback, context === undefined ? {} : { context })
    this.registrations.push(() => [future, future.removeDoneCallback(callback)])
    return future
  }

  private callBack(operation: CallBack): Handle {
    const callback = this.callback(operation.does)
    const context = this.context(operation)
    const loop = context === undefined ? this.loop : this.loop.withContext(context)
    switch (operation.when) {
      case 'soon': return loop.callSoon(callback)
      case 'later': return loop.callLater(operation.ms, callback)
      case 'at': return loop.callAt(operation.ms, callback)
    }
  }

  protected callback(does: readonly Operation[]): Callback {
    const name = `c${this.named++}`
    return (...args) => {
      this.write(name, 'called', ...args)
      for (const operation of does) {
        if (!this.begin(operation)) return
        this.operate(operation)
      }
    }
  }

  private ifTask(reference: Reference, use: (task: Task) => unknown): unknown {
    const future = this.things.at(reference)
    return future instanceof Task ? use(future) : 'no task'
  }

  protected context({ context }: { readonly context: ContextOf }): Context | undefined {
    return context === 'shared' ? this.shared : undefined
  }

  protected error(name: ErrorName): Error { return new errors[name](this.message()) }

  private message(): string { return `e${this.trace.steps}` }

  /** A task that begins at once is shown before there is time to tell the trace its name. */
  private plain(word: unknown, depth = 0): unknown {
    if (word instanceof Task) return word.getName()
    if (!Array.isArray(word) && !(word instanceof Set)) return word
    return depth === DEEPEST_LIST ? 'a list' : Array.from(word, item => this.plain(item, depth + 1))
  }
}

function unknown(word: object): Error { return new Error(`not in this language: ${JSON.stringify(word)}`) }

/** Does an error go further? */
export function goesOn({ quiet }: { readonly quiet: boolean }, error: unknown): boolean {
  return !quiet || error instanceof BaseException
}
