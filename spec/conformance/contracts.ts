/**
 * The contracts: what each G-, Y- and R-number means. It stands in the first comment of the programs that show it.
 *
 *     npm run contracts    write docs/contracts.md
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'

export interface Family {
  readonly letter: 'G' | 'Y' | 'R'
  readonly folder: string
  readonly title: string
  /** How many contracts there are. */
  readonly count: number
  /** What they follow, where a contract does not name something else in parentheses at its end. */
  readonly follows: string
}

export const families: readonly Family[] = [
  { letter: 'G', folder: 'greenlet', title: 'Greenlets', count: 32, follows: 'greenlet' },
  { letter: 'Y', folder: 'yield-from', title: 'Generators', count: 16, follows: 'PEP 380' },
  { letter: 'R', folder: 'asyncio', title: 'The event loop', count: 27, follows: 'asyncio' },
]

export interface Contract {
  /** As in `G7`. */
  readonly number: string
  readonly meaning: string
  readonly follows: string
  /** The files with its programs, without their ending. */
  readonly files: readonly string[]
}

/** Where a meaning ends in a source of its own: `… becomes a RuntimeError (PEP 479).` */
const SOURCE = / \(((?:PEP|CPython|asyncio) [^()]+)\)\.$/

export const page = join(__dirname, '../../docs/contracts.md')

/**
 * The contracts of a family. What one means is said by its files that begin with the bare number, as in `R25: …`; others
 * show more of it, and begin with a topic, as in `R25, a barrier cancelled: …`.
 */
export function contractsOf(family: Family): Contract[] {
  const files = filesOf(family)
  return Array.from({ length: family.count }, (_, i) => {
    const number = `${family.letter}${i + 1}`
    const mine = files.filter(file => numberOf(file) === number).map(file => ({ file, comment: commentOf(family, file) }))
    const [meaning, more] = [mine.filter(isMeaning), mine.filter(file => !isMeaning(file))]
    const sentences = meaning.map(({ comment }) => comment.slice(comment.indexOf(':') + 2))
    return {
      number,
      meaning: sentences.map(sentence => sentence.replace(SOURCE, '.')).join(' '),
      follows: sentences.map(sentence => SOURCE.exec(sentence)?.[1]).find(Boolean) ?? family.follows,
      files: [...meaning, ...more].map(({ file }) => file),
    }
  })
}

function isMeaning({ comment }: { comment: string }): boolean { return /^[GYR]\d+: /.test(comment) }

/** The files of a family that have a number, in the order of their names. */
export function filesOf({ folder }: Family): string[] {
  return readdirSync(join(__dirname, folder))
    .filter(file => file.endsWith('.ts')).map(file => basename(file, '.ts'))
    .filter(file => numberOf(file) !== undefined).sort()
}

/** `r05-close-and-debug-mode` belongs to `R5`. */
export function numberOf(file: string): string | undefined {
  const [, letter, number] = /^([gyr])(\d\d)-/.exec(file) ?? []
  return letter && `${letter.toUpperCase()}${Number(number)}`
}

/** The first paragraph of the comment that a file begins with, in one line. */
export function commentOf({ folder }: Family, file: string): string {
  const text = readFileSync(join(__dirname, folder, `${file}.ts`), 'utf8')
  const comment = text.slice('/**'.length, text.indexOf('*/')).replace(/^ \*/gm, '')
  return comment.trim().split(/\n\s*\n/)[0]?.replace(/\s+/g, ' ') ?? ''
}

/** The text of the page. */
export function markdown(): string {
  return [INTRODUCTION, ...families.map(section)].join('\n')
}

const INTRODUCTION = `# Contracts

What the numbers in this documentation mean: (G7) is a contract of greenlets, (Y6) one of generators, and (rule 12) is R12,
one of the event loop.

The behaviour is not this library's own. The G-contracts follow the greenlet package, version 3 (version 2 does the same).
The Y-contracts follow PEP 380 and the PEPs around it, as CPython 3.13 implements them. The R-contracts follow asyncio of
CPython 3.13. For each number the column "follows" says whom. Where JavaScript does not allow the same,
[differences.md](differences.md) says what happens instead.

Each contract is shown by programs that stand side by side in TypeScript and in Python, and that must log the same lines.
Cancel scopes, channels and the like follow trio in the same way, without numbers: \`spec/conformance/trio\`.

This page is made from the first comments of those programs: \`npm run contracts\`.
`

function section(family: Family): string {
  const rows = contractsOf(family).map(({ number, meaning, follows, files }) => [
    `<a id="${number.toLowerCase()}"></a>${number}`,
    meaning,
    follows,
    files.map(file => `[${topic(file)}](../spec/conformance/${family.folder}/${file}.ts)`).join(', '),
  ])
  const table = [['#', 'what it means', 'follows', 'programs'], ['---', '---', '---', '---'], ...rows]
  return [`## ${family.title}`, '', ...table.map(cells => `| ${cells.join(' | ')} |`), ''].join('\n')
}

/** `r25-semaphore-cancelled-in-line` is about `semaphore cancelled in line`. */
function topic(file: string): string { return file.split('-').slice(1).join(' ') }

/** The contracts that a text cites: `(G7, G9)`, `Y1–Y8`, `(rule 12)`, `rules 26 and 27`. */
export function citations(text: string): string[] {
  const numbers = Array.from(text.matchAll(/\b([GYR])(\d{1,2})(?:[–-]\1(\d{1,2}))?\b/g),
    ([, letter = '', from, to = from]) => range(letter, Number(from), Number(to)))
  const rules = Array.from(text.matchAll(/\brules? (\d{1,2}(?:(?:, | and |, and |[–-])\d{1,2})*)\b/g),
    ([, list = '']) => list.split(/, and |, | and /).flatMap(item => {
      const [from, to = from] = item.split(/[–-]/)
      return range('R', Number(from), Number(to))
    }))
  return [...numbers, ...rules].flat()
}

function range(letter: string, from: number, to: number): string[] {
  return Array.from({ length: Math.max(to - from + 1, 0) }, (_, i) => `${letter}${from + i}`)
}

if (require.main === module) writeFileSync(page, markdown())
