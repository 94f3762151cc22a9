import { isError } from '../base/throwable.ts'

/** What an exception handler is told; the keys are asyncio's. */
export interface ExceptionContext {
  readonly message: string
  /** The error, if there is one. */
  readonly exception?: unknown
  readonly future?: object
  readonly task?: object
  readonly handle?: object
  readonly [key: string]: unknown
}

/** Where reports end when no handler is set. */
export type Logger = (text: string) => void

/** The report of the default handler. */
export function formatContext(context: ExceptionContext): string {
  const lines = [context.message]
  for (const key of Object.keys(context).sort()) {
    if (key !== 'message' && key !== 'exception') lines.push(`${key}: ${String(context[key])}`)
  }
  if ('exception' in context) lines.push(isError(context.exception) ? stackOf(context.exception) : String(context.exception))
  return lines.join('\n')
}

function stackOf(error: Error): string { return error.stack ?? `${error.name}: ${error.message}` }
