import { existsSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { emitKeypressEvents } from 'node:readline'
import type { StudyEvent } from '../study/event.ts'
import { terminalLook } from './look.ts'
import { type Program, rerun } from './order.ts'
import { programOf } from './rerun.ts'
import { type Sources, screen } from './screen.ts'
import { Stepper } from './stepper.ts'

/** How to step. */
export interface StepOptions {
  /** Press these keys, and print the screen once. */
  readonly keys?: string
  /** How many events of another run are kept. */
  readonly limit?: number
}

interface Key { readonly name?: string; readonly sequence?: string; readonly ctrl?: boolean }

const NAMED = ['left', 'right', 'up', 'down', 'home', 'end', 'return', 'escape', 'backspace']

/** A program, and what it has done. */
export interface Steps {
  readonly events: readonly StudyEvent[]
  readonly file: string
  readonly args: readonly string[]
}

/** Step through a recording by the keys of the terminal, or by those that are given. */
export async function step({ events: first, file, args }: Steps, { keys, ...options }: StepOptions): Promise<void> {
  const own = (events: readonly StudyEvent[]): StudyEvent[] => events.filter(({ internal }) => internal !== true)
  let program: Program | null = null
  const stepper = new Stepper(own(first), seed => {
    program ??= programOf(file, args)
    const { events, failure } = rerun(program, seed, options)
    return { events: own(events), failure }
  })
  const show = (): string => screen(stepper, basename(file), sourcesFor(file), terminalLook())
  if (keys !== undefined || !process.stdin.isTTY) {
    for (const key of keysOf(keys ?? readFileSync(0, 'utf8'))) if (!stepper.over) stepper.press(key)
    process.stdout.write(show())
    return
  }
  await interact(stepper, show)
}

/** The keys of a text. Each character is a key. The end of a line is the return key, which may also be written as `\n`. */
export function keysOf(text: string): string[] {
  return Array.from(text.split('\\n').join('\n').split('\r').join(''), key => key === '\n' ? 'return' : key)
}

function interact(stepper: Stepper, show: () => string): Promise<void> {
  const { stdin, stdout } = process
  const draw = (): void => { stdout.write(`\u001B[H\u001B[2J${show()}`) }
  emitKeypressEvents(stdin)
  stdin.setRawMode(true)
  stdout.write('\u001B[?1049h') // the second screen of the terminal, so that the first one comes back at the end
  draw()
  return new Promise(resolve => {
    const leave = (): void => {
      stdin.off('keypress', pressed)
      stdout.off('resize', draw)
      stdin.setRawMode(false)
      stdin.pause()
      stdout.write('\u001B[?1049l')
      resolve()
    }
    const pressed = (text: string | undefined, { name, ctrl }: Key): void => {
      if (ctrl === true && name === 'c') {
        leave()
        return
      }
      const key = name !== undefined && NAMED.includes(name) ? name : text
      if (key !== undefined && key !== '') stepper.press(key)
      if (stepper.over) leave()
      else draw()
    }
    stdin.on('keypress', pressed)
    stdout.on('resize', draw)
  })
}

function sourcesFor(main: string): Sources {
  const known = new Map<string, readonly string[]>()
  return file => {
    const named = file ?? main
    const path = existsSync(named) ? named : decodeURI(named) // an engine may name a file by its address
    const lines = known.get(path) ?? (existsSync(path) ? readFileSync(path, 'utf8').trimEnd().split('\n') : [])
    known.set(path, lines)
    return lines
  }
}
