import type { BlockedTask } from '../base/task-errors.ts'
import { getRunningLoop } from '../task/loops.ts'
import type { EventLoop } from '../task/event-loop.ts'
import type { Future } from '../task/future.ts'
import { reportOf } from '../task/report.ts'
import { Task, tasksOf } from '../task/task.ts'

/** How deep the tree is at most. */
const LEVELS = 1000

/** A task, and the tasks that it waits for. */
export interface WaitTree {
  readonly task: Task
  /** The names of the frames it waits in, outermost first. */
  readonly frames: readonly string[]
  /** What it waits for, in words, be it its turn; `null` when it runs, or when that is there. */
  readonly waitsFor: string | null
  readonly tasks: readonly WaitTree[]
  /** It stands above already: they wait for each other, and will for ever. */
  readonly circular: boolean
}

/**
 * All tasks of a loop that are not done, each below the one that waits for it (Python 3.14's `asyncio pstree`). First
 * those for which nobody waits, in the order they were made; then circles, each once. Where several wait for the same
 * task, it is told below each of them, and what it waits for itself below the first. At most a thousand levels are told.
 */
export function waitTree(loop: EventLoop = getRunningLoop()): WaitTree[] {
  const all = tasksOf(loop)
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

/** The same in words, a line for each task. */
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
