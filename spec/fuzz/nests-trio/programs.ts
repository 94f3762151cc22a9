import fc from 'fast-check'
import type { Manager, Program as Nests } from '../nests/language.ts'
import {
  type Vocabulary, cancels, children, group, nth, programsOf, raise, rarely, weighted,
} from '../nests/programs.ts'

/**
 * Nests that trio can say. `cancel` and `shield` choose by how far out: the nth around a statement, also around the group that
 * its task is of. A strike chooses among all that are open. So the order among tasks that go on at one moment does not matter.
 */
export interface Program {
  /** Is a nursery just a `TaskGroup` here? Or else is it a `Nursery`, a group in a scope, which does all that trio's does. */
  readonly plain: boolean
  readonly nests: Nests
  /** In how many orders trio is to run what is ready at one moment. */
  readonly orders: number
  /** Who does something here, one after the other. Trio's tasks are to go in that order, where they can. */
  readonly guide: readonly string[]
}

const scope: fc.Arbitrary<Manager> = fc.record({
  is: fc.constant('scope'), ms: fc.option(fc.nat(6), { nil: null }), until: rarely, fails: rarely, shield: rarely })

const vocabulary: Vocabulary = {
  eager: false,
  deeds: [
    cancels({ group: 3, scope: 4 }),
    weighted(2, fc.record({ op: fc.constant('shield'), at: nth, on: fc.boolean() })),
  ],
  managers: [weighted(5, group), weighted(6, scope)],
  catches: { nothing: 3, errors: 3 },
  shields: true,
  statements: body => [
    weighted(1, raise),
    weighted(4, children(nth, body)),
    weighted(3, fc.record({ op: fc.constant('start'), at: fc.constant(0), before: body, starts: rarely.map(no => !no), after: body })),
  ],
}

export const programs: fc.Arbitrary<Program> = fc.record({ plain: fc.boolean(), nests: programsOf(vocabulary), orders: fc.constant(1), guide: fc.constant([]) })
