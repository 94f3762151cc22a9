import type { StudyEvent } from './event.ts'

/**
 * A recording as a sequence diagram of Mermaid: text to paste into a page. Its participants are the generators and greenlets.
 * @param events the recorded events.
 */
export function toMermaid(events: readonly StudyEvent[]): string {
  const ids = new Map<string, string>()
  const id = (name: string): string => {
    const known = ids.get(name)
    if (known !== undefined) return known
    const fresh = `p${String(ids.size)}`
    ids.set(name, fresh)
    return fresh
  }
  const arrows = events.map(event => arrow(event, id)).filter(line => line !== '')
  const participants = Array.from(ids, ([name, own]) => `  participant ${own} as ${plain(name)}`)
  return ['sequenceDiagram', ...participants, ...arrows, ''].join('\n')
}

function arrow(event: StudyEvent, id: (name: string) => string): string {
  const { kind, frame, parent, value, greenlet, to, from } = event
  if (kind === 'switch') return from === undefined || to === undefined ? '' : `  ${id(from)}->>${id(to)}: ${plain(`${event.why ?? ''} ${value}`)}`
  if (frame === null) return ''
  const driver = id(parent ?? greenlet)
  switch (kind) {
    case 'enter': return `  ${driver}->>${id(frame)}: next()`
    case 'send': return `  ${driver}->>${id(frame)}: send ${plain(value)}`
    case 'throw': return `  ${driver}-x${id(frame)}: throw ${plain(value)}`
    case 'yield': case 'emit': return `  ${id(frame)}-->>${driver}: yield ${plain(value)}`
    case 'return': return `  ${id(frame)}-->>${driver}: return ${plain(value)}`
    case 'raise': return `  ${id(frame)}--x${driver}: ${plain(value)}`
    case 'close': return `  ${driver}-x${id(frame)}: close()`
    case 'suspend': return `  Note over ${id(frame)}: waits for ${plain(value)}`
    default: return ''
  }
}

/** Text without the characters that mean something to Mermaid. */
function plain(text: string): string {
  return text.split('\n').join(' ').split(';').join(',').split('#').join('＃').split('<').join('‹').split('>').join('›').trim()
}
