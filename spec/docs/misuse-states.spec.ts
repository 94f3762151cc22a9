import { readFileSync } from 'node:fs'
import { REFUSED } from './support/misuse/attempt.ts'
import { checkedCallables } from './support/misuse/call.ts'
import { pages } from './support/misuse/page.ts'
import { states } from './support/misuse/state-samples.ts'
import { type Row, rows, text } from './support/misuse/states.ts'

/** They have one state, or no method that depends on it. */
const STATELESS = ['ExceptionGroup', 'ReadWriteLock', 'LifoQueue', 'PriorityQueue', 'SeededEventLoop', 'Moments', 'Context', 'NodeEventLoopPolicy']

describe('a method that is called in a wrong state, too early or too late', () => {
  let found: readonly Row[] = []

  it('does what the page says, in the words of docs/errors.md', () => {
    found = rows()
    expect(text(found)).toBe(readFileSync(pages.states, 'utf8'))
  })

  it("gives an answer, waits, or throws an error of the library; it leaves the object as it was, and disturbs no other task", () => {
    const known = /^(waits|nothing|its error|a number|a value|`(true|false|null|-?[01]|'')`)$/
    expect(found.filter(({ outcome }) => !REFUSED.test(outcome) && !known.test(outcome))
      .map(({ state, method, outcome }) => `${state.owner} ${state.words}: ${method}: ${outcome}`)).toEqual([])
  })

  it('is there for each class that has states', () => {
    const classes = new Set(checkedCallables().flatMap(({ owner }) => owner === null ? [] : [owner]))
    expect(Array.from(classes).filter(owner => !STATELESS.includes(owner) && !states.some(state => state.owner === owner))).toEqual([])
  })
})
