import type { Result, Spread, Verdict } from './results.mts'

/** A result as lines for a terminal. */
export function table({ title, unit, anchor, figures, verdicts }: Result): string {
  const width = Math.max(...figures.map(({ name }) => name.length))
  return [
    `\n${title}`,
    ...figures.map(({ name, figure, ratio }) => {
      const line = `  ${name.padEnd(width)}  ${grouped(figure.median).padStart(11)} ${unit}`
      return name === anchor ? line : `${line}  ${times(ratio)}`
    }),
    ...verdicts.map(verdict => `  ${verdict.kept ? '✓' : '✗'} ${promise(verdict)}`),
  ].join('\n')
}

/** `1.23 × (1.10–1.31)`. There is no ratio to something that takes no time. */
export function times({ median, least, most }: Spread): string {
  if (!Number.isFinite(median)) return '–'
  return `${short(median)} × (${short(least)}–${short(most)})`
}

export function promise({ of, per, atMost, measured }: Verdict): string {
  return `${of}${per === undefined ? '' : ` : ${per}`} = ${short(measured)}, at most ${shortest(atMost)}`
}

export function short(value: number): string {
  if (value < 0.1) return value.toPrecision(2)
  return value < 10 ? value.toFixed(2) : grouped(value)
}

/** `1.11`, `2` */
export function shortest(value: number): string { return String(Number(value.toPrecision(3))) }

/** `1,234.5` */
export function grouped(value: number): string {
  const digits = value < 100 ? 1 : 0
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })
}
