import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Program } from '../support/programs.ts'

/**
 * The blocks that are fenced `typescript` or `javascript`: what says what it prints runs in a process of its own, with real input and
 * output. For each of the others, docs/CONTRIBUTING.md says why it cannot run.
 */
const docs = join(__dirname, '../../docs')
const pages = readdirSync(docs).filter(file => file.endsWith('.md') && file !== 'embedding.md') // which shows parts of games
const blocks = pages.flatMap(page => Array.from(readFileSync(join(docs, page), 'utf8').matchAll(/^```(?:typescript|javascript)\n(.*?)^```$/gms), ([, code = '']) => ({
  page, code, first: code.slice(0, code.indexOf('\n')), prints: /\/\/ prints: (.*)$/m.exec(code)?.[1] ?? null,
})))
const named = ({ page, first }: { readonly page: string; readonly first: string }): string => `${page}: ${first}`

it.each(blocks.filter(({ prints }) => prints !== null).map(block => [named(block), block] as const))('%s … prints what it should', (_, { code, prints }) =>
  new Program(code).start().ended.then(({ code: exit, stdout, stderr }) => {
    expect([stdout.trim().split('\n').filter(line => line !== '').join(', '), stderr, exit]).toEqual([prints, '', 0])
  }))

it('each of the others is in the list of those that cannot run, and no other', () => {
  const rows = readFileSync(join(docs, 'CONTRIBUTING.md'), 'utf8').matchAll(/^\| ([\w-]+\.md) \| `(.*?)` \| .+ \|$/gm)
  expect(Array.from(rows, ([, page, first]) => `${page ?? ''}: ${first ?? ''}`)).toEqual(blocks.filter(({ prints }) => prints === null).map(named))
})
