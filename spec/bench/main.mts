/**
 * npm run bench [-- --rounds N] [--only WORD] [--json FILE] [--plots FOLDER] [--compare REVISION]
 * npm run bench -- --from FILE --plots FOLDER
 *
 * Every figure is a ratio of things measured in the same run, in turn, several times over.
 *
 * --only     the groups whose title, or whose file in groups/, has the word; `scale` is one
 * --plots    write a plot of each group, and the figures into the text beside the folder: docs/performance.md
 * --from     measure nothing: the figures are those that --json has written
 * --compare  what has changed since a revision, measured in turn with it
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { compareWith } from './harness/compare.mts'
import { machine, missing, versions } from './harness/machine.mts'
import { option } from './harness/options.mts'
import type { Figures } from './harness/figures.mts'
import { FULL, type Row, surveyScale } from './harness/scale/survey.mts'
import { headOf, lineOf } from './harness/scale/table.mts'
import { select } from './harness/select.mts'
import { survey } from './harness/survey.mts'
import { table } from './harness/table.mts'
import { publish } from './report/publish.mts'

const rounds = Number(option('rounds') ?? 7)
const word = option('only') ?? ''
const revision = option('compare')
const saved = option('from')
const json = option('json')
const folder = option('plots')

if (revision !== undefined) {
  console.log(`${machine}; at most ${String(rounds)} rounds`)
  compareWith(revision, await groupsOf(word), rounds)
} else {
  const figures = saved === undefined ? await measure() : JSON.parse(readFileSync(saved, 'utf8')) as Figures
  if (json !== undefined) writeFileSync(json, `${JSON.stringify(figures, null, 1)}\n`)
  if (folder !== undefined) publish(folder, figures)
}

async function measure(): Promise<Figures> {
  const selected = await groupsOf(word)
  console.log(`${machine}; at most ${String(rounds)} rounds`)
  console.log(versions().join('; '))
  for (const peer of missing()) console.log(`without ${peer}: not installed`)
  const results = selected.map(located => {
    const result = survey(located, rounds)
    console.log(table(result))
    return result
  })
  const scale: Row[] = []
  if (hasScale(word)) {
    console.log(`\n${headOf(FULL.counts)}`)
    for (const row of surveyScale(FULL)) {
      scale.push(row)
      console.log(lineOf(row))
    }
  }
  return { machine, versions: versions(), results, scale }
}

function hasScale(word: string): boolean { return 'scale'.includes(word) }

async function groupsOf(word: string): ReturnType<typeof select> {
  const selected = await select(word)
  if (selected.length === 0 && !hasScale(word)) throw new Error(`no group has "${word}" in its title, or in the name of its file`)
  return selected
}
