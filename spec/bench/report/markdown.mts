import type { Result, Verdict } from '../harness/results.mts'
import { FULL, type Row } from '../harness/scale/survey.mts'
import { markOf, textOf } from '../harness/scale/table.mts'
import { grouped, short, times } from '../harness/table.mts'
import { slug } from './slug.mts'

/** The promises of all groups, kept or not, as a table. */
export function promises(results: readonly Result[]): string {
  return [
    '| | what | measured | at most |',
    '|---|---|---|---|',
    ...results.flatMap(({ title, unit, verdicts }) => verdicts.map(verdict => promise(title, unit, verdict))),
  ].join('\n')
}

function promise(title: string, unit: string, { of, per, atMost, measured, kept }: Verdict): string {
  const [what, as] = per === undefined ? [of, ` ${unit}`] : [`${of} : ${per}`, ' ×']
  return `| ${kept ? '✓' : '✗'} | ${title}: ${cell(what)} | ${short(measured)}${as} | ${String(atMost)}${as} |`
}

/** One group, with its plot. */
export function section({ title, unit, anchor, rounds, figures }: Result, folder: string): string {
  return [
    `### ${title.charAt(0).toUpperCase()}${title.slice(1)}`,
    '',
    `![${title}](${folder}/${slug(title)}.svg)`,
    '',
    `| ${String(rounds)} round${rounds === 1 ? '' : 's'} | ${unit} | times ${cell(anchor)} |`,
    '|---|---|---|',
    ...figures.map(({ name, figure, ratio }) =>
      `| ${cell(name)} | ${grouped(figure.median)} | ${name === anchor ? '' : times(ratio)} |`),
  ].join('\n')
}

/** Nanoseconds of one operation, with ever more of each thing. */
export function scaleSection(rows: readonly Row[]): string {
  return [
    '### Nanoseconds of one operation, when there are so many',
    '',
    `| | | ${FULL.counts.map(count => count.toLocaleString('en-US')).join(' | ')} |`,
    `|---|---|${'---|'.repeat(FULL.counts.length)}`,
    ...rows.map(({ name, costs, verdict }) =>
      `| ${markOf(verdict)} | ${cell(name)} | ${FULL.counts.map((_, i) => textAt(costs, i)).join(' | ')} |`),
  ].join('\n')
}

function textAt(costs: Row['costs'], i: number): string {
  const cost = costs[i]
  return cost === undefined ? '' : textOf(cost)
}

function cell(text: string): string { return text.replace(/\*/g, '\\*') }
