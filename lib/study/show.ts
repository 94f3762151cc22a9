import { describe, describeError } from '../base/describe.ts'
import { oneLine, shortened } from './one-line.ts'

/** The most items or keys that are shown. */
const MOST = 5
/** The most characters that are shown. */
const LONGEST = 60

/**
 * A value in a few words on one line, as a program would write it: `'tea'`, `[1, 2]`, `{ name: 'Ann' }`, `RangeError: too far`. The
 * function never throws, and calls no getter of a plain object.
 */
export function show(value: unknown): string { return shortened(oneLine(showInside(value, 2)), LONGEST) }

function showInside(value: unknown, levels: number): string {
  if (typeof value !== 'object' || value === null) return describe(value)
  try {
    return showObject(value, levels)
  } catch {
    return 'an object' // such as a proxy that throws at everything
  }
}

function showObject(value: object, levels: number): string {
  if (value instanceof Error) return showError(value)
  if (Array.isArray(value)) {
    return levels === 0 ? describe(value) : `[${few(value.map((item: unknown) => showInside(item, levels - 1)))}]`
  }
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return showInstance(value)
  const entries = Object.entries(Object.getOwnPropertyDescriptors(value)).filter(([, { enumerable }]) => enumerable)
  if (levels === 0 || entries.length === 0) return entries.length === 0 ? '{}' : '{…}'
  return `{ ${few(entries.map(([key, property]) => `${key}: ${'value' in property ? showInside(property.value, levels - 1) : '…'}`))} }`
}

/** An error. A class of the program that sets no `name` has the name of its base class, so the name of the class itself is shown. */
function showError(error: Error): string {
  const words = describeError(error)
  const { name } = error.constructor
  return error.name === 'Error' && name !== '' && words.startsWith('Error') ? name + words.slice('Error'.length) : words
}

/** An instance of a class: what its `toString()` says, if the class has its own. */
function showInstance(value: object): string {
  const toString: unknown = Reflect.get(value, 'toString')
  return typeof toString === 'function' && toString !== Reflect.get(Object.prototype, 'toString') ? String(Reflect.apply(toString, value, [])) : describe(value)
}

function few(words: readonly string[]): string {
  return words.length > MOST ? [...words.slice(0, MOST), '…'].join(', ') : words.join(', ')
}
