import type { StudyEvent, StudyKind } from './event.ts'
import { show } from './show.ts'

/** The recording of the same program in another language. */
export interface Twin {
  /** The title of the twin, such as `01-send.py`. */
  readonly title: string
  /** What its recorder has written. */
  readonly events: readonly TwinEvent[]
}

/** An event that another recorder has written. It may have less than one of ours. */
export type TwinEvent = Pick<StudyEvent, 'kind' | 'frame' | 'parent' | 'value'> & Partial<StudyEvent> & {
  /** Both languages tell it, each in its own words: the value is not compared. */
  readonly own?: boolean
}

/** One line of two recordings beside each other: the place of an event in each, from 0, or `null` where there is none. */
export interface Pair {
  readonly ours: number | null
  readonly twins: number | null
  readonly same: boolean
}

/** What another recorder may not tell: that a generator was made, the loop, tasks and greenlets. */
export const OPTIONAL: readonly StudyKind[] = ['made', 'switch', 'suspend', 'answer', 'emit', 'turn', 'task', 'timer', 'due', 'callback', 'done', 'cancel']

/** What has no generator in Python, where a block is a part of the function around it: the bodies of `use()` and `forEach()`, and the loop itself. */
const BLOCKS = ['<anonymous>', 'forEach']

/**
 * Put two recordings beside each other, event by event. What the twin cannot tell has no partner. That is more when its recording tells
 * only what it prints, and nothing of generators.
 */
export function beside(ours: readonly StudyEvent[], twins: readonly TwinEvent[]): Pair[] {
  const pairs: Pair[] = []
  const told = new Set(twins.map(({ kind }) => kind))
  const frames = new Set(twins.map(({ frame }) => frame))
  const tellsOfGenerators = twins.some(({ kind }) => kind !== 'output')
  const isBlock = (frame: string | null): frame is string => frame !== null && !frames.has(frame) && BLOCKS.includes(frame.split('#')[0] as string)
  const isUntold = ({ kind, frame }: StudyEvent): boolean => kind !== 'output' && (isBlock(frame) || (!told.has(kind) && (OPTIONAL.includes(kind) || !tellsOfGenerators)))
  const around = new Map<string, string | null>() // what delegates to a block
  let at = 0
  ours.forEach((event, i) => {
    if (isBlock(event.frame) && event.kind === 'enter') around.set(event.frame, event.parent)
    if (isUntold(event)) {
      pairs.push({ ours: i, twins: null, same: true })
      return
    }
    let { parent } = event
    while (isBlock(parent)) parent = around.get(parent) ?? null
    const twin = twins[at]
    pairs.push({ ours: i, twins: twin === undefined ? null : at, same: twin !== undefined && key(twin, twin.own) === key({ ...event, parent }, twin.own) })
    at++
  })
  for (; at < twins.length; at++) pairs.push({ ours: null, twins: at, same: false })
  return pairs
}

/** What must be equal in two events. What is printed is shown by ours in quotes, and short; another recorder writes it as it is. */
function key({ kind, frame, parent, value, time, from, to, why }: TwinEvent, isOwn = false): string {
  const words = isOwn ? '' : value
  switch (kind) {
    case 'output': return `output ${shownOutput(value)}`
    case 'turn': return `turn ${String(time)}`
    case 'switch': return `${String(from)} ${String(why)} ${String(to)} ${words}` // which of its generators has switched, each tells in its own way
    case 'delegate': return `delegate ${frame ?? ''} ${parent ?? ''} ${words.split('#')[0] as string}` // Python cannot tell yet which one of that name it is
    default: return `${kind} ${frame ?? ''} ${parent ?? ''} ${words}`
  }
}

/** A line that is printed, as ours shows it: in quotes. Another recorder may have written it without. */
export function shownOutput(value: string): string { return value.startsWith('\'') && value.endsWith('\'') ? value : show(value) }
