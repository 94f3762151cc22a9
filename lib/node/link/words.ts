/**
 * What the two sides tell each other most often. Each needs only its place in this list, and so no message of its own. The list
 * is the same in both threads.
 */
const WORDS = ['read', 'pause', 'eof', 'close', 'abort', 'grain', 'written', 'closed']

/** Stands for no value at all. */
const NOTHING = -1
/** Stands for `null`. */
const NULL = -2

/** The place of a word in the list, or -1. */
export function placeOf(word: string): number { return WORDS.indexOf(word) }

export function wordAt(place: number): string { return WORDS[place] as string }

/** Can the value be told by a number of 32 bits? */
export function isShort(value: unknown): boolean {
  return value === undefined || value === null || typeof value === 'number' && (value | 0) === value && value >= 0
}

/** The number that tells the value, which is short. */
export function shortened(value: unknown): number { return value === undefined ? NOTHING : value === null ? NULL : value as number }

/** The value that the number tells. */
export function lengthened(number: number): number | null | undefined {
  return number >= 0 ? number : number === NOTHING ? undefined : null
}
