import fc from 'fast-check'
import { often } from '../arbitraries.ts'
import type { Body, Deed, Manager, Program, Statement, Strike, Try } from './language.ts'

/** What may stand in a program. */
export interface Vocabulary {
  readonly eager: boolean
  readonly deeds: readonly Weighted<Deed>[]
  readonly managers: readonly Weighted<Manager>[]
  readonly catches: Readonly<Partial<Record<Try['catches'], number>>>
  readonly shields: boolean
  /** Besides `sleep`, `try` and `use`. */
  readonly statements: (body: fc.Arbitrary<Body>) => readonly Weighted<Statement>[]
}

export interface Weighted<T> {
  readonly weight: number
  readonly arbitrary: fc.Arbitrary<T>
}

export function weighted<T>(weight: number, arbitrary: fc.Arbitrary<T>): Weighted<T> { return { weight, arbitrary } }

const DEEPEST = 4

export const short = fc.constantFrom(1, 1, 2, 2, 3, 4)
export const nth = often({ 0: 4, 1: 2, 2: 1, 3: 1, 4: 1, 5: 1 }).map(Number)
export const rarely = often({ yes: 1, no: 5 }).map(answer => answer === 'yes')
const long = fc.constantFrom(0, 0, 1, 1, 2, 2, 3, 4, 5, 7, 9, 30)

export function programsOf(vocabulary: Vocabulary): fc.Arbitrary<Program> {
  const { eager, catches, shields } = vocabulary
  const deed = fc.oneof(...vocabulary.deeds)
  const managers = (minLength: number, maxLength: number): fc.Arbitrary<Manager[]> =>
    fc.array(fc.oneof(...vocabulary.managers), { minLength, maxLength, size: 'max' })
  const { body } = fc.letrec<{ body: Body; child: Statement; statement: Statement }>(tie => {
    const inner = tie('body')
    return {
      body: fc.array(tie('statement'), { minLength: 1, maxLength: 3, size: 'max' }),
      child: children(fc.constant(0), inner),
      statement: fc.oneof({ maxDepth: DEEPEST, depthSize: 'max' },
        weighted(14, fc.record({ op: fc.constant('sleep'), ms: long })),
        weighted(3, deed),
        weighted(6, fc.record({
          op: fc.constant('try'), body: inner, catches: often(catches as Record<Try['catches'], number>), cleanup: inner,
          shielded: shields ? fc.boolean() : fc.constant(false),
        })),
        weighted(8, fc.record({ op: fc.constant('use'), managers: managers(1, 1), body: inner })),
        weighted(2, fc.record({ op: fc.constant('use'), managers: managers(2, 3), body: inner })),
        weighted(6, fc.record({ op: fc.constant('use'), managers: fc.tuple(group), body: fc.tuple(brood(tie('child')), inner).map(flat) })),
        ...vocabulary.statements(inner)),
    }
  })
  const strike: fc.Arbitrary<Strike> = fc.record({ op: fc.constant('strike'), ms: fc.nat(9), does: deed })
  return fc.record({
    eager: eager ? rarely : fc.constant(false),
    bodies: fc.array(body, { minLength: 1, maxLength: 3, size: 'max' }),
    strikes: fc.array(strike, { maxLength: 5, size: 'max' }),
  })
}

/** The first tasks of a group. */
function brood(child: fc.Arbitrary<Statement>): fc.Arbitrary<Body> {
  return fc.array(child, { minLength: 1, maxLength: 2, size: 'max' })
}

function flat(bodies: readonly Body[]): Body { return bodies.flat() }

// What several vocabularies have

export const group: fc.Arbitrary<Manager> = fc.record({ is: fc.constant('group') })

export const timeout: fc.Arbitrary<Manager> = fc.record({ is: fc.constant('timeout'), ms: fc.nat(6) })

export const raise: fc.Arbitrary<Statement> = fc.record({ op: fc.constant('raise') })

export function cancels(what: Record<string, number>): Weighted<Deed> {
  return weighted(8, fc.record({ op: fc.constant('cancel'), what: often(what) as fc.Arbitrary<'task'>, at: nth }))
}

export function tasks(body: fc.Arbitrary<Body>): Weighted<Statement>[] {
  return [
    weighted(3, fc.record({
      op: fc.constant('run'), body, eager: rarely, by: fc.constantFrom('await', 'shield', 'wait', 'wait_for', 'nobody'), ms: fc.nat(4) })),
    weighted(2, fc.record({ op: fc.constant('gather'), bodies: fc.array(body, { maxLength: 3, size: 'max' }), errors: fc.boolean() })),
    weighted(2, fc.record({ op: fc.constant('wait_for'), ms: short, body })),
    weighted(1, fc.record({ op: fc.constant('join'), at: nth })),
  ]
}

export function children(at: fc.Arbitrary<number>, body: fc.Arbitrary<Body>): fc.Arbitrary<Statement> {
  return fc.record({ op: fc.constant('child'), at, body })
}
