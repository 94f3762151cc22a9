import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import type { Twin, TwinEvent } from '../study/twin.ts'
import { isFile } from './program-files.ts'

/** Can a file be written there? This is asked before the program runs, which may take long. @throws Error that says why not. */
export function checkPlace(path: string): void {
  const folder = dirname(path)
  if (!existsSync(folder)) throw new Error(`${path} cannot be written: there is no folder ${folder}`)
  if (!statSync(folder).isDirectory()) throw new Error(`${path} cannot be written: ${folder} is no folder`)
  if (existsSync(path) && !isFile(path)) throw new Error(`${path} cannot be written: it is no file`)
}

/** Write a file, and say so, where what the program prints is not disturbed. */
export function writeTo(path: string, text: string): void {
  writeFileSync(path, text)
  process.stderr.write(`${path} is written\n`)
}

/** The recording of a twin. @throws Error when the file is none. */
export function readTwin(file: string): Twin {
  const lines = readFileSync(file, 'utf8').split('\n')
  return { title: basename(file), events: lines.flatMap((line, i) => line.trim() === '' ? [] : [eventIn(line, `${file}:${String(i + 1)}`)]) }
}

function eventIn(line: string, place: string): TwinEvent {
  try {
    const event = JSON.parse(line) as Partial<TwinEvent> | null
    if (typeof event?.kind === 'string' && typeof event.value === 'string') return { frame: null, parent: null, ...event } as TwinEvent
  } catch { /* it is told below */ }
  throw new Error(`${place}: this is no event. A twin is a file as yieldfrom trace --ndjson writes it`)
}
