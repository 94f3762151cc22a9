import { INSPECT } from '../base/inspect.ts'
import { showWay } from '../base/way.ts'
import type { Context } from '../context/context.ts'
import type { ExceptionContext } from '../loop/exception-context.ts'
import type { Future } from './future.ts'
import { Task } from './task.ts'

/** The report of an error that nobody has read. */
export function reportOfUnread(future: object): ExceptionContext { return { ...about(future as Future), future } }

/** The same for when the future is gone. Nothing in it may hold on to the future. */
export function lastWordsOf(future: object): ExceptionContext {
  const report = about(future as Future)
  showWay(report.exception) // the note of the way has the tasks
  return { ...report, future: new LostFuture(future as Future) }
}

function about(future: Future): ExceptionContext {
  return { message: `${future.$kind} exception was never retrieved`, exception: future.$error }
}

/** Stands in a report for a future that is gone. */
class LostFuture {
  private readonly words: string
  private readonly context: Context | null

  constructor(future: Future) {
    this.words = future.toString()
    this.context = future instanceof Task ? future.getContext() : null
  }

  getContext(): Context | null { return this.context }

  toString(): string { return this.words }

  /** @internal */
  [INSPECT](): string { return this.words }
}
