import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import * as core from 'yieldfrom'
import * as node from 'yieldfrom/node'
import * as promise from 'yieldfrom/promise'
import * as study from 'yieldfrom/study'
import * as testing from 'yieldfrom/testing'
import { rules } from 'yieldfrom/eslint'

/** What a program can import, a page tells of. */
const root = join(__dirname, '../..')
const pages = ['README.md', ...readdirSync(join(root, 'docs')).filter(file => file.endsWith('.md')).map(file => `docs/${file}`)]
const words = new Set(pages.flatMap(page => readFileSync(join(root, page), 'utf8').match(/[A-Za-z_$][\w$-]*/g) ?? []))

it.each(Object.entries({ core, node, promise, study, testing }))('%s: every name stands in the README or in docs/', (_, door) => {
  expect(Object.keys(door).filter(name => !words.has(name))).toEqual([])
})

it('every rule for the linter does', () => {
  expect(Object.keys(rules).filter(name => !words.has(name))).toEqual([])
})
