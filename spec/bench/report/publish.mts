import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Figures } from '../harness/figures.mts'
import { missed, scaleSection, section } from './markdown.mts'
import { plot } from './plot.mts'
import { slug } from './slug.mts'

const BEGIN = '<!-- figures: written by npm run bench -- --plots -->'
const END = '<!-- end of the figures -->'

/** Write the plots into the folder, and the figures into the text of the same name beside it, between two marks. */
export function publish(folder: string, { machine, versions, results, scale }: Figures): void {
  mkdirSync(folder, { recursive: true })
  for (const result of results) writeFileSync(join(folder, `${slug(result.title)}.svg`), plot(result, machine))
  const file = `${folder}.md`
  const text = readFileSync(file, 'utf8')
  const begin = text.indexOf(BEGIN)
  const end = text.indexOf(END)
  if (begin === -1 || end < begin) throw new Error(`${file} has no place for the figures`)
  const figures = [
    BEGIN,
    `Measured with ${machine}; ${versions.join('; ')}.`,
    missed(results),
    ...results.map(result => section(result, basename(folder))),
    ...scale.length > 0 ? [scaleSection(scale)] : [],
  ].join('\n\n')
  writeFileSync(file, `${text.slice(0, begin)}${figures}\n\n${text.slice(end)}`)
}
