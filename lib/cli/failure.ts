import { format, inspect } from 'node:util'
import { ProgramSyntaxError } from './syntax-error.ts'

/** The files of the commands, as a stack names them. Those of the library count as the program's: a slip may be thrown there. */
const OURS = /[\\/](dist[\\/]cjs[\\/](cli|study)(\.js|[\\/])|commander[\\/]lib[\\/])/

/**
 * How a program has failed, as Node tells it: the error with its stack, its cause and the errors in it. Frames of the command that runs
 * the program are left out.
 */
export function failureText(error: unknown): string {
  if (error instanceof ProgramSyntaxError || isTold(error)) return `${(error as Error).stack ?? ''}\n`
  if (!(error instanceof Error)) return `Uncaught ${format(inspect(error))}\n`
  withoutOurs(error)
  return `${inspect(error)}\n`
}

/** Take our frames out of the stack of an error, of its cause, and of the errors in it. */
function withoutOurs(error: unknown, done = new Set<unknown>()): void {
  if (!(error instanceof Error) || done.has(error)) return
  done.add(error)
  const { stack } = error
  if (typeof stack === 'string') Reflect.set(error, 'stack', stack.split('\n').filter(line => !(/^\s*at /.test(line) && OURS.test(line))).join('\n'))
  const { cause, errors } = error as { readonly cause?: unknown; readonly errors?: unknown }
  withoutOurs(cause, done)
  if (Array.isArray(errors)) for (const each of errors) withoutOurs(each, done)
}

/** A syntax error that has come from the thread of the module loader: it has lost its class, and not its words. */
function isTold(error: unknown): boolean {
  return error instanceof Error && error.name === 'SyntaxError' && error.stack !== undefined && error.stack.endsWith(`\n\nSyntaxError: ${error.message}`)
}
