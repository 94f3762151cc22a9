/**
 * npm run bench [-- --rounds N] [--only WORD] [--json FILE] [--plots FOLDER] [--compare REVISION]
 *
 * Every figure is a ratio of things measured in the same run, in turn, several times over.
 *
 * --only     the groups whose title, or whose file in groups/, has the word; `scale` is one
 * --plots    write a plot of each group, and the figures into the text beside the folder: docs/performance.md
 * --compare  what has changed since a revision, measured in turn with it
 */
import { writeFileSync } from 'node:fs'
import { compareWith } from './harness/compare.mts'
import { machine, missing, versions } from './harness/machine.mts'
import { option } from './harness/options.mts'
import type { Result } from './harness/results.mts'
import { FULL, type Row, surveyScale } from './harness/scale/survey.mts'
import { headOf, lineOf } from './harness/scale/table.mts'
import { select } from './harness/select.mts'
import { survey } from './harness/survey.mts'
import { table } from './harness/table.mts'
import { publish } from './report/publish.mts'

const rounds = Number(option('rounds') ?? 7)
const word = option('only') ?? ''
const selected = await select(word)
const hasScale = 'scale'.includes(word)
if (selected.length === 0 && !hasScale) throw new Error(`no group has "${word}" in its title, or in the name of its file`)
const revision = option('compare')

console.log(`${machine}; at most ${String(rounds)} rounds`)
if (revision !== undefined) {
  compareWith(revision, selected, rounds)
} else {
  console.log(versions().join('; '))
  for (const peer of missing()) console.log(`without ${peer}: not installed`)
  const results: Result[] = []
  for (const located of selected) {
    const result = survey(located, rounds)
    results.push(result)
    console.log(table(result))
  }
  const scale: Row[] = []
  if (hasScale) {
    console.log(`\n${headOf(FULL.counts)}`)
    for (const row of surveyScale(FULL)) {
      scale.push(row)
      console.log(lineOf(row))
    }
  }
  const file = option('json')
  const all = { machine, versions: versions(), results, scale }
  if (file !== undefined) writeFileSync(file, `${JSON.stringify(all, null, 1)}\n`)
  const folder = option('plots')
  if (folder !== undefined) publish(folder, results, scale)
}
