import fc from 'fast-check'
import { often } from '../arbitraries.ts'
import type { ErrorName } from '../errors.ts'
import type { PrimitiveAwaitable, PrimitiveOperation, PrimitiveStatement } from '../primitives/language.ts'
import { type Try, tries } from '../trying.ts'

/**
 * Coroutines, and what the main ones do. Numbers choose one out of those there are: of the bodies the nth, of what a
 * program makes on its way (tasks, futures, handles…) the nth from the end. The programs of `primitives/` are written in
 * the same language, and use more of it.
 */
export interface Program {
  /** Do tasks begin at once, by an eager task factory? */
  readonly eager: boolean
  /** What is run, one after the other, in the same loop. */
  readonly mains: readonly (readonly Statement[])[]
  readonly bodies: readonly (readonly Statement[])[]
}

export type Statement =
  | Try<Statement>
  | TimeoutScope
  | { readonly op: 'repeat'; readonly times: number; readonly body: readonly Statement[] }
  | { readonly op: 'return'; readonly value: Value }
  | { readonly op: 'yield' }
  | Waiting
  | Operation
  | PrimitiveStatement

/** `async with timeout(ms)`, or `timeout_at(ms)`. `quiet`: its TimeoutError goes no further. */
export interface TimeoutScope {
  readonly op: 'timeout'
  readonly at: boolean
  readonly ms: number | null
  readonly body: readonly Statement[]
  readonly quiet: boolean
}

/** What waits, and what comes of it is logged. `quiet`: an error goes no further, but for a BaseException. */
export type Waiting =
  | { readonly op: 'await'; readonly for: Awaitable; readonly quiet: boolean }
  | Wait
  | AsCompleted

export interface Wait {
  readonly op: 'wait'
  readonly for: readonly Reference[]
  readonly until: WaitUntil
  readonly ms: number | null
  readonly quiet: boolean
}

export type WaitUntil = 'ALL_COMPLETED' | 'FIRST_COMPLETED' | 'FIRST_EXCEPTION'

/** Ask for so many results, and leave the loop; or for all of them at once. */
export interface AsCompleted {
  readonly op: 'as_completed'
  readonly for: readonly Awaitable[]
  readonly ms: number | null
  readonly results: number | 'all'
  readonly quiet: boolean
}

/**
 * A task or a future, the nth from the end; -1 is the task that runs. Only those count with which something can be done:
 * no task for `set_result`, and nothing to wait for that waits for the task itself.
 */
export type Reference = number

export type Awaitable =
  | { readonly is: 'made'; readonly at: Reference }
  | { readonly is: 'future' }
  | { readonly is: 'sleep'; readonly ms: number; readonly value: Value }
  | Call
  /** `twice`: the first of them stands at the end once more. */
  | { readonly is: 'gather'; readonly of: readonly Awaitable[]; readonly errors: boolean; readonly twice: boolean }
  | { readonly is: 'shield'; readonly of: Awaitable }
  | { readonly is: 'wait_for'; readonly of: Awaitable; readonly ms: number | null }
  | PrimitiveAwaitable

/** A coroutine: to Python that is all, here there are several kinds. */
export interface Call {
  readonly is: 'call'
  readonly body: number
  readonly how: 'native' | 'owned' | 'coroutine'
}

/** What does not wait: a callback can do it too. */
export type Operation = { readonly quiet: boolean } & PlainOperation

export type PlainOperation =
  | { readonly op: 'task'; readonly call: Call; readonly start: 'as usual' | 'eager'; readonly context: ContextOf }
  | { readonly op: 'start'; readonly of: Awaitable }
  | { readonly op: 'cancel'; readonly of: Reference; readonly message: boolean }
  | { readonly op: 'uncancel' | 'cancelling' | 'done' | 'cancelled' | 'result' | 'exception'; readonly of: Reference }
  | { readonly op: 'set_result'; readonly of: Reference; readonly value: Value }
  | { readonly op: 'set_exception'; readonly of: Reference; readonly error: ErrorName }
  | { readonly op: 'add_done_callback'; readonly of: Reference; readonly does: readonly Operation[]; readonly context: ContextOf }
  /** Register a callback once more. */
  | { readonly op: 'add_again'; readonly of: Reference; readonly at: number }
  | { readonly op: 'remove_done_callback'; readonly at: number }
  | CallBack
  | { readonly op: 'cancel_handle'; readonly at: number }
  | { readonly op: 'reschedule'; readonly at: number; readonly ms: number | null }
  | { readonly op: 'expired'; readonly at: number }
  | { readonly op: 'set_variable'; readonly value: Value }
  | { readonly op: 'reset_variable'; readonly at: number }
  | { readonly op: 'get_variable' | 'look' | 'stop' }
  | { readonly op: 'raise'; readonly error: ErrorName }
  | PrimitiveOperation

