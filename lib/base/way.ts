import { isError } from './throwable.ts'

/**
 * The way that an error took through frames and tasks. It is a hidden note on the error. When somebody is going to look at the
 * stack of the error, the note is worked into the stack. See `loop/logical-stack.ts`.
 */
export interface Way {
  show(error: Error): void
}

/** The key of the note. */
export const WAY = Symbol('yieldfrom: way')

export type Noted = Error & { [WAY]?: Way | undefined }

/** Somebody is going to look at an error, and at the errors inside it. */
export function showWay(error: unknown, shown = new Set<unknown>()): void {
  if (!isError(error) || shown.has(error)) return
  shown.add(error)
  const way = (error as Noted)[WAY]
  if (way !== undefined) {
    (error as Noted)[WAY] = undefined
    way.show(error)
  }
  const { cause, errors } = error as { readonly cause?: unknown; readonly errors?: unknown }
  showWay(cause, shown)
  if (Array.isArray(errors)) for (const each of errors) showWay(each, shown)
}
