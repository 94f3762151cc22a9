import type { TaskRow } from './recording.ts'

/** The tasks as `ps` prints them: one on each line, in columns. */
export function table(tasks: readonly TaskRow[]): string {
  const rows = [['TASK', 'WAITS FOR', 'IN'], ...all(tasks).map(({ name, waitsFor, frames }) => [name, waitsFor ?? '-', frames.join(' > ')])]
  const widths = [0, 1].map(column => Math.max(...rows.map(row => (row[column] as string).length)))
  return rows.map(row => `${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd()}\n`).join('')
}

/** All tasks, each once. A task may stand in the tree more than once, because several may wait for it. */
function all(tasks: readonly TaskRow[], found: TaskRow[] = []): readonly TaskRow[] {
  for (const task of tasks) {
    if (found.some(({ name }) => name === task.name)) continue
    found.push(task)
    all(task.tasks, found)
  }
  return found
}
