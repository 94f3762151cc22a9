import { describe } from './describe.ts'
import { ArgumentError } from './errors.ts'

/** The options that a function takes. */
export interface OptionNames {
  /** The call as a program writes it, with one of the options: `createTask(coroutine, { name: 'tea' })`. */
  readonly call: string
  /** The options that there are. */
  readonly names: readonly string[]
  /** The names of options that only the library itself gives. */
  readonly inner?: readonly string[]
  /** What to write when the options are a number, because `map()` has called the function with an index. */
  readonly inMap?: string
}

const NONE: readonly string[] = []

/**
 * Refuse options that do not exist, and values that are not an object of options. JavaScript itself would ignore them
 * silently. The check allocates nothing.
 * @throws TypeError that suggests the name that was probably meant.
 */
export function checkOptions(options: unknown, known: OptionNames): void {
  if (typeof options !== 'object' || options === null) throw notOptions(options, known)
  const { names, inner = NONE } = known
  let named = false
  for (const name in options) {
    if (names.includes(name) || inner.includes(name)) named = true
    else if (!isInEveryObject(name)) throw unknownOption(options, name, known)
  }
  if (!named && options.constructor !== Object && isOfAnotherKind(options)) throw notOptions(options, known)
}

/** Options with some that only the library gives. What is no object stays what it is, so that it is refused as what it is. */
export function withOptions<A extends object, B extends object>(options: A, more: B): A & B {
  return (typeof options === 'object' && (options as object | null) !== null ? { ...options, ...more } : options) as A & B
}

/** Did a page give it to every object, as `Object.prototype.extra = …` does? Then nobody gave it as an option. */
function isInEveryObject(name: string): boolean { return Object.prototype.propertyIsEnumerable(name) }

/** Is it a coroutine, a date, a map or the like? These have no names that can be seen, so they look as if they held no option. */
function isOfAnotherKind(value: object): boolean {
  return Object.prototype.toString.call(value) !== '[object Object]' || Symbol.iterator in value
}

function notOptions(value: unknown, { call, inMap }: OptionNames): Error {
  const write = typeof value === 'number' && inMap !== undefined ? `map() passes the index, too: write ${inMap}` : `Write ${call}`
  return new ArgumentError(`${functionOf(call)} takes its options as an object, not ${describe(value)}. ${write}`, 'NOT_OPTIONS')
}

function unknownOption(options: object, name: string, known: OptionNames): Error {
  const { call, names } = known
  const kind = describe(options)
  if (kind !== 'Object') return notOptions(options, known) // it is another kind of object
  const meant = closest(name, names)
  return new ArgumentError(`${functionOf(call)} has no option '${name}'. ` +
    (meant === null ? `It has ${names.join(', ')}` : `Did you mean '${meant}'?`), 'UNKNOWN_OPTION')
}

/** The function that a call calls: `createTask()` for `createTask(coroutine, { name: 'tea' })`. */
export function functionOf(call: string): string { return `${call.slice(0, call.indexOf('('))}()` }

/** @returns the known name that is most like a wrong one, or `null` when none is much like it. */
export function closest(wrong: string, names: readonly string[]): string | null {
  let best: string | null = null
  let least = 3 // fewer letters than this may differ
  for (const name of names) {
    const distance = distanceOf(plain(wrong), plain(name))
    if (distance >= least || distance > name.length / 2) continue
    least = distance
    best = name
  }
  return best
}

/** A name in lower case, so that Python's `return_exceptions` and JavaScript's `returnExceptions` are the same. */
function plain(name: string): string { return name.split('_').join('').toLowerCase() }

/** How many letters must be put in, taken out or changed to make one word of another. */
function distanceOf(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(change, (row[j] as number) + 1, (next[j - 1] as number) + 1))
    }
    row = next
  }
  return row[b.length] as number
}
