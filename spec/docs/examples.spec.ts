import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { examples, markdown, notes, page } from './support/examples.ts'

describe('docs/examples.md', () => {
  const folder = join(__dirname, '../../docs/examples')

  it('is what npm run examples:index writes', () => {
    expect(readFileSync(page, 'utf8')).toBe(markdown())
  })

  it('leaves no example out', () => {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.ts'))
      .map(file => file.replace(/\\/g, '/').replace(/\.ts$/, '')).filter(name => name !== 'tour' && !name.startsWith('support'))
    expect(examples().map(({ name }) => name).sort()).toEqual(files.sort())
  })

  it('knows every note that an example names', () => {
    const named = new Set(examples().map(({ note }) => note).filter(note => note !== null))
    expect([...named].sort()).toEqual([...notes].sort())
  })

  it('says of each example what it shows', () => {
    expect(examples().filter(({ title, topic }) => title === '' || topic === '')).toEqual([])
  })
})
