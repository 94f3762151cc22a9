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
  for (const inside of showOne(error)) showWay(inside, shown)
}

/** @returns the errors inside it. */
function showOne(error: Noted): readonly unknown[] {
  try {
    const way = error[WAY]
    if (way !== undefined) {
      error[WAY] = undefined
      way.show(error)
    }
    const { cause, errors } = error as { readonly cause?: unknown; readonly errors?: unknown }
    return [cause, ...Array.isArray(errors) ? errors as unknown[] : []]
  } catch {
    return [] // it is a proxy that refuses, or a getter of it throws
  }
}
