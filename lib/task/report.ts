import type { BlockedTask } from '../base/task-errors.ts'
import { parkedFiberOf } from './waiter.ts'
import type { Task } from './task.ts'

/** How many tasks, and how many frames of one task, a message shows. The report itself has all of them. */
const SHOWN = 20

/** What each task waits for, and in which frames. */
export function reportOf(tasks: Iterable<Task>): BlockedTask[] {
  return Array.from(tasks, task => ({
    task,
    name: task.getName(),
    waitsFor: waitOf(task),
    frames: task.getStack().map(frame => frame.name),
  }))
}

/** The report in words, one line for each task. */
export function formatReport(report: readonly BlockedTask[]): string {
  const lines = report.slice(0, SHOWN).map(({ name, waitsFor, frames }) => `  ${name} waits for ${String(waitsFor)}, in ${path(frames)}`)
  if (report.length > SHOWN) lines.push(`  and ${report.length - SHOWN} more`)
  return [`nothing is left that could wake the loop; ${countOf(report.length)}`, ...lines].join('\n')
}

/** The names of the frames, from the outermost to the innermost. Of many, only both ends. */
function path(frames: readonly string[]): string {
  if (frames.length <= SHOWN) return frames.join(' > ')
  const end = SHOWN / 2
  return [...frames.slice(0, end), `${frames.length - SHOWN} more`, ...frames.slice(-end)].join(' > ')
}

function countOf(tasks: number): string {
  return tasks === 0 ? 'no task waits' : tasks === 1 ? '1 task waits for ever:' : `${tasks} tasks wait for ever:`
}

/** What a task waits for, in words; `null` when it is ready or runs. */
function waitOf(task: Task): string | null {
  if (parkedFiberOf(task) === null) return task.state === 'running' ? null : 'somebody to switch back to it'
  const wait = task.$wait
  return wait === null ? null : (wait as { readonly $inReport?: string }).$inReport ?? wait.toString()
}