export interface CallBack {
  readonly op: 'call'
  readonly when: 'soon' | 'later' | 'at'
  readonly ms: number
  readonly does: readonly Operation[]
  readonly context: ContextOf
}

/** A copy of the current context, as usual, or one that all share that say so. */
export type ContextOf = 'copy' | 'shared'

export type Value = null | number | string

export const values = fc.constantFrom<Value[]>(null, 1, 2, 'ab')
const milliseconds = fc.constantFrom(0, 0, 1, 1, 2, 2, 3, 4, 5, 7, -1)
const limits = fc.oneof({ weight: 1, arbitrary: fc.constant(null) }, { weight: 5, arbitrary: milliseconds })
export const reference = fc.oneof(
  { weight: 8, arbitrary: fc.nat(3) }, { weight: 4, arbitrary: fc.nat(9) }, { weight: 1, arbitrary: fc.constant(-1) })
export const index = fc.nat(3)
export const quiet = often({ yes: 4, no: 1 }).map(answer => answer === 'yes')
export const rarely = often({ yes: 1, no: 5 }).map(answer => answer === 'yes')
export const context = often<ContextOf>({ copy: 6, shared: 1 })
// No StopIteration: the body of a coroutine is a generator here, and none may leave it (Y8). No GeneratorExit: thrown
// into a coroutine, Python closes what that awaits with a GeneratorExit of its own; here native `yield*` is one generator.
export const errors: fc.Arbitrary<ErrorName> = often({
  ValueError: 6, Boom: 6, RuntimeError: 2, TimeoutError: 2, CancelledError: 3, KeyboardInterrupt: 1 })

export const call: fc.Arbitrary<Call> = fc.record({
  is: fc.constant('call'), body: index, how: often<Call['how']>({ native: 4, owned: 1, coroutine: 1 }) })

const sleep: fc.Arbitrary<Awaitable> = fc.record({
  is: fc.constant('sleep'), ms: milliseconds, value: fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, values) })

/** Statements around others. */
export function around(body: fc.Arbitrary<Statement[]>): Weighted<Statement>[] {
  return [
    { weight: 1, arbitrary: fc.record({ op: fc.constant('repeat'), times: fc.nat(3), body }) },
    { weight: 3, arbitrary: fc.record({ op: fc.constant('timeout'), at: rarely, ms: limits, body, quiet }) },
    { weight: 4, arbitrary: tries(body, errors) },
  ]
}

export interface Weighted<T> {
  readonly weight: number
  readonly arbitrary: fc.Arbitrary<T>
}

/** What is to be made besides, and how often. */
export interface More {
  readonly awaitables: readonly Weighted<Awaitable>[]
  readonly operations: readonly Weighted<Operation>[]
  statements(parts: Pick<Parts, 'body' | 'operation'>): readonly Weighted<Statement>[]
}

interface Parts {
  readonly main: fc.Arbitrary<Statement[]>
  readonly body: fc.Arbitrary<Statement[]>
  readonly waiting: fc.Arbitrary<Waiting>
  readonly operation: fc.Arbitrary<Operation>
}

