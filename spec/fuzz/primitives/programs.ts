import fc from 'fast-check'
import { often } from '../arbitraries.ts'
import type { ErrorName } from '../errors.ts'
import {
  type Awaitable, type Operation, type Program as Tasks, type Statement, type Weighted, around, call, context, errors,
  index, parts, quiet, rarely, reference, values,
} from '../tasks/programs.ts'
import type {
  Exit, GeneratorBody, Manager, Primitive, PrimitiveAwaitable, PrimitiveOperation, PrimitiveStatement, Step,
} from './language.ts'

/** Tasks that have something to share. */
export interface Program extends Tasks {
  readonly kit: readonly Primitive[]
  readonly generators: readonly GeneratorBody[]
}

const primitive = fc.oneof(
  weighted(2, { is: fc.constant<'lock'>('lock') }),
  weighted(2, { is: fc.constant<'event'>('event') }),
  weighted(3, { is: fc.constant<'condition'>('condition'), lock: fc.option(fc.nat(2)) }),
  weighted(4, { is: fc.constant<'semaphore'>('semaphore'), value: fc.nat(2), bounded: fc.boolean() }),
  weighted(3, { is: fc.constant<'barrier'>('barrier'), parties: fc.constantFrom(1, 2, 2, 2, 3) }),
  weighted(6, {
    is: fc.constant<'queue'>('queue'), kind: fc.constantFrom('Queue', 'LifoQueue', 'PriorityQueue'),
    maxsize: fc.constantFrom(0, 1, 1, 2) }),
) as fc.Arbitrary<Primitive>

const items = fc.nat(3)
const thrown = fc.oneof(
  { weight: 5, arbitrary: errors }, { weight: 1, arbitrary: fc.constant<ErrorName>('GeneratorExit') })

function weighted<T extends object>(
  weight: number, model: { readonly [K in keyof T]: fc.Arbitrary<T[K]> },
): Weighted<T> {
  return { weight, arbitrary: fc.record(model) as fc.Arbitrary<T> }
}

/** What can be waited for, done, and entered: of each primitive of the kit what it has. */
function awaitablesOf(of: number, { is }: Primitive): Weighted<PrimitiveAwaitable>[] {
  const n = fc.constant(of)
  const acquire = weighted(6, { is: fc.constant<'acquire'>('acquire'), of: n })
  const wait = weighted(6, { is: fc.constant<'wait'>('wait'), of: n })
  switch (is) {
    case 'lock':
    case 'semaphore': return [acquire]
    case 'event': return [wait]
    case 'condition': return [
      acquire, wait, weighted(4, { is: fc.constant('wait_until'), of: n, count: fc.integer({ min: 1, max: 3 }) }),
    ]
    case 'barrier': return [
      { ...wait, weight: 9 }, weighted(3, { is: often<'reset' | 'abort'>({ reset: 3, abort: 1 }), of: n }),
    ]
    case 'queue': return [
      weighted(6, { is: fc.constant('put'), of: n, item: items }),
      weighted(8, { is: often<'get' | 'join'>({ get: 3, join: 1 }), of: n }),
    ]
  }
}

function operationsOf(of: number, { is }: Primitive): Weighted<PrimitiveOperation>[] {
  const n = fc.constant(of)
  switch (is) {
    case 'lock':
    case 'semaphore': return [weighted(6, { op: fc.constant('release'), of: n })]
    case 'event': return [weighted(7, { op: often<'set' | 'clear'>({ set: 2, clear: 1 }), of: n })]
    case 'condition': return [
      weighted(5, { op: often<'release' | 'notify_all'>({ release: 3, notify_all: 1 }), of: n }),
      weighted(4, { op: fc.constant('notify'), of: n, count: fc.nat(2) }),
      weighted(3, { op: fc.constant('count') }),
    ]
    case 'barrier': return []
    case 'queue': return [
      weighted(4, { op: fc.constant('put_nowait'), of: n, item: items }),
      weighted(6, { op: often<'get_nowait' | 'task_done'>({ get_nowait: 1, task_done: 2 }), of: n }),
      weighted(1, { op: fc.constant('shutdown'), of: n, immediate: fc.boolean() }),
    ]
  }
}

const cancel: fc.Arbitrary<Operation> = fc.record({
  op: fc.constant('cancel'), of: reference, message: fc.boolean(), quiet })

/** Also those that wait longest, however many there are. */
const cancelAny: fc.Arbitrary<Operation> = fc.record({
  op: fc.constant('cancel'), of: fc.nat(6), message: fc.boolean(), quiet: fc.constant(true) })

const pauses: Weighted<Statement>[] = [
  weighted(2, { op: fc.constant('yield') }),
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 2 }).map(
    (ms): Statement => ({ op: 'await', for: { is: 'sleep', ms, value: null }, quiet: false })) },
]

