import type { StudyEvent } from './event.ts'

/** The recording of the same program in another language, to be laid beside. */
export interface Twin {
  /** What the twin is called: `01-send.py`. */
  readonly title: string
  /** What its recorder has written. */
  readonly events: readonly TwinEvent[]
}

/** An event that another recorder has written: it need not have all that one of ours has. */
export type TwinEvent = Pick<StudyEvent, 'kind' | 'frame' | 'parent' | 'value'> & Partial<StudyEvent>

/** One line of two recordings beside each other: places in each, from 0, or `null` where one has nothing. */
export interface Pair {
  readonly ours: number | null
  readonly twins: number | null
  readonly same: boolean
}

/** Lay two recordings beside each other, in step. What only ours can tell (that a generator was made) has no partner. */
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

/** What must be equal. A value may be cut in one of them; what is printed is shortened in ours. */
function key({ kind, frame, parent, value }: TwinEvent): string {
  if (kind === 'output') return kind
  const hash = kind === 'delegate' ? value.indexOf('#') : -1 // Python cannot tell yet which one of that name it is
  return `${kind} ${frame ?? ''} ${parent ?? ''} ${hash < 0 ? value : value.slice(0, hash)}`
}
