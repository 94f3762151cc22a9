import type { BlockedTask } from '../base/task-errors.ts'
import { checkedLoop, getRunningLoop } from '../task/loops.ts'
import type { EventLoop } from '../task/event-loop.ts'
import type { Future } from '../task/future.ts'
import { reportOf } from '../task/report.ts'
import { Task, tasksOf } from '../task/task.ts'

/** How many levels the tree has at most. */
const LEVELS = 1000

/** A task, and the tasks that it waits for. */
export interface WaitTree {
  /** The task. */
  readonly task: Task
  /** The names of the frames that it waits in, outermost first. */
  readonly frames: readonly string[]
  /** What it waits for, in words, which may be its turn. It is `null` when the task runs, or when that is in `tasks`. */
  readonly waitsFor: string | null
  /** The tasks that it waits for. */
  readonly tasks: readonly WaitTree[]
  /** True when it stands above already: the tasks wait for each other, and will wait for ever. */
  readonly circular: boolean
}

/**
 * All tasks of a loop that are not done, each below the one that waits for it (Python 3.14's `asyncio pstree`). The tasks for
 * which nobody waits come first, in the order in which they were made. Circles of tasks follow, each once. If several tasks
 * wait for the same task, it stands below each of them, and its own subtree stands below the first. The tree has a thousand
 * levels at most.
 * @param loop the running loop by default.
 * @throws RuntimeError when no loop is given and none runs.
 */
export function waitTree(loop: EventLoop = getRunningLoop()): WaitTree[] {
  const all = tasksOf(checkedLoop('waitTree()', loop))
  const waitedFor = new Map<Task, Task[]>()
  for (const task of all) {
    for (const waiter of tasksThatWaitFor(task)) {
      const others = waitedFor.get(waiter)
      if (others === undefined) waitedFor.set(waiter, [task])
      else others.push(task)
    }
  }
  const told = new Set<Task>()
  const above = new Set<Task>()
  const treeOf = (task: Task): WaitTree => {
    const [{ frames, waitsFor }] = reportOf([task]) as [BlockedTask]
    const circular = above.has(task)
    if (told.has(task) || above.size + 1 === LEVELS) return { task, frames, waitsFor, tasks: [], circular }
    told.add(task)
    above.add(task)
    const tasks = (waitedFor.get(task) ?? []).map(treeOf)
    above.delete(task)
    return { task, frames, waitsFor, tasks, circular }
  }
  const isWaitedFor = new Set(Array.from(waitedFor.values()).flat())
  const roots = all.filter(task => !isWaitedFor.has(task))
  const trees: WaitTree[] = []
  const reached = new Set<Task>()
  for (const root of [...roots, ...all]) {
    if (reached.has(root)) continue
    trees.push(treeOf(root))
    const below = [root]
    for (const task of below) {
      if (reached.has(task)) continue
      reached.add(task)
      for (const other of waitedFor.get(task) ?? []) below.push(other)
    }
  }
  return trees
}

/** The tree of `waitTree()` as text, with a line for each task. @param loop the running loop by default. */
export function formatWaitTree(loop?: EventLoop): string { return write(waitTree(loop), '', []).join('\n') }

/** Through a `gather()`, and other futures that are no tasks. */
function tasksThatWaitFor(task: Task): Set<Task> {
  const tasks = new Set<Task>()
  const through = new Set<Future>([task])
  for (const future of through) {
    for (const waiter of future.$awaitedBy) {
      if (waiter instanceof Task) tasks.add(waiter)
      else through.add(waiter)
    }
  }
  return tasks
}

/** Add the lines of the trees, each behind an indent, to those that are there. */
function write(trees: readonly WaitTree[], indent: string, lines: string[]): string[] {
  trees.forEach((tree, i) => {
    const isLast = i === trees.length - 1
    lines.push(`${indent}${isLast ? '└──' : '├──'} ${lineOf(tree)}`)
    write(tree.tasks, `${indent}${isLast ? '    ' : '│   '}`, lines)
  })
  return lines
}

function lineOf({ task, frames, waitsFor, circular, tasks }: WaitTree): string {
  if (circular) return `${task.getName()}, and so round in a circle`
  const where = `${task.getName()}: ${frames.join(' > ')}`
  if (waitsFor === null) return `${where}, ready`
  return tasks.length > 0 ? where : `${where}, waits for ${waitsFor}`
}
