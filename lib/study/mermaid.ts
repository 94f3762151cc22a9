import { checkedEvents } from './checked-events.ts'
import type { StudyEvent } from './event.ts'
import { oneLine } from './one-line.ts'

/**
 * A recording as a sequence diagram of Mermaid: text to paste into a page. Its participants are the generators and greenlets.
 * @param events the recorded events.
 */
export function toMermaid(events: readonly StudyEvent[]): string {
  checkedEvents('toMermaid()', events)
  const isTaken = events.some(({ frame }) => frame === 'main')
  const ids = new Map<string, string>()
  const id = (name: string, isGreenlet = false): string => {
    const shown = isGreenlet && isTaken && name === 'main' ? 'main (plain code)' : name
    const known = ids.get(shown)
    if (known !== undefined) return known
    const fresh = `p${String(ids.size)}`
    ids.set(shown, fresh)
    return fresh
  }
  const arrows = events.map(event => arrow(event, id)).filter(line => line !== '')
  const participants = Array.from(ids, ([name, own]) => `  participant ${own} as ${plain(name)}`)
  return ['sequenceDiagram', ...participants, ...arrows, ''].join('\n')
}

function arrow(event: StudyEvent, id: (name: string, isGreenlet?: boolean) => string): string {
  const { kind, frame, parent, value, greenlet, to, from } = event
  if (kind === 'switch') return from === undefined || to === undefined ? '' : `  ${id(from, true)}->>${id(to, true)}: ${plain(`${event.why ?? ''} ${value}`)}`
  if (frame === null) return ''
  const driver = parent === null ? id(greenlet, true) : id(parent)
  switch (kind) {
    case 'enter': return `  ${driver}->>${id(frame)}: next()`
    case 'send': return `  ${driver}->>${id(frame)}: send ${plain(value)}`
    case 'throw': return `  ${driver}-x${id(frame)}: throw ${plain(value)}`
    case 'yield': case 'emit': return `  ${id(frame)}-->>${driver}: yield ${plain(value)}`
    case 'return': return `  ${id(frame)}-->>${driver}: return ${plain(value)}`
    case 'raise': return `  ${id(frame)}--x${driver}: ${plain(value)}`
    case 'close': return `  ${driver}-x${id(frame)}: ${value === '' ? 'close()' : `return ${plain(value)}`}`
    case 'suspend': return `  Note over ${id(frame)}: waits for ${plain(value)}`
    default: return ''
  }
}

/** What means something to Mermaid, and what looks like it. */
const INSTEAD: Readonly<Record<string, string>> = { ';': ',', '#': '＃', '<': '‹', '>': '›' }

/** Text without the characters that mean something to Mermaid. A message may have a colon, for only the first one of a line counts. */
function plain(text: string): string {
  let shown = ''
  for (const character of oneLine(text)) shown += INSTEAD[character] ?? character
  return shown.trim() === '' ? '‹empty›' : shown.trim()
}
