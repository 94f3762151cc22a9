import { marbles } from '../study/marbles.ts'
import type { Recorder } from '../study/recorder.ts'
import { sentences } from '../study/sentences.ts'

export interface TraceLook {
  readonly width: number
  /** Prints what matters less. */
  readonly dim: (text: string) => string
}

/** What `yieldfrom trace` prints after the program has ended. */
export function traceText(recorder: Recorder, { width, dim }: TraceLook): string {
  const { events, dropped } = recorder
  const digits = String(events.at(-1)?.seq ?? 0).length
  const words = sentences(events)
  const lines = events.map((event, i) => event.internal === true ? '' : `${dim(String(event.seq).padStart(digits))}  ${words[i] as string}\n`)
  const left = dropped > 0 ? `The first ${String(dropped)} events are left out. These are the last ${String(events.length)}; a larger --limit keeps more.\n\n` : ''
  return `\n${left}${marbles(events, { width })}\n${lines.join('')}`
}
