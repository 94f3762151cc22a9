import type { Logger } from '../loop/exception-context.ts'

/** A logger that writes reports to the engine's console, if it has one. */
export const consoleLogger: Logger = text => {
  (globalThis as { console?: { error(text: string): void } }).console?.error(text)
}
