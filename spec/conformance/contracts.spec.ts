import { readFileSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { citations, commentOf, contractsOf, families, filesOf, markdown, numberOf, page } from './contracts.ts'

const root = join(__dirname, '../..')
const contracts = families.flatMap(contractsOf)

describe('docs/contracts.md', () => {
  it('is what npm run contracts writes', () => {
    expect(readFileSync(page, 'utf8')).toBe(markdown())
  })

  it('says what each number means', () => {
    expect(contracts.filter(({ meaning }) => meaning === '').map(({ number }) => number)).toEqual([])
  })

  it('finds in each file the number that its name has', () => {
    for (const family of families) {
      const numbers = filesOf(family).map(file => [file, /^\w+/.exec(commentOf(family, file))?.[0]])
      expect(numbers).toEqual(filesOf(family).map(file => [file, numberOf(file)]))
    }
  })

  it('has every number that lib/ and docs/ cite', () => {
    const known = new Set(contracts.map(({ number }) => number))
    const unknown = ['lib', 'docs'].flatMap(filesBelow).filter(file => file !== page).flatMap(file =>
      citations(readFileSync(file, 'utf8')).filter(number => !known.has(number))
        .map(number => `${relative(root, file)}: ${number}`))
    expect(unknown).toEqual([])
  })
})

describe('citations', () => {
  it.each([
    ['what `run` returns (G7)', ['G7']],
    ['settable until then (G1, G3)', ['G1', 'G3']],
    ['to the letter of PEP 380 (Y1–Y8)', ['Y1', 'Y2', 'Y3', 'Y4', 'Y5', 'Y6', 'Y7', 'Y8']],
    ['in the next turn (rule 12)', ['R12']],
    ['`asyncio.Queue`, rules 26 and 27', ['R26', 'R27']],
    ['rules 1, 3 and 5–7', ['R1', 'R3', 'R5', 'R6', 'R7']],
    ['a rule of thumb, and ES2020', []],
  ])('of "%s"', (text, numbers) => {
    expect(citations(text)).toEqual(numbers)
  })
})

function filesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(file => /\.(ts|mts|md)$/.test(file)).map(file => join(root, folder, file))
}
