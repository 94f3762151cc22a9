import { readFileSync } from 'node:fs'
import * as greenlet from 'yieldfrom/greenlet'
import * as node from 'yieldfrom/node'
import * as promise from 'yieldfrom/promise'
import { errorClasses, errorCodes, markdown, page } from './support/errors.ts'

describe('docs/errors.md', () => {
  const text = readFileSync(page, 'utf8')

  it('is what npm run errors writes', () => {
    expect(text).toBe(markdown())
  })

  it('has every class of errors that a program can import', () => {
    const names = Object.entries({ ...greenlet, ...node, ...promise })
      .filter(([, value]) => typeof value === 'function' && value.prototype instanceof Error).map(([name]) => name)
    expect(names.length).toBeGreaterThan(40)
    expect(names.filter(name => !text.includes(`| \`${name}\` |`))).toEqual([])
  })

  it('says of every class what it means', () => {
    expect(errorClasses().filter(({ meaning }) => meaning === '').map(({ name }) => name)).toEqual([])
  })

  it('finds the class of every code', () => {
    expect(errorCodes().filter(({ classes }) => classes.length === 0).map(({ code }) => code)).toEqual([])
  })

  it.each([
    ['of a class', 'QUEUE_EMPTY', 'QueueEmpty'],
    ['given in an object', 'LOOP_CLOSED', 'RuntimeError'],
    ['given as an argument', 'NOT_A_SEED', 'ArgumentError'],
  ])('finds a code that is %s', (_, code, name) => {
    expect(errorCodes().find(entry => entry.code === code)?.classes).toContain(name)
  })
})
