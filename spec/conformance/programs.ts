/**
 * The two sides of a conformance program: the same few lines in TypeScript and in Python, which log the same things.
 */
import { Greenlet } from '../../lib/greenlet/index.ts'

export type Log = (...values: unknown[]) => void

/** Programs by what they show. */
export type Programs = Record<string, (log: Log) => void>

/** One program for each row of a table, under the title of the row; `@table` in Python. */
export function table<R>(rows: Record<string, R>, program: (log: Log, row: R) => void): Programs {
  return Object.fromEntries(Object.entries(rows).map(([title, row]) => [title, log => { program(log, row) }]))
}

const labels = new Map<object, string>()

/** Give an object the name that it is logged by (`x.label = 'a'` in Python). */
export function label<T extends object>(object: T, name: string): T {
  labels.set(object, name)
  return object
}

/** Run a program and give the lines that it logged. */
export function run(program: (log: Log) => void): string[] {
  const lines: string[] = []
  const log: Log = (...values) => { lines.push(values.map(show).join(' ')) }
  try {
    program(log)
  } catch (error) {
    log('escaped', error)
  }
  return lines
}

/** One way to print a value, the same in both languages. */
export function show(value: unknown): string {
  if (value === undefined || value === null) return 'None'
  if (value === true) return 'True'
  if (value === false) return 'False'
  if (Array.isArray(value)) return `[${value.map(show).join(', ')}]`
  if (value instanceof Error) return nameOfError(value)
  if (typeof value === 'object') return labels.get(value) ?? showObject(value)
  if (typeof value === 'function') return value.name
  return `${value as number | string}`
}

function showObject(value: object): string {
  if (value instanceof Greenlet) return value.parent === null ? 'main' : 'greenlet'
  return Object.prototype.toString.call(value)
}

/** A class of the program's own goes by its name; JavaScript's plain `Error` is Python's `Exception`. */
function nameOfError(error: Error): string {
  if (error.name !== 'Error') return error.name
  return error.constructor === Error ? 'Exception' : error.constructor.name
}

/** Is it of Latin letters alone? (The programs run in engines that have no regular expressions, too.) */
export function isWord(text: string): boolean {
  return text !== '' && Array.from(text.toLowerCase()).every(letter => letter >= 'a' && letter <= 'z')
}
