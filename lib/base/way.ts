import { hide } from './errors.ts'
import { CancelledError } from './task-errors.ts'
import { isError, isInstance } from './throwable.ts'

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
  for (const inside of showOne(error)) showWay(inside, shown)
}

/**
 * Node prints an error that nobody has caught with all that it shows, also a whole loop and its tasks. So who has cancelled is hidden then.
 * @returns the errors inside it.
 */
function showOne(error: Noted): readonly unknown[] {
  try {
    const way = error[WAY]
    if (way !== undefined) {
      error[WAY] = undefined
      way.show(error)
    }
    if (isInstance(error, CancelledError) && error.by !== undefined) hide(error, 'by', error.by)
    const { cause, errors } = error as { readonly cause?: unknown; readonly errors?: unknown }
    return [cause, ...Array.isArray(errors) ? errors as unknown[] : []]
  } catch {
    return [] // it is a proxy that refuses, or a getter of it throws
  }
}
