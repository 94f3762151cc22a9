import { describe } from '../base/describe.ts'
import { ArgumentError, RuntimeError } from '../base/errors.ts'
import { checkedPlain } from '../generator/plain-function.ts'
import type { FrameView } from '../generator/watch.ts'
import { currentTask } from '../task/current-task.ts'
import { Future } from '../task/future.ts'
import { Task } from '../task/task.ts'

/** How many levels are shown at most. */
const LEVELS = 1000

/** A future, and who waits for it (Python 3.14's `FutureCallGraph`). */
export interface CallGraph {
  /** The future or the task. */
  readonly future: Future
  /** If it is a task, the frames that it waits in, outermost first. */
  readonly callStack: readonly FrameView[]
  /** Those that wait for it (Python's `awaited_by`). */
  readonly awaitedBy: readonly CallGraph[]
  /** True when it stands below already, because they wait for each other. Who waits for it is not shown twice. */
  readonly circular: boolean
  /** True when it stands elsewhere already. Who waits for it is shown there. */
  readonly repeated: boolean
}

/**
 * Find who waits for a future, who waits for those, and so on, up to the tasks for which nobody waits (Python's
 * `capture_call_graph`). It shows a thousand levels at most. A future that stands in several places is shown in full in the
 * first one.
 * @param future the current task by default.
 * @throws TypeError when it is not a future; RuntimeError when there is no current task.
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

/**
 * The graph of `captureCallGraph()` as indented text (Python's `format_call_graph`). Each future has a star. Below it are its
 * frames, innermost first, and then who waits for it.
 */
export function formatCallGraph(future?: Future | null): string { return textOf(captureCallGraph(future)) }

/** Write the text of `formatCallGraph()` (Python's `print_call_graph`), by `print`. The default is the logger of the loop. */
export function printCallGraph(future?: Future | null, print?: (text: string) => void): void {
  const graph = captureCallGraph(future)
  const text = textOf(graph)
  if (print === undefined) graph.future.$loop.$log(text)
  else checkedPlain('printCallGraph()', print)(text)
}

function textOf(graph: CallGraph): string { return write(graph, '', []).join('\n') }

/** Add the indented lines of a graph to `lines`. */
function write(graph: CallGraph, indent: string, lines: string[]): string[] {
  const { future, callStack, awaitedBy, circular, repeated } = graph
  const name = `${indent}* ${future.$kind}${future instanceof Task ? ` '${future.getName()}'` : ''}`
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
