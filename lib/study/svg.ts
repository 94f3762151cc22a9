import { checkedEvents } from './checked-events.ts'
import type { StudyEvent } from './event.ts'
import { escaped } from './json.ts'
import { sentences } from './sentences.ts'

// In pixels: the width of an event, the height of a lane, the width of the names.
const STEP = 26
const LANE = 34
const LABEL = 150

/**
 * A recording as a picture. It has a dashed lane for each generator, a mark for each event, and a line for each delegation and each
 * return. The title of a mark is the sentence of its event.
 * @param events the recorded events. A picture of more than a few hundred is hard to read.
 * @returns an SVG document.
 */
export function toSVG(events: readonly StudyEvent[]): string {
  checkedEvents('toSVG()', events)
  const all = sentences(events)
  const shown = events.filter(({ frame }) => frame !== null)
  const words = all.filter((_, i) => events[i]?.frame !== null)
  const lanes = Array.from(new Set(shown.map(({ frame }) => frame as string)))
  const y = (lane: string): number => 40 + lanes.indexOf(lane) * LANE
  const x = (i: number): number => LABEL + i * STEP
  const width = x(shown.length) + 20
  const height = 60 + lanes.length * LANE
  const parts = lanes.map(lane => {
    const at = shown.map((event, i) => ({ event, i })).filter(({ event }) => event.frame === lane).map(({ i }) => i)
    const [first, last] = [at[0] as number, at[at.length - 1] as number]
    return `<text x="8" y="${String(y(lane) + 4)}">${escaped(lane)}</text>` +
      `<path class="life" d="M${String(x(first))} ${String(y(lane))}H${String(x(last))}"/>`
  })
  shown.forEach((event, i) => {
    const lane = event.frame as string
    if (event.kind === 'delegate' && event.to !== undefined && lanes.includes(event.to)) {
      parts.push(`<path class="link" d="M${String(x(i))} ${String(y(lane))}L${String(x(i + 1))} ${String(y(event.to))}"/>`)
    }
    if (event.parent !== null && lanes.includes(event.parent) && (event.kind === 'return' || event.kind === 'raise')) {
      parts.push(`<path class="link" d="M${String(x(i))} ${String(y(lane))}L${String(x(i + 1))} ${String(y(event.parent))}"/>`)
    }
    parts.push(`<g class="${event.kind}"><title>${escaped(words[i] as string)}</title>` +
      `<circle cx="${String(x(i))}" cy="${String(y(lane))}" r="7"/>` +
      `<text class="sign" x="${String(x(i))}" y="${String(y(lane) + 3.5)}">${SIGN[event.kind] ?? '·'}</text></g>`)
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${String(width)} ${String(height)}" width="${String(width)}" height="${String(height)}" role="img">` +
    `<title>${escaped(`${String(shown.length)} events of ${lanes.join(', ')}`)}</title><style>${STYLE}</style>${parts.join('')}</svg>\n`
}

/** A sign for each kind of event, so that nobody has to tell colours apart. */
const SIGN: Partial<Record<StudyEvent['kind'], string>> = {
  enter: '▸', send: '↓', answer: '↓', result: '=', throw: '!', fail: '!', yield: '↑', emit: '↑', delegate: '(', return: '■', raise: '✕', close: '×', suspend: '~',
}

const STYLE = 'text{font:13px system-ui,sans-serif;fill:#1b1f24}.sign{font-size:10px;text-anchor:middle;fill:#fff}.life{stroke:#6e7781;stroke-width:2;stroke-dasharray:4 3}' +
  '.link{stroke:#6e7781;fill:none}circle{fill:#0072b2}.yield circle,.emit circle{fill:#007a5a}.throw circle,.fail circle,.raise circle,.close circle{fill:#b3261e}.return circle{fill:#57606a}'
