/** A loop that logs what it reports; the twin of `reporting.py`. */
import type { Coroutine } from '../../../../lib/index.ts'
import type { Log } from '../../programs.ts'
import { newLoop } from './virtual.ts'

/** Run a coroutine, and log what the exception handler is told until the loop is closed. */
export function runReporting(log: Log, main: Coroutine<unknown>): void {
  const loop = newLoop()
  loop.setExceptionHandler((_, context) => { log(context.message, context.exception) })
  loop.runUntilComplete(main)
  loop.close()
}