const step: fc.Arbitrary<Step> = fc.record({
  is: fc.constant('step'), at: fc.nat(2), how: often<Step['how']>({ anext: 6, asend: 2, athrow: 2, aclose: 2 }),
  value: fc.constantFrom(null, 1, 2), error: thrown })

/** With a condition something is done: who has not taken it can do nothing with it. */
function bodyWith(of: number, kit: readonly Primitive[], body: fc.Arbitrary<Statement[]>): fc.Arbitrary<Statement[]> {
  const primitive = kit[of] as Primitive
  if (primitive.is !== 'condition') return body
  const first = fc.oneof(
    { weight: 1, arbitrary: fc.tuple(fc.oneof(...awaitablesOf(of, primitive)), quiet).map(
      ([awaitable, isQuiet]): Statement => ({ op: 'await', for: awaitable, quiet: isQuiet })) },
    { weight: 1, arbitrary: quietly(fc.oneof(...operationsOf(of, primitive))) })
  return fc.tuple(first, body).map(([statement, rest]) => [statement, ...rest])
}

/** @param entering what can be entered. */
function statementsIn(
  body: fc.Arbitrary<Statement[]>, operation: fc.Arbitrary<Operation>, kit: readonly Primitive[],
  entering: readonly number[],
): Weighted<PrimitiveStatement>[] {
  const few = fc.array(body, { maxLength: 1 }).map(bodies => bodies.flat())
  const manager: fc.Arbitrary<Manager> = fc.record({ enter: few, exit: few, swallow: rarely })
  const exit = fc.oneof(
    weighted(3, { is: fc.constantFrom('manager', 'exit'), manager }),
    ...entering.map(of => weighted(2, { is: fc.constant('primitive'), of: fc.constant(of) })),
    weighted(1, { is: fc.constant('callback'), does: fc.array(operation, { minLength: 1, maxLength: 2 }) }),
    weighted(1, { is: fc.constant('coroutine'), does: body }),
  ) as fc.Arbitrary<Exit>
  return [
    ...entering.map(of => (weighted(5, {
      op: fc.constant<'with'>('with'), of: fc.constant(of), body: bodyWith(of, kit, body), quiet }))),
    weighted(8, { op: fc.constant('group'), body, quiet }),
    weighted(4, {
      op: fc.constant('for'), at: fc.nat(2), fresh: fc.boolean(), times: fc.integer({ min: 1, max: 4 }), body, quiet }),
    weighted(2, { op: fc.constant('closing'), at: fc.nat(2), body, quiet }),
    weighted(1, { op: fc.constant('manage'), manager, body, quiet }),
    weighted(2, {
      op: fc.constant('stack'), exits: fc.array(exit, { minLength: 1, maxLength: 3 }), pop: rarely, body, quiet }),
  ]
}

function quietly(operation: fc.Arbitrary<PrimitiveOperation>): fc.Arbitrary<Operation> {
  return fc.tuple(operation, quiet).map(([plain, isQuiet]) => ({ ...plain, quiet: isQuiet }))
}

/** What a bystander does to a primitive, and to those who wait for it. */
function changesOf(of: number, primitive: Primitive): fc.Arbitrary<Operation> {
  return fc.oneof(
    ...operationsOf(of, primitive).map(({ weight, arbitrary }) => ({ weight, arbitrary: quietly(arbitrary) })),
    weighted(1, { op: fc.constant('start'), of: fc.oneof(...awaitablesOf(of, primitive)), quiet }),
    { weight: 4, arbitrary: cancel })
}

/** Many tasks that want the same thing, and somebody who stirs them up: what happens within one turn matters here. */
function crowd(of: number, primitive: Primitive): fc.Arbitrary<Statement[]> {
  const wish: fc.Arbitrary<Awaitable> = fc.oneof(
    ...awaitablesOf(of, primitive), { weight: 1, arbitrary: step },
    weighted(2, {
      is: fc.constant('wait_for'), of: fc.oneof(...awaitablesOf(of, primitive)), ms: fc.integer({ min: 0, max: 2 }) }))
  const another: fc.Arbitrary<Statement> = fc.record({ op: fc.constant('start'), of: wish, quiet: fc.constant(true) })
  const alike = fc.tuple(another, fc.integer({ min: 2, max: 4 })).map(([one, count]) => Array<Statement>(count).fill(one))
  const events: fc.Arbitrary<Statement[]> = fc.oneof(
    { weight: 2, arbitrary: fc.tuple(changesOf(of, primitive)) },
    { weight: 4, arbitrary: fc.tuple(changesOf(of, primitive), cancelAny) },
    { weight: 1, arbitrary: fc.tuple(another) },
    { weight: 4, arbitrary: fc.tuple(fc.oneof(...pauses)) })
  return fc.tuple(
    fc.oneof(alike, fc.array(another, { minLength: 2, maxLength: 5, size: 'max' })),
    fc.array(events, { minLength: 3, maxLength: 7, size: 'max' }).map(parts => parts.flat()),
  ).map(parts => parts.flat())
}

