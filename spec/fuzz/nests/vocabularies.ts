import fc from 'fast-check'
import type { Manager } from './language.ts'
import {
  type Vocabulary, cancels, children, group, nth, raise, rarely, tasks, timeout, weighted,
} from './programs.ts'

const scope: fc.Arbitrary<Manager> = fc.record({
  is: fc.constant('scope'), ms: fc.option(fc.nat(6), { nil: null }), until: rarely, fails: rarely, shield: rarely })

/** All there is. */
export const everything: Vocabulary = {
  eager: true,
  deeds: [
    cancels({ self: 1, task: 4, future: 1, group: 3, scope: 3 }),
    weighted(2, fc.record({ op: fc.constant('shield'), at: nth, on: fc.boolean() })),
  ],
  managers: [weighted(5, group), weighted(3, timeout), weighted(5, scope)],
  catches: { nothing: 3, errors: 3, requests: 2 },
  shields: true,
  statements: body => [
    weighted(1, raise),
    weighted(3, children(nth, body)),
    weighted(2, fc.record({ op: fc.constant('start'), at: nth, before: body, starts: rarely.map(no => !no), after: body })),
    ...tasks(body),
  ],
}

/** What asyncio can say. */
export const asyncio: Vocabulary = {
  eager: true,
  deeds: [cancels({ self: 1, task: 6, future: 1 })],
  managers: [weighted(5, group), weighted(4, timeout)],
  catches: { nothing: 3, errors: 3, requests: 2 },
  shields: false,
  statements: body => [weighted(1, raise), weighted(3, children(nth, body)), ...tasks(body)],
}
