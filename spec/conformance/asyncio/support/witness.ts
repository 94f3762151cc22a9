/** What programs log about tasks; the twin of `witness.py`. */
import { type Awaitable, type Coroutine, type Task, currentTask, getRunningLoop } from '../../../../lib/index.ts'
import type { Log } from '../../programs.ts'

/** The time of the loop. */
export function now(): number { return getRunningLoop().time() }

/** The current task, where there is one for certain. */
export function self(): Task { return currentTask() as Task }

/** Log 0, 1, 2… from now on, one in each turn of the loop. */
export function ticker(log: Log, turns: number): void {
  const loop = getRunningLoop()
  let turn = 0

  function tick(): void {
    log(turn++)
    if (turn < turns) loop.callSoon(tick)
  }

  loop.callSoon(tick)
}

/** Wait for something, and log how it ends. */
export function* outcome(log: Log, name: string, awaitable: Awaitable<unknown>): Coroutine<void> {
  try {
    log(name, 'gives', yield* awaitable)
  } catch (error) {
    log(name, 'throws', error)
  }
}

/** What `cancel(message)` was given. */
export function message(error: unknown): string {
  const text = (error as Error).message
  return text === '' ? 'no message' : text
}

/** The names of tasks, sorted: Python's sets have no order. */
export function names(tasks: Iterable<Task>): string[] { return Array.from(tasks, task => task.getName()).sort() }
