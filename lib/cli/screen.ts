import type { LiveFrame } from '../study/moments.ts'
import type { Look } from './look.ts'
import { keysHelp, keysLine } from './keys.ts'
import type { Stepper } from './stepper.ts'

/** Gives the lines of a source file. `null` means the main file of the program. */
export type Sources = (file: string | null) => readonly string[]

/** One screen of the stepper: the event, the source, the generators, the tasks that are ready, and the timers. */
export function screen(stepper: Stepper, title: string, sources: Sources, look: Look): string {
  const { event, events, moment, words } = stepper
  if (event === undefined) return `${title}: nothing was recorded\n`
  const { dim, strong, width, height } = look
  if (stepper.isHelp) return help(title, look)
  const cut = (text: string): string => text.length > width ? `${text.slice(0, width - 1)}…` : text
  const rest = moment.frames.filter(live => !moment.stack.includes(live))
  const below = [
    dim(rule('generators', width)),
    ...moment.stack.map((live, i) => cut(`${'  '.repeat(i)}${i === 0 ? '' : '└ '}${inWords(live)}`)),
    ...moment.stack.length === 0 ? [dim('no generator takes part in this event')] : [],
    ...rest.slice(0, 6).map(live => dim(cut(`· ${inWords(live)}`))),
    ...rest.length > 6 ? [dim(`  and ${String(rest.length - 6)} more`)] : [],
    dim(rule('loop', width)),
    cut(`ready: ${moment.ready.join(', ') || '–'}   timers: ${moment.timers.join(', ') || '–'}`),
    stepper.complaint !== '' ? strong(stepper.complaint) : stepper.typed !== '' ? stepper.typed : dim(keysLine(width)),
  ]
  const time = event.time === null ? '' : `   ${String(event.time)} ms`
  const above = [
    strong(cut(`${title}${stepper.seed === 0 ? '' : `   seed ${String(stepper.seed)}`}   event ${String(event.seq)} of ${String(events[events.length - 1]?.seq)}${time}${event.task === null ? '' : `   task ${event.task}`}`)),
    cut(words[stepper.at] as string),
  ]
  const room = Math.max(3, height - above.length - below.length - 2)
  return `${[...above, dim(rule('source', width)), ...sourcePane(stepper, sources, room).map(cut), ...below].join('\n')}\n`
}

/** The list of keys. A terminal that is too low shows how it begins. */
function help(title: string, { strong, width, height }: Look): string {
  const lines = keysHelp(width).trimEnd().split('\n')
  const room = Math.max(1, height - 3)
  return `${strong(title)}\n\n${lines.slice(0, room).join('\n')}\n`
}

/** The lines around the one that runs. A line at which generators are suspended names them. */
function sourcePane({ event, moment }: Stepper, sources: Sources, room: number): string[] {
  const top = moment.stack[moment.stack.length - 1]
  const file = event?.file ?? top?.file ?? moment.frames.find(live => live.file !== null)?.file ?? null
  const lines = sources(file)
  const live = event?.line ?? top?.line ?? null
  const first = Math.max(0, Math.min((live ?? 1) - 1 - Math.floor(room / 2), lines.length - room))
  return lines.slice(first, first + room).map((text, i) => {
    const number = first + i + 1
    const here = moment.frames.filter(({ line, state, file: own }) => line === number && state !== 'runs' && own === file).map(({ frame }) => frame)
    const mark = number === live ? '>' : here.length > 0 ? '~' : ' '
    return `${mark} ${String(number).padStart(3)}  ${text}${here.length > 0 ? `   ~ ${here.join(', ')}` : ''}`
  })
}

function inWords({ frame, state, line, locals }: LiveFrame): string {
  const variables = Object.entries(locals).map(([name, value]) => `${name} = ${value}`).join(', ')
  return `${frame}  ${state === 'made' ? 'made, not begun' : state}${line === null ? '' : `, line ${String(line)}`}${variables === '' ? '' : `   ${variables}`}`
}

function rule(title: string, width: number): string { return `── ${title} ${'─'.repeat(Math.max(0, width - title.length - 4))}` }