export function parts(more: More): Parts {
  const { awaitable } = fc.letrec<{ awaitable: Awaitable; several: Awaitable[] }>(tie => ({
    awaitable: fc.oneof({ maxDepth: 2 },
      { weight: 8, arbitrary: fc.record({ is: fc.constant('made'), at: reference }) },
      { weight: 6, arbitrary: sleep },
      { weight: 6, arbitrary: call },
      { weight: 1, arbitrary: fc.record({ is: fc.constant('future') }) },
      { weight: 3, arbitrary: fc.record({
        is: fc.constant('gather'), of: tie('several'), errors: fc.boolean(), twice: rarely }) },
      { weight: 2, arbitrary: fc.record({ is: fc.constant('shield'), of: tie('awaitable') }) },
      { weight: 3, arbitrary: fc.record({ is: fc.constant('wait_for'), of: tie('awaitable'), ms: limits }) },
      ...more.awaitables),
    several: fc.array(tie('awaitable'), { maxLength: 3, size: 'max' }),
  }))

  const beginning: fc.Arbitrary<Operation> = fc.oneof(
    { weight: 6, arbitrary: fc.record({
      op: fc.constant('task'), call, start: often({ 'as usual': 5, eager: 2 }), context, quiet }) },
    { weight: 3, arbitrary: fc.record({ op: fc.constant('start'), of: awaitable, quiet }) },
    { weight: 1, arbitrary: fc.record({ op: fc.constant('start'), of: fc.constant({ is: 'future' }), quiet }) })

  const { operation } = fc.letrec<{ operation: Operation; operations: Operation[] }>(tie => ({
    operation: fc.oneof({ maxDepth: 2 },
      { weight: 7, arbitrary: fc.record({ op: fc.constant('cancel'), of: reference, message: fc.boolean(), quiet }) },
      { weight: 6, arbitrary: beginning },
      { weight: 4, arbitrary: fc.record({
        op: often({ uncancel: 2, cancelling: 1, done: 1, cancelled: 1, result: 2, exception: 2 }), of: reference, quiet }) },
      { weight: 3, arbitrary: fc.record({ op: fc.constant('set_result'), of: reference, value: values, quiet }) },
      { weight: 2, arbitrary: fc.record({
        op: fc.constant('set_exception'), of: reference, error: fc.oneof({ weight: 9, arbitrary: errors }, fc.constant('StopIteration')),
        quiet }) },
      { weight: 2, arbitrary: fc.record({
        op: fc.constant('add_done_callback'), of: reference, does: tie('operations'), context, quiet }) },
      { weight: 1, arbitrary: fc.record({ op: fc.constant('add_again'), of: reference, at: index, quiet }) },
      { weight: 1, arbitrary: fc.record({
        op: fc.constantFrom('remove_done_callback', 'cancel_handle', 'expired'), at: index, quiet }) },
      { weight: 3, arbitrary: fc.record({
        op: fc.constant('call'), when: fc.constantFrom('soon', 'later', 'at'), ms: milliseconds, does: tie('operations'),
        context, quiet }) },
      { weight: 2, arbitrary: fc.record({ op: fc.constant('reschedule'), at: index, ms: limits, quiet }) },
      { weight: 2, arbitrary: fc.record({ op: fc.constant('set_variable'), value: values, quiet }) },
      { weight: 1, arbitrary: fc.record({ op: fc.constant('reset_variable'), at: index, quiet }) },
      { weight: 3, arbitrary: fc.record({ op: often({ get_variable: 3, look: 3, stop: 1 }), quiet }) },
      { weight: 2, arbitrary: fc.record({ op: fc.constant('raise'), error: errors, quiet: fc.constant(false) }) },
      ...more.operations),
    operations: fc.array(tie('operation'), { minLength: 1, maxLength: 2, size: 'max' }),
  }))

  const waiting: fc.Arbitrary<Waiting> = fc.oneof(
    { weight: 10, arbitrary: fc.record({ op: fc.constant('await'), for: awaitable, quiet }) },
    { weight: 2, arbitrary: fc.record({
      op: fc.constant('wait'),
      for: fc.oneof(
        { weight: 20, arbitrary: fc.array(reference, { minLength: 1, maxLength: 3, size: 'max' }) },
        { weight: 1, arbitrary: fc.constant([]) }),
      until: fc.constantFrom<WaitUntil[]>('ALL_COMPLETED', 'FIRST_COMPLETED', 'FIRST_EXCEPTION'),
      ms: limits,
      quiet,
    }) },
    { weight: 1, arbitrary: fc.record({
      op: fc.constant('as_completed'),
      for: fc.array(awaitable, { maxLength: 3, size: 'max' }),
      ms: limits,
      results: fc.constantFrom<AsCompleted['results'][]>(0, 1, 2, 3, 'all'),
      quiet,
    }) })

  const { body } = fc.letrec<{ body: Statement[]; statement: Statement }>(tie => ({
    body: fc.array(tie('statement'), { minLength: 1, maxLength: 4, size: 'max' }),
    statement: fc.oneof({ maxDepth: 2 },
      { weight: 14, arbitrary: waiting },
      { weight: 14, arbitrary: operation },
      { weight: 2, arbitrary: fc.record({ op: fc.constant('yield') }) },
      { weight: 1, arbitrary: fc.record({ op: fc.constant('return'), value: values }) },
      ...around(tie('body')),
      ...more.statements({ body: tie('body'), operation })),
  }))

  /** First there are to be some tasks; and at the end they are to have time, or not. */
  const main = fc.tuple(
    fc.array(beginning, { maxLength: 4, size: 'max' }), body,
    fc.constantFrom<Statement[][]>([], [{ op: 'await', for: { is: 'sleep', ms: 9, value: null }, quiet: true }]),
  ).map(parts => parts.flat())

  return { main, body, waiting, operation }
}

const { main, body } = parts({ awaitables: [], operations: [], statements: () => [] })

export const programs: fc.Arbitrary<Program> = fc.record({
  eager: rarely,
  mains: fc.oneof({ weight: 4, arbitrary: fc.tuple(main) }, { weight: 1, arbitrary: fc.tuple(main, body) }),
  bodies: fc.array(body, { minLength: 1, maxLength: 4, size: 'max' }),
})
