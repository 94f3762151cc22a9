import { readFileSync } from 'node:fs'
import { pages } from './support/misuse/page.ts'
import { type InOwn, type Placed, type Within, inOwnCallbacks, inPlaces, text, withinItself } from './support/misuse/within.ts'

describe('a public function that is called from within', () => {
  let itself: readonly Within[] = []
  let own: readonly InOwn[] = []
  let placed: readonly Placed[] = []

  it('does what the page says, in the words of docs/errors.md', () => {
    itself = withinItself()
    own = inOwnCallbacks()
    placed = inPlaces()
    expect(text(itself, own, placed)).toBe(readFileSync(pages.within, 'utf8'))
  })

  it('comes back with an answer or an error of the library, and so does the call around it', () => {
    const known = /^(ok|waits|is not called|`[A-Z_]+`)$/
    const outcomes = [
      ...itself.flatMap(({ name, inner, outer }) => [[name, inner], [name, outer]]),
      ...placed.map(({ place, name, there }) => [`${name} in ${place}`, there]),
    ]
    expect(outcomes.filter(([, outcome]) => !known.test(String(outcome)))).toEqual([])
  })

  it('spoils nothing for the object that has called the program: what cannot go on after it says so, by an error of the library', () => {
    const told = own.filter(({ outcome }) => !/^(ok|`[A-Z_]+`|ok, and then `[A-Z_]+` around it)$/.test(outcome)).map(({ owner, words, method, outcome }) => `${owner} ${words}: ${method}: ${outcome}`)
    expect(told).toEqual([])
  })
})