/** What tasks of a group do, in few words. */
const terse: fc.Arbitrary<Statement[]> = fc.array(fc.oneof(
  ...pauses, weighted(2, { op: fc.constant('raise'), error: errors, quiet: fc.constant(false) }), { weight: 1, arbitrary: cancelAny },
), { minLength: 1, maxLength: 3, size: 'max' })

/** Groups in groups, whose tasks fail and are cancelled. */
const brood = fc.letrec<{ group: Statement; body: Statement[] }>(tie => ({
  group: fc.record({ op: fc.constant('group'), body: tie('body'), quiet }),
  body: fc.array(fc.oneof({ maxDepth: 2 },
    weighted(5, { op: fc.constant('group_task'), at: fc.nat(1), call, context: fc.constant('copy'), quiet }),
    ...pauses,
    { weight: 2, arbitrary: cancelAny },
    { weight: 2, arbitrary: tie('group') },
    weighted(1, { op: fc.constant('timeout'), at: fc.constant(false), ms: fc.nat(2), body: tie('body'), quiet }),
    weighted(1, { op: fc.constant('raise'), error: errors, quiet: fc.constant(false) }),
  ), { minLength: 1, maxLength: 5, size: 'max' }),
})).group

/** Programs with a kit. */
function programsWith(kit: readonly Primitive[]): fc.Arbitrary<Program> {
  const entering = Array.from(kit.keys()).filter(of => !['event', 'queue'].includes((kit[of] as Primitive).is))
  const shared = kit.flatMap((one, of) => awaitablesOf(of, one))
  const awaitables: Weighted<Awaitable>[] = [
    ...shared, { weight: 8, arbitrary: step },
    weighted(5, {
      is: fc.constant('wait_for'), of: fc.oneof(...shared, { weight: 8, arbitrary: step }),
      ms: fc.integer({ min: 0, max: 3 }) }),
    weighted(1, { is: fc.constant('close_stack'), at: index }),
  ]
  const operations: Weighted<PrimitiveOperation>[] = [
    ...kit.flatMap((one, of) => operationsOf(of, one)),
    weighted(8, { op: fc.constant('group_task'), at: fc.nat(1), call, context }),
    weighted(2, { op: fc.constant('generate'), at: index }),
  ]
  const { main, body, waiting, operation } = parts({
    awaitables,
    operations: [
      ...operations.map(({ weight, arbitrary }) => ({ weight, arbitrary: quietly(arbitrary) })),
      { weight: 6, arbitrary: cancel },
    ],
    statements: inner => statementsIn(inner.body, inner.operation, kit, entering),
  })
  const changes = fc.oneof(...kit.map((one, of) => changesOf(of, one)))
  const helper: fc.Arbitrary<Statement> = fc.record({
    op: fc.constant('call'), when: fc.constant('later'), ms: fc.integer({ min: 0, max: 4 }),
    does: fc.array(changes, { minLength: 1, maxLength: 2 }), context, quiet })
  const helped = fc.tuple(fc.array(helper, { maxLength: 3, size: 'max' }), main).map(parts => parts.flat())
  const emitting = fc.letrec<{ body: Statement[]; statement: Statement }>(tie => ({
    body: fc.array(tie('statement'), { minLength: 1, maxLength: 3, size: 'max' }),
    statement: fc.oneof({ maxDepth: 2 },
      weighted(12, { op: fc.constant('emit'), value: fc.nat(9) }),
      { weight: 5, arbitrary: waiting },
      { weight: 5, arbitrary: operation },
      weighted(1, { op: fc.constant('return'), value: values }),
      ...around(tie('body')),
      ...entering.map(of => (
        weighted(2, { op: fc.constant<'with'>('with'), of: fc.constant(of), body: tie('body'), quiet })))),
  })).body
  return fc.record({
    eager: rarely,
    kit: fc.constant(kit),
    mains: fc.oneof(
      { weight: 6, arbitrary: fc.tuple(helped) },
      { weight: 5, arbitrary: fc.tuple(fc.oneof(...kit.map((one, of) => crowd(of, one)))) },
      { weight: 2, arbitrary: fc.tuple(fc.array(brood, { minLength: 1, maxLength: 2 })) },
      { weight: 1, arbitrary: fc.tuple(helped, body) }),
    bodies: fc.array(fc.oneof({ weight: 2, arbitrary: body }, { weight: 1, arbitrary: terse }), { minLength: 1, maxLength: 4, size: 'max' }),
    generators: fc.array(fc.record({ owned: rarely, body: emitting }), { minLength: 1, maxLength: 2, size: 'max' }),
  })
}

export const programs: fc.Arbitrary<Program> =
  fc.array(primitive, { minLength: 1, maxLength: 3, size: 'max' }).chain(kit => programsWith(kit))
