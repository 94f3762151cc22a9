import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { blocksOf, run } from './support/blocks.ts'

/**
 * The programs in the README and in docs/ run, and print what stands beside them: in the next block, or in a comment
 * `// prints: one, two, three`, a comma for each new line.
 */
const root = join(__dirname, '../..')
const pages = ['README.md', ...readdirSync(join(root, 'docs')).filter(file => file.endsWith('.md')).map(file => `docs/${file}`)]

describe.each(pages)('in %s', page => {
  const blocks = blocksOf(readFileSync(join(root, page), 'utf8'))
  const programs = blocks.filter(block => block.isProgram)

  it('every program says what it prints', () => {
    expect(programs.filter(({ prints }) => prints === null).map(({ line }) => `line ${line}`)).toEqual([])
  })

  for (const block of programs) it(`the program of line ${block.line} prints what it should`, () => {
    expect(run(block)).toEqual(block.prints)
  })
})
