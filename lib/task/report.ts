import type { Task } from './task.ts'

/** One task that is not done, in a report. */
export interface BlockedTask {
  readonly task: Task
  readonly name: string
  /** What it waits for, in words; `null` when it is ready to run, or runs. */
  readonly waitsFor: string | null
  /** The names of the frames it waits in, outermost first. */
  readonly frames: readonly string[]
}

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
