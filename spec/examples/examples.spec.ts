import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { printedBy } from '../support/printed.ts'

/**
 * The examples print what their Python twins print; that was recorded from the real Python, line by line (`record.ts`).
 * The few for which there is nothing to compare with say so.
 */
describe('the example', () => {
  const folder = join(__dirname, '../../docs/examples')
  const elsewhere = ['node', 'engines', 'support'] // the first two have specs of their own
  const topics = readdirSync(folder).filter(name => !name.includes('.') && !elsewhere.includes(name))
  const files = topics.flatMap(topic => readdirSync(join(folder, topic)).map(file => `${topic}/${file}`))
  const names = files.filter(file => file.endsWith('.txt')).map(file => file.slice(0, -'.txt'.length))
  const source = (name: string) => readFileSync(join(folder, `${name}.ts`), 'utf8')

  /** A loop that is given no host really sleeps, which takes an engine that can wait. */
  const runsHere = (name: string) => 'Atomics' in globalThis || !source(name).includes('new EventLoop()')

  it.each(names.filter(runsHere))('%s prints what it should', name => {
    expect(printedBy(join(folder, `${name}.ts`))).toEqual(readFileSync(join(folder, `${name}.txt`), 'utf8').trimEnd().split('\n'))
  })

  it('of the README stands there as it is, with what it prints', () => {
    const readme = readFileSync(join(folder, '../../README.md'), 'utf8')
    for (const file of ['cook.ts', 'cook.txt']) expect(readme).toContain(readFileSync(join(folder, 'without-a-loop', file), 'utf8'))
  })

  it('is one for each Python twin and each text, and each is on the tour', () => {
    const tour = readFileSync(join(folder, 'tour.ts'), 'utf8')
    const withoutEnding = (file: string) => file.replace(/\.[a-z]+$/, '')
    expect(names.length).toBeGreaterThan(0)
    expect(new Set(files.map(withoutEnding))).toEqual(new Set(names))
    for (const name of names) expect(tour).toContain(`'${name}'`)
  })

  it('has a Python twin, or says why not', () => {
    for (const name of names) {
      if (!files.includes(`${name}.py`)) expect(source(name)).toMatch(/^\/\/ .+\n\/\/ No Python twin: .+/)
    }
  })

  it('says in its first line what it shows', () => {
    for (const name of names) if (name !== 'without-a-loop/cook') expect(source(name)).toMatch(/^\/\/ .+/)
  })
})
