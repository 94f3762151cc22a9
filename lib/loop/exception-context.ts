import { Context } from '../context/context.ts'
import { isError } from '../base/throwable.ts'
import { words } from '../base/describe.ts'

/** What an exception handler gets. The keys are those of asyncio. */
export interface ExceptionContext {
  /** What happened, in words. */
  readonly message: string
  /** The error, if there is one. */
  readonly exception?: unknown
  /** The future whose error nobody has read. */
  readonly future?: object
  /** The task that it is about. */
  readonly task?: object
  /** The handle whose callback threw. */
  readonly handle?: object
  readonly [key: string]: unknown
}

/** @returns the context variables of what a report is about: a task, a future or a handle. */
export function contextOf({ task, future, handle }: ExceptionContext): Context | null {
  const about = (task ?? future ?? handle) as { getContext?(): Context | null } | undefined
  return about?.getContext === undefined ? null : about.getContext() ?? new Context()
}

/** Writes the reports when no handler is set. */
export type Logger = (text: string) => void

/** @returns the text of a report, as the default handler writes it. */
export function formatContext(context: ExceptionContext): string {
  const lines = [context.message]
  for (const key of Object.keys(context).sort()) {
    if (key !== 'message' && key !== 'exception') lines.push(`${key}: ${inWords(context[key])}`)
  }
  if ('exception' in context) lines.push(isError(context.exception) ? stackOf(context.exception) : words(context.exception))
  return lines.join('\n')
}

/** A value of the report in words. If the value is a report itself, because a handler failed, its message is enough. */
function inWords(value: unknown): string {
  const { message } = value as { readonly message?: unknown }
  return typeof message === 'string' ? message : words(value)
}

function stackOf(error: Error): string {
  try {
    return error.stack ?? `${error.name}: ${error.message}`
  } catch {
    return words(error) // its stack is a getter that throws
  }
}
