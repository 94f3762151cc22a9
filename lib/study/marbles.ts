import { checkedCount } from '../base/checked.ts'
import { checkOptions } from '../base/options.ts'
import { checkedEvents } from './checked-events.ts'
import type { StudyEvent, StudyKind } from './event.ts'

/** The options of `marbles()`. */
export interface MarblesOptions {
  /** The width of a line in characters; 100 by default. A longer line goes on in another block. */
  readonly width?: number
}

const MARBLES = { call: 'marbles(events, { width: 80 })', names: ['width'] }
const LEAST_WIDTH = 20
/** Nobody reads more lines below each other. */
const MOST_LANES = 40

/** What is written on the line of a generator for each kind of event. */
const SIGNS: Partial<Record<StudyKind, (value: string, event: StudyEvent) => string>> = {
  made: () => '.',
  enter: () => '|',
  send: value => `<${value}`,
  answer: value => `<${value}`,
  result: value => `=${value}`,
  throw: value => `!${value}`,
  fail: value => `!${value}`,
  yield: value => `${value}>`,
  emit: value => `${value}>`,
  delegate: value => `(${value}`,
  return: value => `${value}|`,
  raise: value => `${value}X`,
  close: () => 'close',
  catch: () => 'catch',
  finally: () => 'finally',
  suspend: value => `~${value}`,
  switch: (_, { to }) => `@${String(to)}`,
}

/** After these events, a generator does not run. */
const SUSPENDS: readonly StudyKind[] = ['yield', 'emit', 'delegate', 'suspend', 'made', 'switch']

/** What the signs mean. */
const LEGEND = [
  '. made', '| begins', 'x> yields x', '<x gets x', '=x its delegate returned x', '(f delegates to f', '!e throws e', '~w waits for w', '@g switches to g',
  'x| returns x', 'eX ends with e',
]

/**
 * Draw one line for each generator, with time from left to right: `inner  |--'a'>----<10--'done'|`. A line is `-` where the
 * generator is suspended, and `=` where it runs.
 * @param events the recorded events.
 * @param options.width the width of a line in characters. A longer line goes on in another block.
 * @returns the lines, and a legend below them.
 */
export function marbles(events: readonly StudyEvent[], options: MarblesOptions = {}): string {
  checkedEvents('marbles()', events)
  checkOptions(options, MARBLES)
  const width = Math.max(LEAST_WIDTH, options.width === undefined ? 100 : checkedCount('marbles({ width })', options.width))
  const shown = events.filter(event => event.frame !== null && event.internal !== true && SIGNS[event.kind] !== undefined && !isTurn(event))
  const all = Array.from(new Set(shown.map(event => event.frame as string)))
  const lanes = all.slice(0, MOST_LANES)
  if (lanes.length === 0) return 'no generator ran\n'
  const label = Math.min(Math.max(...lanes.map(name => name.length)), Math.floor(width / 3))
  const drawn = new Set(lanes)
  const blocks = blocksOf(all.length === lanes.length ? shown : shown.filter(event => drawn.has(event.frame as string)), lanes, width - label - 2)
  const labels = lanes.map(lane => shortName(lane, label).padEnd(label))
  const lines = blocks.map(block => labels.map((lane, i) => `${lane}  ${block[i] as string}`.trimEnd()).filter((_, i) => (block[i] as string).trim() !== '').join('\n'))
  const more = all.length === lanes.length ? '' : `\n\nand ${String(all.length - lanes.length)} more generators, in the sentences only`
  return `${lines.join('\n\n')}${more}\n\n${legend(width)}\n`
}

/** A name that fits. Its number stays: it tells it from others of its name. */
function shortName(name: string, room: number): string {
  const hash = name.lastIndexOf('#')
  const number = hash > 0 ? name.slice(hash) : ''
  return name.length <= room ? name : `${name.slice(0, Math.max(1, room - number.length - 1))}…${number}`
}

/** What the signs mean, on as many lines as it takes. */
function legend(width: number): string {
  const lines = ['']
  for (const sign of LEGEND) {
    const line = lines[lines.length - 1] as string
    if (line === '') lines[lines.length - 1] = sign
    else if (line.length + 3 + sign.length <= width) lines[lines.length - 1] = `${line}   ${sign}`
    else lines.push(sign)
  }
  return lines.join('\n')
}

/** Is it a switch from the loop or back to it? Waits and ends have signs of their own, so such a switch is not drawn. */
function isTurn({ kind, why }: StudyEvent): boolean { return kind === 'switch' && why !== 'switch' && why !== 'throw' }

/** Is the first event of a generator none of its beginning? Then the recording has forgotten how it began. */
function isLater(first: StudyEvent | undefined): boolean { return first !== undefined && first.kind !== 'made' && first.kind !== 'enter' }

/** The lines of all lanes, cut into blocks that are not wider than `room`. */
function blocksOf(shown: readonly StudyEvent[], lanes: readonly string[], room: number): string[][] {
  const blocks: string[][] = []
  const alive = lanes.map(lane => isLater(shown.find(event => event.frame === lane)))
  let block = lanes.map(() => '')
  for (const event of shown) {
    const own = lanes.indexOf(event.frame as string)
    const sign = (SIGNS[event.kind] as (value: string, event: StudyEvent) => string)(event.value, event).slice(0, room - 1)
    if ((block[own] as string).length + sign.length + 1 > room) {
      blocks.push(block)
      block = lanes.map(() => '')
    }
    if (event.kind === 'enter' || event.kind === 'made') alive[own] = true
    block = block.map((line, i) => line + (i === own ? `${sign}=` : (alive[i] === true ? '-' : ' ').repeat(sign.length + 1)))
    if (event.kind === 'return' || event.kind === 'raise') {
      alive[own] = false
      block[own] = `${(block[own] as string).slice(0, -1)} `
    } else if (SUSPENDS.includes(event.kind)) {
      block[own] = `${(block[own] as string).slice(0, -1)}-`
    }
  }
  return [...blocks, block]
}
