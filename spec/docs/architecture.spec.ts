import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { EventLoop, Task } from 'yieldfrom'

const root = join(__dirname, '../..')
const page = readFileSync(join(root, 'docs/architecture.md'), 'utf8')

/** "`name()` in [file](path)", as the page writes it. */
const places = Array.from(page.matchAll(/`([$\w]+)(?:\(\))?`(?: and `([$\w]+)`)? in \[[^\]]+\]\(\.\.\/(lib\/[^)]+)\)/g),
  ([, name = '', other, file = '']) => [name, ...other === undefined ? [] : [other]].map(each => ({ name: each, file }))).flat()

/** The classes in "`One` (its idea), `Two` (its idea)", from the bottom up. */
const chainOf = (from: string, to: string) => Array.from(page.slice(page.indexOf(from), page.indexOf(to)).matchAll(/`([A-Z]\w+)`/g), ([, name = '']) => name)

describe('docs/architecture.md', () => {
  it('names functions that stand in the files that it says', () => {
    expect(places.length).toBeGreaterThan(20)
    expect(places.filter(({ name, file }) => !readFileSync(join(root, file), 'utf8').includes(name))).toEqual([])
  })

  it('gives the chain of the classes of a loop, and of a task, as it is', () => {
    const chain = (type: object): string[] => {
      const parent = Object.getPrototypeOf(type) as { readonly name: string }
      return parent === Function.prototype ? [(type as { readonly name: string }).name] : [...chain(parent), (type as { readonly name: string }).name]
    }
    expect(chainOf('**The loop is a chain', 'Each knows only')).toEqual(chain(EventLoop))
    expect(chainOf('A task is such a chain', '## Floors')).toEqual(chain(Task))
  })
})
