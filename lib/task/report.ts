import type { BlockedTask } from '../base/task-errors.ts'
import { parkedFiberOf } from './waiter.ts'
import type { Task } from './task.ts'

/** A message shows no more tasks, and no more frames of one; the report itself has them all. */
const SHOWN = 20

export function reportOf(tasks: Iterable<Task>): BlockedTask[] {
  return Array.from(tasks, task => ({
    task,
    name: task.getName(),
    waitsFor: waitOf(task),
    frames: task.getStack().map(frame => frame.name),
  }))
}

export function formatReport(report: readonly BlockedTask[]): string {
  const lines = report.slice(0, SHOWN).map(({ name, waitsFor, frames }) => `  ${name} waits for ${String(waitsFor)}, in ${path(frames)}`)
  if (report.length > SHOWN) lines.push(`  and ${report.length - SHOWN} more`)
  return [`nothing is left that could wake the loop; ${countOf(report.length)}`, ...lines].join('\n')
}

/** The way to the innermost frame; of a long one, both ends. */
function path(frames: readonly string[]): string {
  if (frames.length <= SHOWN) return frames.join(' > ')
  const end = SHOWN / 2
  return [...frames.slice(0, end), `${frames.length - SHOWN} more`, ...frames.slice(-end)].join(' > ')
}

function countOf(tasks: number): string {
  return tasks === 0 ? 'no task waits' : tasks === 1 ? '1 task waits for ever:' : `${tasks} tasks wait for ever:`
}

function waitOf(task: Task): string | null {
  if (parkedFiberOf(task) === null) return task.state === 'running' ? null : 'somebody to switch back to it'
  const wait = task.$wait
  return wait === null ? null : wait.toString()
}
