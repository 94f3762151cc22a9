import { type Coroutine, EventLoop, VirtualHost, run } from '../../lib/index.ts'
import { words } from './attempt.ts'

export { attempt, words } from './attempt.ts'

/** A host in which what is idle takes no time. */
export function virtual(): { host: VirtualHost } { return { host: new VirtualHost() } }

/** Run it in a task; what it logs is the story. */
export function story(main: (log: unknown[]) => Coroutine<unknown>): unknown[] {
  const log: unknown[] = []
  run(main(log), virtual())
  return log
}

/** The same of plain code. */
export function slip(what: () => unknown): unknown {
  try {
    return what()
  } catch (thrown) {
    return words(thrown)
  }
}

/** How long it takes, in milliseconds; no time at all in a realm without a clock. */
export function elapsed(what: () => void): number {
  const clock = (globalThis as { performance?: { now(): number } }).performance
  const start = clock?.now() ?? 0
  what()
  return (clock?.now() ?? 0) - start
}

/** Who waits for what, and where, when nothing is left that could wake the loop. */
export function deadlock(main: () => Coroutine<unknown>): string[] {
  const loop = new EventLoop(virtual())
  const task = loop.createTask(main(), { name: 'main' })
  return String(slip(() => loop.runUntilComplete(task))).split('\n').slice(1).map(line => line.trim())
}

/** What a report of a tick says besides when nothing went wrong. */
export const FINE = { overran: null, errors: [], failed: [] }

/** The same when the budget was spent. */
export const OVER = { ...FINE, overran: expect.anything() }
