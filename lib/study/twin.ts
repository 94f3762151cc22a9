import type { StudyEvent } from './event.ts'

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

/**
 * Put two recordings beside each other, event by event. Only ours can tell that a generator was made, so such an event has no
 * partner.
 */
export function beside(ours: readonly StudyEvent[], twins: readonly TwinEvent[]): Pair[] {
  const pairs: Pair[] = []
  let at = 0
  ours.forEach((event, i) => {
    if (event.kind === 'made') {
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

/** What must be equal in two events. What a program prints is not compared, because ours shortens it. */
function key({ kind, frame, parent, value }: TwinEvent): string {
  if (kind === 'output') return kind
  const hash = kind === 'delegate' ? value.indexOf('#') : -1 // Python cannot tell yet which one of that name it is
  return `${kind} ${frame ?? ''} ${parent ?? ''} ${hash < 0 ? value : value.slice(0, hash)}`
}
