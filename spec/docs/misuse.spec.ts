import { readFileSync } from 'node:fs'
import { type Row, checkedCallables, page, rows, text } from './support/misuse/misuse.ts'

describe('a public function that gets what it should not', () => {
  let found: readonly Row[] = []

  it('does what the page says, each with fifteen wrong values for each parameter, in the words of docs/errors.md', () => {
    found = rows()
    expect(text(found)).toBe(readFileSync(page, 'utf8'))
  })

  it("throws an error of the library and not JavaScript's own, disturbs no other task, and its reports do not fail", () => {
    const outcomes = found.flatMap(({ name, parameter, outcomes }) => Array.from(outcomes.keys(), outcome => `${name}(${parameter}): ${outcome}`))
    expect(outcomes.filter(outcome => !/: (ok|(a group: )?`[A-Z_]+`)$/.test(outcome))).toEqual([])
  })

  it('is there for each name of the door', () => {
    expect(checkedCallables().length).toBeGreaterThan(330)
    expect(found.length).toBeGreaterThan(200)
  })
})
