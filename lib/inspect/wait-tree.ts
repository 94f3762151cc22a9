import { getRunningLoop } from '../task/loops.ts'
import type { EventLoop } from '../task/event-loop.ts'
import type { Future } from '../task/future.ts'
import { Task } from '../task/task.ts'

/** How deep the tree is at most. */
const LEVELS = 1000

/** A task, and the tasks that it waits for. */
export interface WaitTree {
  readonly task: Task
  /** The names of the frames it waits in, outermost first. */
  readonly frames: readonly string[]
  /** What it waits for, in words; `null` when it is ready, or runs. */
  readonly waitsFor: string | null
  readonly tasks: readonly WaitTree[]
  /** It stands above already: they wait for each other, and will for ever. */
  readonly circular: boolean
}

/**
 * All tasks of a loop that are not done, each below the one that waits for it (Python 3.14's `asyncio pstree`). First those
 * for which nobody waits, in the order they were made; then circles, each once. At most a thousand levels are told.
 */
export function waitTree(loop: EventLoop = getRunningLoop()): WaitTree[] {
  const report = new Map(loop.report().map(entry => [entry.task as Task, entry]))
  const waitedFor = new Map<Task, Task[]>()
  for (const task of report.keys()) {
    for (const waiter of tasksThatWaitFor(task)) {
      const others = waitedFor.get(waiter)
      if (others === undefined) waitedFor.set(waiter, [task])
      else others.push(task)
    }
  }
  const shown = new Set<Task>()
  const above = new Set<Task>()
  const treeOf = (task: Task): WaitTree => {
    const circular = above.has(task)
    shown.add(task)
    const { frames = [], waitsFor = null } = report.get(task) ?? {}
    if (circular || above.size === LEVELS) return { task, frames, waitsFor, tasks: [], circular }
    above.add(task)
    const tasks = (waitedFor.get(task) ?? []).map(treeOf)
    above.delete(task)
    return { task, frames, waitsFor, tasks, circular }
  }
  const isWaitedFor = new Set(Array.from(waitedFor.values()).flat())
  const trees = Array.from(report.keys()).filter(task => !isWaitedFor.has(task)).map(treeOf)
  for (const task of report.keys()) if (!shown.has(task)) trees.push(treeOf(task))
  return trees
}

/** The same in words, a line for each task. */
export function formatWaitTree(loop?: EventLoop): string { return branches(waitTree(loop), '').join('\n') }

/** Through a `gather()`, and other futures that are no tasks. */
function tasksThatWaitFor(future: Future, seen = new Set<Future>()): Task[] {
  return future.waiters.flatMap(waiter => {
    if (waiter instanceof Task) return [waiter]
    if (seen.has(waiter)) return []
    return tasksThatWaitFor(waiter, seen.add(waiter))
  })
}

function branches(trees: readonly WaitTree[], indent: string): string[] {
  return trees.flatMap((tree, i) => {
    const isLast = i === trees.length - 1
    return [
      `${indent}${isLast ? '└──' : '├──'} ${lineOf(tree)}`,
      ...branches(tree.tasks, `${indent}${isLast ? '    ' : '│   '}`),
    ]
  })
}

function lineOf({ task, frames, waitsFor, circular, tasks }: WaitTree): string {
  if (circular) return `${task.getName()}, and so round in a circle`
  const where = `${task.getName()}: ${frames.join(' > ')}`
  if (waitsFor === null) return `${where}, ready`
  return tasks.length > 0 ? where : `${where}, waits for ${waitsFor}`
}
