import { readFileSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { families, numberOf } from './contracts.ts'
import { type Programs, run } from './programs.ts'

/**
 * The same programs in TypeScript and in Python: each is to log here, line by line, what it logged there. The traces
 * are committed, so that no Python is needed; `npm run conformance:record` makes them again.
 */
describe.each([
  { folder: 'greenlet', oracle: 'the greenlet package', atLeast: 161 },
  { folder: 'yield-from', oracle: 'CPython 3.13', atLeast: 147 },
  { folder: 'asyncio', oracle: 'asyncio of CPython 3.13', atLeast: 990 },
  { folder: 'trio', oracle: 'trio', atLeast: 264 },
])('$folder, as $oracle does it', ({ folder, atLeast }) => {
  const directory = join(__dirname, folder)
  const { traces } = JSON.parse(readFileSync(join(directory, 'traces.json'), 'utf8')) as
    { traces: Record<string, Record<string, string[]>> }
  const files = readdirSync(directory).filter(file => file.endsWith('.ts')).map(file => basename(file, '.ts'))

  for (const file of files) {
    describe(file, () => {
      const { programs } = require(join(directory, `${file}.ts`)) as { programs: Programs }

      it('has the same programs in both languages', () => {
        expect(Object.keys(programs)).toEqual(Object.keys(traces[file] ?? {}))
      })

      it.each(Object.entries(programs))('%s', (title, program) => {
        expect(run(program)).toEqual(traces[file]?.[title])
      })
    })
  }

  it('covers every contract, and loses no program', () => {
    const family = families.find(each => each.folder === folder)
    const all = Array.from({ length: family?.count ?? 0 }, (_, i) => `${family?.letter}${i + 1}`)
    expect(files.map(numberOf)).toEqual(expect.arrayContaining(all))
    expect(Object.values(traces).flatMap(Object.keys).length).toBeGreaterThanOrEqual(atLeast)
  })
})
