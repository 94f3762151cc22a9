import { marbles } from '../study/marbles.ts'
import type { Recorder } from '../study/recorder.ts'
import { sentences } from '../study/sentences.ts'

export interface TraceLook {
  readonly width: number
  /** Prints what matters less. */
  readonly dim: (text: string) => string
}

/** Nobody reads more lines than these, unless they are asked for. */
const MOST = 1000

/**
 * What `yieldfrom trace` prints after the program has ended.
 * @param most the largest number of events that are shown: the last ones.
 */
export function traceText({ events: all, dropped }: Pick<Recorder, 'events' | 'dropped'>, { width, dim }: TraceLook, most = MOST): string {
  const events = all.slice(Math.max(0, all.length - most))
  const leftOut = dropped + all.length - events.length
  const digits = String(events.at(-1)?.seq ?? 0).length
  const words = sentences(events)
  const lines = events.map((event, i) => event.internal === true ? '' : `${dim(String(event.seq).padStart(digits))}  ${words[i] as string}\n`)
  const left = leftOut > 0 ? `${leftOut === 1 ? 'The first event is' : `The first ${String(leftOut)} events are`} left out. ${events.length === 1 ? 'This is the last one' : `These are the last ${String(events.length)}`}; a larger --limit keeps more.\n\n` : ''
  return `\n${left}${marbles(events, { width })}\n${lines.join('')}`
}
