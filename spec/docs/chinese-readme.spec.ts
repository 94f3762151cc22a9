import { readFileSync } from 'node:fs'

/** What must be the same in any language: how the sections are nested, the commands, and how many lines each table has. */
function bones(file: string): string[] {
  const lines = readFileSync(file, 'utf8').split('\n')
  const bones: string[] = []
  let block: string | null = null
  let rows = 0
  for (const line of lines) {
    if (!line.startsWith('|') && rows > 0) {
      bones.push(`a table of ${rows} lines`)
      rows = 0
    }
    if (line.startsWith('```')) block = block === null ? line.slice(3) : null
    else if (block === 'sh') bones.push(line.replace(/\s*#.*/, ''))
    else if (block === null && line.startsWith('#')) bones.push(line.replace(/ .*/, ''))
    else if (line.startsWith('|')) rows++
  }
  return bones
}

it('the README in Chinese has the sections, the commands and the tables of the one in English', () => {
  expect(bones('docs/README.zh.md')).toEqual(bones('README.md'))
})
