import fc from 'fast-check'
import { often } from '../arbitraries.ts'
import type { ErrorName } from '../errors.ts'
import { type Try, tries } from '../trying.ts'

/**
 * Things to delegate to and to drive, and what is done to them from outside. Numbers choose one out of those there are.
 */
export interface Program {
  readonly things: readonly Thing[]
  readonly commands: readonly Command[]
}

export type Thing = GeneratorThing | IteratorThing
  | { readonly kind: 'value'; readonly value: Value }
  /** It is no iterator; asked for one, it gives the one that another thing has or is. */
  | { readonly kind: 'bag'; readonly of: number }

/** Python has one kind of generator where there are three here. */
export interface GeneratorThing {
  readonly kind: 'generator'
  readonly as: 'py' | 'native' | 'coroutine'
  readonly body: readonly Statement[]
}

/** An iterator of the program's own, with or without `throw` and the like; each call of a method does the next act. */
export interface IteratorThing {
  readonly kind: 'iterator'
  /** `next`: in JavaScript's manner, a `next()` with a parameter. */
  readonly send: 'nothing' | 'send' | 'next'
  readonly throw: boolean
  readonly close: 'nothing' | 'close' | 'return'
  readonly acts: readonly Act[]
}

export type Act =
  | { readonly act: 'yield' | 'stop' | 'done'; readonly value: Value }
  | { readonly act: 'raise'; readonly error: ErrorName }
  | { readonly act: 'command'; readonly command: Command }

export type Statement =
  | { readonly op: 'yield' | 'return'; readonly value: Value }
  /** `fresh`: to a new one of its kind, instead of the one that everybody shares. */
  | { readonly op: 'delegate'; readonly to: number; readonly fresh: boolean }
  /** In TypeScript a generator of its own, by native `yield*`; to Python that is nothing but these statements. */
  | { readonly op: 'inline'; readonly body: readonly Statement[] }
  | Try<Statement>
  | { readonly op: 'raise'; readonly error: ErrorName }
  | { readonly op: 'command'; readonly command: Command; readonly quiet: boolean }
  | { readonly op: 'look' }

export interface Command {
  readonly how: 'next' | 'send' | 'throw' | 'close'
  readonly to: number
  readonly value: Value
  readonly error: ErrorName
  /** How the error is given: `throw(new E('message'))`, `throw(E)`, `throw(E, 'message')`. */
  readonly form: 'instance' | 'class' | 'message'
}

export type Value = null | boolean | number | string | readonly Value[]

const values = fc.constantFrom<Value[]>(null, 0, 1, 2, '', 'ab', false, [1, 2], [])
const index = fc.nat(6)
const errors = fc.constantFrom<ErrorName[]>(
  'ValueError', 'Boom', 'RuntimeError', 'StopIteration', 'Finished', 'GeneratorExit', 'Leave')

const command: fc.Arbitrary<Command> = fc.record({
  how: often<Command['how']>({ next: 5, send: 4, throw: 4, close: 1 }),
  to: index,
  value: values,
  error: errors,
  form: often<Command['form']>({ instance: 8, class: 4, message: 1 }),
})

const { body } = fc.letrec<{ body: Statement[]; statement: Statement }>(tie => ({
  body: fc.array(tie('statement'), { minLength: 1, maxLength: 4, size: 'max' }),
  statement: fc.oneof({ maxDepth: 3 },
    { weight: 6, arbitrary: fc.record({ op: fc.constant('yield'), value: values }) },
    { weight: 8, arbitrary: fc.record({ op: fc.constant('delegate'), to: index, fresh: fc.boolean() }) },
    { weight: 1, arbitrary: fc.record({ op: fc.constant('return'), value: values }) },
    { weight: 1, arbitrary: fc.record({ op: fc.constant('raise'), error: errors }) },
    { weight: 2, arbitrary: fc.record({ op: fc.constant('command'), command, quiet: fc.boolean() }) },
    { weight: 1, arbitrary: fc.record({ op: fc.constant('look') }) },
    { weight: 1, arbitrary: fc.record({ op: fc.constant('inline'), body: tie('body') }) },
    { weight: 4, arbitrary: tries(tie('body'), errors) }),
}))

const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ act: fc.constant('yield'), value: values }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constantFrom('stop', 'done'), value: values }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('raise'), error: errors }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('command'), command }) })

const thing: fc.Arbitrary<Thing> = fc.oneof(
  { weight: 8, arbitrary: fc.record({
    kind: fc.constant('generator'),
    as: often<GeneratorThing['as']>({ py: 4, native: 2, coroutine: 1 }),
    body,
  }) },
  { weight: 2, arbitrary: fc.record({
    kind: fc.constant('iterator'),
    send: fc.constantFrom('nothing', 'send', 'next'),
    throw: fc.boolean(),
    close: fc.constantFrom('nothing', 'close', 'return'),
    acts: fc.array(act, { maxLength: 8, size: 'max' }),
  }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('bag'), of: index }) },
  { weight: 1, arbitrary: fc.record({
    kind: fc.constant('value'), value: fc.constantFrom<Value[]>([1, 2], [], 'ab', 5, null) }) })

export const programs: fc.Arbitrary<Program> = fc.record({
  things: fc.array(thing, { minLength: 1, maxLength: 6, size: 'max' }),
  commands: fc.tuple(
    fc.array(command.map(other => ({ ...other, how: 'next' as const })), { maxLength: 4, size: 'max' }), // a start
    fc.array(command, { minLength: 1, maxLength: 14, size: 'max' }),
  ).map(([first, then]) => [...first, ...then]),
})
