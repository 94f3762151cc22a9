import { describe } from '../base/describe.ts'
import { ArgumentError, RuntimeError } from '../base/errors.ts'
import type { FrameView } from '../generator/watch.ts'
import { currentTask } from '../task/create-task.ts'
import { Future } from '../task/future.ts'
import { Task } from '../task/task.ts'

/** How far up the story goes. */
const LEVELS = 1000

/** A future, and who waits for it (Python 3.14's `FutureCallGraph`). */
export interface CallGraph {
  readonly future: Future
  /** Of a task: the frames it waits in, outermost first. */
  readonly callStack: readonly FrameView[]
  readonly awaitedBy: readonly CallGraph[]
  /** It stands below already: they wait for each other. Who waits for it is not told twice. */
  readonly circular: boolean
  /** It stands elsewhere already, and who waits for it is told there. */
  readonly repeated: boolean
}

/**
 * Who waits for a future, and who for those, up to the tasks for which nobody waits, or a thousand levels (Python's
 * `capture_call_graph`). What stands in several places is told in the first.
 * @param future the current task by default.
 * @throws RuntimeError when there is no current task.
 */
export function captureCallGraph(future?: Future | null): CallGraph {
  const subject = future ?? currentTask()
  if (subject instanceof Future) return capture(subject, new Set(), new Set())
  if ((subject as unknown) !== null) {
    throw new ArgumentError(`captureCallGraph() takes a future, not ${describe(subject)}`, 'NOT_A_FUTURE')
  }
  throw new RuntimeError('there is no current task. Write captureCallGraph(task)', { code: 'NO_TASK' })
}

function capture(future: Future, below: Set<Future>, told: Set<Future>): CallGraph {
  const callStack = future instanceof Task ? future.getStack() : []
  const circular = below.has(future)
  const repeated = !circular && told.has(future)
  if (circular || repeated || below.size + 1 === LEVELS) return { future, callStack, awaitedBy: [], circular, repeated }
  below.add(future)
  told.add(future)
  const awaitedBy = future.$awaitedBy.map(waiter => capture(waiter, below, told))
  below.delete(future)
  return { future, callStack, awaitedBy, circular, repeated }
}

/** The same in words, indented: a star for each future, its frames, the innermost first, and then who waits for it. */
export function formatCallGraph(future?: Future | null): string { return textOf(captureCallGraph(future)) }

/** Write `formatCallGraph()`: to `print`, by default through the loop's logger. */
export function printCallGraph(future?: Future | null, print?: (text: string) => void): void {
  const graph = captureCallGraph(future)
  const text = textOf(graph)
  if (print === undefined) graph.future.$loop.$log(text)
  else print(text)
}

function textOf(graph: CallGraph): string { return write(graph, '', []).join('\n') }

/** Add the lines of a graph, each behind an indent, to those that are there. */
function write(graph: CallGraph, indent: string, lines: string[]): string[] {
  const { future, callStack, awaitedBy, circular, repeated } = graph
  const name = `${indent}* ${future.constructor.name}${future instanceof Task ? ` '${future.getName()}'` : ''}`
  if (circular) lines.push(`${name}, and so round in a circle`)
  else if (repeated) lines.push(`${name}, told above`)
  else lines.push(name)
  if (circular || repeated) return lines
  if (callStack.length > 0) lines.push(`${indent}  + Call stack:`)
  for (let i = callStack.length - 1; i >= 0; i--) lines.push(`${indent}  |   ${(callStack[i] as FrameView).name}`)
  if (awaitedBy.length > 0) lines.push(`${indent}  + Awaited by:`)
  for (const waiter of awaitedBy) write(waiter, `${indent}     `, lines)
  return lines
}
