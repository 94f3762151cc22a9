import type { Kind } from '../harness/group.mts'
import type { Figure, Result } from '../harness/results.mts'
import { grouped, times } from '../harness/table.mts'

const WIDTH = 880
const LEFT = 300
const RIGHT = 620
const TOP = 58
const ROW = 26

const STROKE = 'stroke-width="3" stroke-linecap="round" opacity=".45"'
const FULL = { maximumFractionDigits: 3 }
const FONT = 'font-family="system-ui, sans-serif" font-size="13"'

const COLOURS: Record<Kind, string> = { ours: '#0b6e4f', plain: '#8a8f98', peer: '#c1661c' }

/** The least that a scale of powers of ten shows. What is measured as nothing stands there. */
const LEAST = 0.01

/** A plot of one group: a point for the median, a line from the least to the most, on a scale of powers of ten. */
export function plot(result: Result, caption: string): string {
  const { title, unit, figures } = result
  const bottom = TOP + figures.length * ROW
  const scale = scaleOf(figures)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${bottom + 58}" ${FONT}>`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${WIDTH}" height="${bottom + 58}" rx="6" fill="#fff"/>`,
    text(16, 26, title, '#111', 'font-size="15" font-weight="600"'),
    text(LEFT, 46, `${unit}, less is better`, '#666', 'font-size="11"'),
    ...ticks(figures).map(value => grid(scale(value), bottom, value)),
    ...figures.map((figure, i) => row(figure, TOP + i * ROW + ROW / 2, scale, result)),
    text(16, bottom + 46, caption, '#666', 'font-size="10"'),
    '</svg>\n',
  ].join('\n')
}

type Scale = (value: number) => number

function ticks(figures: readonly Figure[]): number[] {
  const from = Math.floor(Math.log10(Math.min(...figures.map(({ figure }) => Math.max(LEAST, figure.least)))))
  const to = Math.max(from + 1, Math.ceil(Math.log10(Math.max(...figures.map(({ figure }) => figure.most)))))
  return Array.from({ length: to - from + 1 }, (_, i) => 10 ** (from + i))
}

function scaleOf(figures: readonly Figure[]): Scale {
  const powers = ticks(figures).map(Math.log10)
  const from = powers[0] as number
  const span = (powers.at(-1) as number) - from
  return value => Math.round((LEFT + (RIGHT - LEFT) * (Math.log10(Math.max(LEAST, value)) - from) / span) * 10) / 10
}

function grid(x: number, bottom: number, value: number): string {
  return `<path d="M${x} ${TOP}V${bottom}" stroke="#ddd"/>` +
    text(x, bottom + 16, value.toLocaleString('en-US', FULL), '#666', 'font-size="11" text-anchor="middle"')
}

function row({ name, kind, figure, ratio }: Figure, y: number, scale: Scale, { anchor, unit }: Result): string {
  const colour = COLOURS[kind]
  const label = `${grouped(figure.median)} ${unit}${name === anchor ? '' : `, ${times(ratio)}`}`
  return [
    text(LEFT - 12, y + 4, name, colour, `text-anchor="end"${kind === 'ours' ? ' font-weight="600"' : ''}`),
    `<path d="M${scale(figure.least)} ${y}H${scale(figure.most)}" stroke="${colour}" ${STROKE}/>`,
    `<circle cx="${scale(figure.median)}" cy="${y}" r="5" fill="${colour}"/>`,
    text(RIGHT + 14, y + 4, label, '#333', 'font-size="11"'),
  ].join('')
}

function text(x: number, y: number, content: string, fill: string, attributes: string): string {
  return `<text x="${x}" y="${y}" fill="${fill}" ${attributes}>${escaped(content)}</text>`
}

function escaped(text: string): string { return text.replace(/&/g, '&amp;').replace(/</g, '&lt;') }
