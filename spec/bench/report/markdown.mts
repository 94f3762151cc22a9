import type { Result, Verdict } from '../harness/results.mts'
import { FULL, type Row } from '../harness/scale/survey.mts'
import { markOf, textOf } from '../harness/scale/table.mts'
import { grouped, short, shortest, times } from '../harness/table.mts'
import { slug } from './slug.mts'

/** The targets of all groups that were missed, as a table. Those that are kept stand in the sections. */
export function missed(results: readonly Result[]): string {
  const all = results.flatMap(({ title, unit, verdicts }) => verdicts.map(verdict => ({ title, unit, verdict })))
  const rows = all.filter(({ verdict }) => !verdict.kept)
  return [
    `${String(all.length - rows.length)} of ${String(all.length)} targets are met. These are missed:`,
    '',
    '| where | what | measured | at most |',
    '|---|---|---|---|',
    ...rows.map(({ title, unit, verdict }) => `| ${title} | ${cells(unit, verdict)} |`),
  ].join('\n')
}

function cells(unit: string, { of, per, atMost, measured }: Verdict): string {
  const [what, as] = per === undefined ? [of, ` ${unit}`] : [`${of} : ${per}`, ' ×']
  return `${cell(what)} | ${short(measured)}${as} | ${shortest(atMost)}${as}`
}

/** One group, with its plot. */
export function section({ title, unit, anchor, rounds, figures, verdicts }: Result, folder: string): string {
  return [
    `### ${title.charAt(0).toUpperCase()}${title.slice(1)}`,
    '',
    `![${title}](${folder}/${slug(title)}.svg)`,
    '',
    `| ${String(rounds)} round${rounds === 1 ? '' : 's'} | ${unit} | times ${cell(anchor)} |`,
    '|---|---|---|',
    ...figures.map(({ name, figure, ratio }) =>
      `| ${cell(name)} | ${grouped(figure.median)} | ${name === anchor ? '' : times(ratio)} |`),
    ...verdicts.length === 0 ? [] : ['', '| target | measured | at most | |', '|---|---|---|---|'],
    ...verdicts.map(verdict => `| ${cells(unit, verdict)} | ${verdict.kept ? '✓' : '✗'} |`),
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
