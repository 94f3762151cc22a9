/**
 * Who is cancelling just now: a scope, a group, a time limit, or in debug mode the task that calls `cancel()`. What is cancelled
 * meanwhile says so. As a rule it is `null`, and nobody pays for it.
 */
export const blame: { by: object | null } = { by: null }

/** Cancel in the name of somebody; `null` for nobody that is known. */
export function inTheNameOf<T>(by: object | null, cancel: () => T): T {
  const outer = blame.by
  blame.by = by
  try {
    return cancel()
  } finally {
    blame.by = outer
  }
}
