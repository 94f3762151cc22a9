/** What programs log about groups of errors; the twin of `groups.py`. */
import { type Awaitable, type Coroutine, ExceptionGroup } from '../../../../lib/index.ts'
import { type Log, show } from '../../programs.ts'

/** An error by its name; a group with its message, and all that is in it. */
export function tree(error: unknown): string {
  return error instanceof ExceptionGroup ? `${error.message}: [${error.errors.map(tree).join(', ')}]` : show(error)
}

/** What the body of a group returned: it was not cancelled. */
export function whole<T>(result: T | undefined): T {
  if (result === undefined) throw new Error('the body did not come to its end')
  return result
}

/** Wait for something, and log how it ends, with all that is in a group. */
export function* ending(log: Log, name: string, awaitable: Awaitable<unknown>): Coroutine<void> {
  try {
    log(name, 'gives', yield* awaitable)
  } catch (error) {
    log(name, 'throws', tree(error))
  }
}
