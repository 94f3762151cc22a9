/** Context managers for exit stacks; the twin of `managers.py`. */
import { type ContextManager, type Coroutine, ExitStack, use } from '../../../../lib/index.ts'
import type { Log } from '../../programs.ts'

export interface ManagerOptions { readonly swallows?: boolean, readonly error?: Error }

/** Logs how it is entered and left. It may swallow the error that it is told, or raise one itself. */
export class Manager implements ContextManager<string> {
  constructor(
    private readonly log: Log,
    readonly name: string,
    private readonly options: ManagerOptions = {},
  ) {}

  *enter(): Coroutine<string> {
    this.log('enter', this.name)
    return this.name
  }

  *exit(error?: unknown): Coroutine<boolean> {
    this.log('exit', this.name, error)
    if (this.options.error !== undefined) throw this.options.error
    return this.options.swallows === true
  }
}

/** Python's `async with AsyncExitStack() as stack`. */
export function withStack<T>(body: (stack: ExitStack) => Coroutine<T>): Coroutine<T | undefined> {
  return use(new ExitStack(), body)
}
