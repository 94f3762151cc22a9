import { CancelledError, ExceptionGroup, StopIteration } from '../../lib/index.ts'

/** How many statements a program may do. */
const LIMIT = 250

/** The messages that are a promise. Others are worded for each language; those of a program are e and a number. */
const PROMISED = new Set([
  'generator already executing',
  'generator ignored GeneratorExit',
  'generator raised StopIteration',
  'Lock is not acquired.',
  'BoundedSemaphore released too many times',
  'task_done() called too many times',
  'Barrier aborted',
  'Abort or reset of barrier',
  'unhandled errors in a TaskGroup',
  'async generator ignored GeneratorExit',
  'athrow(): asynchronous generator is already running',
  'aclose(): asynchronous generator is already running',
])

/** What a program logs, and how much it may do; the twin of `trace_log.py`. */
export class Trace {
  readonly lines: string[] = []
  steps = 0
  private readonly names = new WeakMap<object, string>()

  /** Count a step. @returns false when there were too many: then everything ends, and nothing is logged any more. */
  step(): boolean {
    if (this.steps === LIMIT) this.write('too many steps')
    this.steps++
    return this.steps <= LIMIT
  }

  write(...words: unknown[]): void {
    if (this.steps <= LIMIT) this.lines.push(words.map(word => this.show(word)).join(' '))
  }

  /** Give an object the name that it is logged by. */
  name<T extends object>(thing: T, name: string): T {
    this.names.set(thing, name)
    return thing
  }

  /** One way to print a value, the same in both languages. */
  show(value: unknown): string {
    if (value === undefined || value === null) return 'None'
    if (value === true) return 'True'
    if (value === false) return 'False'
    if (Array.isArray(value)) return `[${value.map(item => this.show(item)).join(', ')}]`
    if (value instanceof Error) return this.showError(value)
    return typeof value === 'object' ? this.names.get(value) ?? 'something' : `${value as string | number}`
  }

  private showError(error: Error): string {
    const name = error.name === 'Error' ? error.constructor.name : error.name
    const said = PROMISED.has(error.message) || /^e\d+$/.test(error.message) ? error.message : ''
    const { cause } = error as { cause?: unknown }
    // An ExitStack notes as a cause what Python notes as a context. So only those count that have a cause of their own in Python, too.
    const isMeant = cause instanceof StopIteration || (cause instanceof CancelledError && name === 'TimeoutError' && said === '')
    const inside = error instanceof ExceptionGroup ? ` of ${this.show(error.errors)}` : ''
    return `${name}(${said})${inside}${isMeant ? ` from ${this.show(cause)}` : ''}`
  }
}
