import { readFileSync } from 'node:fs'
import { type Row, rows, text } from './support/misuse/arguments.ts'
import { checkedCallables } from './support/misuse/call.ts'
import { doors } from './support/misuse/doors.ts'
import { pages } from './support/misuse/page.ts'

describe('a public function that gets what it should not', () => {
  let found: readonly Row[] = []

  it('does what the page says, each with 21 wrong values for each parameter and each option, in the words of docs/errors.md', () => {
    found = rows()
    expect(text(found)).toBe(readFileSync(pages.arguments, 'utf8'))
  })

  it("throws an error of the library and not JavaScript's own, disturbs no other task, and its reports do not fail", () => {
    const outcomes = found.flatMap(({ name, outcomes }) => Array.from(outcomes.keys(), outcome => `${name}: ${outcome}`))
    expect(outcomes.filter(outcome => !/: (ok|(a group: )?`[A-Z_]+`)$/.test(outcome))).toEqual([])
  })

  it('is there for each name of each door', () => {
    const checked = checkedCallables()
    expect(checked.length).toBeGreaterThan(480)
    expect(found.length).toBeGreaterThan(400)
    expect(doors.filter(door => !checked.some(callable => callable.door === door))).toEqual([])
  })
})
