import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { folder as lessons, output } from './support/lesson.ts'
import { withPrograms } from './support/text.ts'

/** What both languages print was recorded; that of Python by the real one (`record-lessons.ts`). */
const folder = join(lessons, 'museum')
const names = readdirSync(folder).filter(file => file.endsWith('.ts')).map(file => file.replace('.ts', ''))
const read = (file: string): string => readFileSync(join(folder, file), 'utf8')

describe.each(names)('the exhibit %s', name => {
  it('prints what stands there, and Python prints something else', () => {
    expect(output(join(folder, `${name}.ts`))).toBe(read(`${name}.txt`))
    expect(read(`${name}.python.txt`)).not.toBe(read(`${name}.txt`))
  })

  it('hangs in the museum, with both programs and what they print', () => {
    const page = read('README.md')
    for (const kind of ['ts', 'txt', 'py', 'python.txt']) expect(page).toContain(`<!-- ${name}.${kind} -->\n`)
  })
})

it('the museum shows the programs as they are', () => {
  expect(withPrograms(read('README.md'), folder)).toBe(read('README.md'))
})
