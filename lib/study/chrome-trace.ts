import { checkedEvents } from './checked-events.ts'
import type { StudyEvent } from './event.ts'
import { json } from './json.ts'
import { sentences } from './sentences.ts'

/** One entry of Chrome's trace format. */
interface Entry {
  readonly ph: 'M' | 'b' | 'e' | 'i' | 's' | 'f'
  readonly name: string
  readonly pid: 1
  readonly tid: number
  readonly ts?: number
  readonly [more: string]: unknown
}

/** The microseconds from one event to the next. They are made up, because a recording has an order but mostly no durations. */
const STEP = 10

/**
 * A recording in Chrome's trace format, which Perfetto and `chrome://tracing` open. It shows a row for each greenlet, a bar for the
 * life of each generator, and an arrow for each switch. Each event takes ten microseconds there, whatever time it really took.
 * @param events the recorded events.
 * @returns the trace as JSON.
 */
export function toChromeTrace(events: readonly StudyEvent[]): string {
  checkedEvents('toChromeTrace()', events)
  const rows = Array.from(new Set(events.flatMap(({ greenlet, to, kind }) => kind === 'switch' && to !== undefined ? [greenlet, to] : [greenlet])))
  const row = (name: string): number => rows.indexOf(name) + 1
  const words = sentences(events)
  const open = new Set<string>()
  const entries: Entry[] = rows.map(name => ({ ph: 'M', name: 'thread_name', pid: 1, tid: row(name), args: { name } }))
  events.forEach((event, i) => {
    const { frame, kind, greenlet, seq, to } = event
    const place = { pid: 1 as const, tid: row(greenlet), ts: i * STEP }
    if (kind === 'enter' && frame !== null) {
      open.add(frame)
      entries.push({ ph: 'b', cat: 'generator', id: frame, name: frame, ...place })
    }
    entries.push({ ph: 'i', s: 't', name: kind, ...place, args: { says: words[i], value: event.value, line: event.line, time: event.time } })
    if (kind === 'switch' && to !== undefined) {
      entries.push({ ph: 's', cat: 'switch', id: seq, name: 'switch', ...place })
      entries.push({ ph: 'f', bp: 'e', cat: 'switch', id: seq, name: 'switch', ...place, tid: row(to), ts: place.ts + STEP / 2 })
    }
    if ((kind === 'return' || kind === 'raise') && frame !== null && open.delete(frame)) {
      entries.push({ ph: 'e', cat: 'generator', id: frame, name: frame, ...place, ts: place.ts + STEP / 2 })
    }
  })
  for (const frame of open) entries.push({ ph: 'e', cat: 'generator', id: frame, name: frame, pid: 1, tid: 1, ts: events.length * STEP })
  return json({ traceEvents: entries, displayTimeUnit: 'ms' })
}
