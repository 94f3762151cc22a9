import fc from 'fast-check'
import { often } from '../arbitraries.ts'
import type { ErrorName } from '../errors.ts'
import { type Try, tries } from '../trying.ts'

/** Greenlets, and what the main greenlet does with them. Numbers choose one out of those there are; 0 is main. */
export interface Program {
  /** In plain code main says `g.resume()`, in `runMain()` `yield* g.switch()`. */
  readonly main: 'plain' | 'run'
  readonly definitions: readonly Definition[]
  readonly body: readonly Statement[]
}

export interface Definition {
  readonly parent: number
  /** `none` has no `run`, and `fails` a getter that raises. */
  readonly run: 'generator' | 'plain' | 'none' | 'fails'
  readonly body: readonly Statement[]
}

export type Statement =
  | Try<Statement>
  | Call
  | { readonly op: 'return'; readonly value: Value }
  | { readonly op: 'raise'; readonly error: ErrorName }
  | Operation

/** A function that is called: to Python that is all, here there are several ways. */
export interface Call {
  readonly op: 'call'
  readonly how: 'native' | 'owned' | 'coroutine'
  readonly body: readonly Statement[]
}

/** What is done, and what comes of it is logged. `quiet`: an error goes no further. */
export type Operation = { readonly quiet: boolean } & (Move | PlainOperation)

export type Move = Switch | Throw

interface Switch {
  readonly op: 'switch'
  readonly to: number
  readonly args: readonly Value[]
}

export interface Throw {
  readonly op: 'throw'
  readonly to: number
  readonly error: ErrorName
  /** How the error is given: `throw(new E('message'))`, `throw(E)`, `throw(E, 'message')`, `throw()`. */
  readonly form: 'instance' | 'class' | 'message' | 'nothing'
}

export type PlainOperation =
  | { readonly op: 'parent'; readonly of: number; readonly to: number }
  /** Give it a `run`, that of a definition, or take it away. */
  | { readonly op: 'run'; readonly of: number; readonly like: number | null }
  | { readonly op: 'make'; readonly like: number; readonly parent: number | null }
  /** A tracer that switches itself is not among them: greenlet crashes when it switches to where control is going. */
  | { readonly op: 'trace'; readonly tracer: 'none' | 'logs' | 'raises' }
  | { readonly op: 'set'; readonly value: Value }
  | { readonly op: 'get' | 'look' }

export type Value = null | boolean | number | string | readonly Value[]

const values = fc.constantFrom<Value[]>(null, 0, 1, '', 'ab', false, [1, 2], [])
const index = fc.nat(7)
const quiet = often({ yes: 3, no: 1 }).map(answer => answer === 'yes')
// No StopIteration: the body of a greenlet is a generator here, and none may leave it (Y8).
const errors = fc.constantFrom<ErrorName[]>(
  'ValueError', 'Boom', 'RuntimeError', 'GreenletExit', 'GreenletExit', 'Quit', 'GeneratorExit')

const move: fc.Arbitrary<Statement> = fc.oneof(
  { weight: 3, arbitrary: fc.record({
    op: fc.constant('switch'), to: index, args: fc.array(values, { maxLength: 2, size: 'max' }), quiet }) },
  { weight: 1, arbitrary: fc.record({
    op: fc.constant('throw'),
    to: index,
    error: errors,
    form: often({ instance: 4, class: 2, message: 1, nothing: 1 }),
    quiet,
  }) })

const plain: fc.Arbitrary<Statement> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ op: fc.constant('parent'), of: index, to: index, quiet }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('run'), of: index, like: fc.option(index), quiet }) },
  { weight: 3, arbitrary: fc.record({ op: fc.constant('make'), like: index, parent: fc.option(index), quiet }) },
  { weight: 1, arbitrary: fc.record({
    op: fc.constant('trace'), tracer: often({ none: 1, logs: 4, raises: 1 }), quiet }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('set'), value: values, quiet }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constantFrom('get', 'look'), quiet }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('return'), value: values }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('raise'), error: errors }) })

const { body } = fc.letrec<{ body: Statement[]; statement: Statement }>(tie => ({
  body: fc.array(tie('statement'), { minLength: 1, maxLength: 6, size: 'max' }),
  statement: fc.oneof({ maxDepth: 2 },
    { weight: 12, arbitrary: move },
    { weight: 5, arbitrary: plain },
    { weight: 1, arbitrary: fc.record({
      op: fc.constant('call'), how: fc.constantFrom('native', 'owned', 'coroutine'), body: tie('body') }) },
    { weight: 3, arbitrary: tries(tie('body'), errors) }),
}))

const definition: fc.Arbitrary<Definition> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ parent: index, run: fc.constant('generator'), body }) },
  // A plain function cannot yield a switch, and g.resume() there is a drive inside the drive.
  { weight: 1, arbitrary: fc.record({
    parent: index, run: fc.constant('plain'), body: fc.array(plain, { maxLength: 4, size: 'max' }) }) },
  { weight: 1, arbitrary: fc.record({ parent: index, run: fc.constantFrom('none', 'fails'), body: fc.constant([]) }) })

export const programs: fc.Arbitrary<Program> = fc.record({
  main: fc.constantFrom('plain', 'run'),
  definitions: fc.array(definition, { minLength: 1, maxLength: 6, size: 'max' }),
  body: fc.array(fc.oneof({ weight: 3, arbitrary: move }, { weight: 1, arbitrary: plain }),
    { minLength: 1, maxLength: 20, size: 'max' }),
})
