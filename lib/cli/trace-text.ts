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
  const rest = dropped > 0 ? `The first ${String(dropped)} events are not shown. Write --limit to keep more.\n` : ''
  return `\n${marbles(events, { width })}\n${lines.join('')}${rest}`
}
