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
export type TwinEvent = Pick<StudyEvent, 'kind' | 'frame' | 'parent' | 'value'> & Partial<StudyEvent>

/** One line of two recordings beside each other: the place of an event in each, from 0, or `null` where there is none. */
export interface Pair {
  readonly ours: number | null
  readonly twins: number | null
  readonly same: boolean
}

/** What another recorder may not tell: that a generator was made, the loop, tasks and greenlets. */
export const OPTIONAL: readonly StudyKind[] = ['made', 'switch', 'suspend', 'answer', 'emit', 'turn', 'task', 'timer', 'due', 'callback', 'done', 'cancel']

/**
 * Put two recordings beside each other, event by event. What the twin cannot tell has no partner. That is more when its recording tells
 * only what it prints, and nothing of generators.
 */
export function beside(ours: readonly StudyEvent[], twins: readonly TwinEvent[]): Pair[] {
  const pairs: Pair[] = []
  const told = new Set(twins.map(({ kind }) => kind))
  const tellsOfGenerators = twins.some(({ kind }) => kind !== 'output')
  let at = 0
  ours.forEach((event, i) => {
    if (!told.has(event.kind) && (OPTIONAL.includes(event.kind) || !tellsOfGenerators) && event.kind !== 'output') {
      pairs.push({ ours: i, twins: null, same: true })
      return
    }
    const twin = twins[at]
    pairs.push({ ours: i, twins: twin === undefined ? null : at, same: twin !== undefined && key(twin) === key(event) })
    at++
  })
  for (; at < twins.length; at++) pairs.push({ ours: null, twins: at, same: false })
  return pairs
}

/** What must be equal in two events. What is printed is shown by ours in quotes, and short; another recorder writes it as it is. */
function key({ kind, frame, parent, value }: TwinEvent): string {
  if (kind === 'output') return `output ${shownOutput(value)}`
  const hash = kind === 'delegate' ? value.indexOf('#') : -1 // Python cannot tell yet which one of that name it is
  return `${kind} ${frame ?? ''} ${parent ?? ''} ${hash < 0 ? value : value.slice(0, hash)}`
}

/** A line that is printed, as ours shows it: in quotes. Another recorder may have written it without. */
export function shownOutput(value: string): string { return value.startsWith('\'') && value.endsWith('\'') ? value : show(value) }
