import fc from 'fast-check'
import { type Catches, type ErrorName, catches } from './errors.ts'
import type { Trace } from './trace.ts'

/** The statement that all suites have: `try`, with one `except` and a `finally`. */
export interface Try<Statement> {
  readonly op: 'try'
  readonly body: readonly Statement[]
  readonly catches: Catches
  readonly handler: readonly Statement[]
  /** Raise it again at the end of the handler. */
  readonly again: boolean
  readonly cleanup: readonly Statement[]
}

export function tries<Statement>(
  body: fc.Arbitrary<Statement[]>, errors: fc.Arbitrary<ErrorName>,
): fc.Arbitrary<Try<Statement>> {
  return fc.record({
    op: fc.constant('try'),
    body,
    catches: fc.oneof(fc.constantFrom('nothing', 'everything', 'Exception'), errors),
    handler: body,
    again: fc.boolean(),
    cleanup: fc.oneof(fc.constant([]), body),
  })
}

/** A list of statements came to its end by a return. */
export interface Returned { readonly value: unknown }

export type Block<Y> = Generator<Y, Returned | undefined>

/** Do a `try` of the greenlet or generator that is logged as `me`. */
export function* attempt<Statement, Y>(
  statement: Try<Statement>, trace: Trace, me: string, block: (statements: readonly Statement[]) => Block<Y>,
): Block<Y> {
  try {
    return yield* block(statement.body)
  } catch (error) {
    if (!catches(statement.catches, error)) throw error
    trace.write(me, 'caught', error)
    const returned = yield* block(statement.handler)
    if (returned !== undefined) return returned
    if (statement.again) throw error
    return undefined
  } finally {
    const returned = yield* block(statement.cleanup)
    if (returned !== undefined) return returned
  }
}
