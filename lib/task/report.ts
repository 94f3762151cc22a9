import type { BlockedTask } from '../base/task-errors.ts'
import type { Task } from './task.ts'

export function reportOf(tasks: Iterable<Task>): BlockedTask[] {
  return Array.from(tasks, task => ({
    task,
    name: task.getName(),
    waitsFor: waitOf(task),
    frames: task.getStack().map(frame => frame.name),
  }))
}

export function formatReport(report: readonly BlockedTask[]): string {
  const lines = report.map(({ name, waitsFor, frames }) => `  ${name} waits for ${waitsFor ?? 'nothing'}, in ${frames.join(' > ')}`)
  return [`nothing is left that could wake the loop; ${countOf(report.length)}`, ...lines].join('\n')
}

function countOf(tasks: number): string {
  return tasks === 0 ? 'no task waits' : tasks === 1 ? '1 task waits for ever:' : `${tasks} tasks wait for ever:`
}

function waitOf(task: Task): string | null {
  if (task.fiber === null) return task.state === 'running' ? null : 'somebody to switch back to it'
  const wait = task.waitingFor()
  return wait === null ? null : wait.toString()
}
