/**
 * A short name for any value, for the sentences of error messages: `'text'`, `42`, `[3 items]`, `Map`, `load()`.
 * It never calls the `toString()` of a foreign object, and catches what its getters throw.
 */
export function describe(value: unknown): string {
  switch (typeof value) {
    case 'string': return value.length > 40 ? `'${value.slice(0, 37)}...'` : `'${value}'`
    case 'function': return describeFunction(value)
    case 'object': return value === null ? 'null' : describeObject(value)
    case 'bigint': return `${value}n`
    default: return String(value)
  }
}

/** All that a value says of itself. It never throws, whatever the `toString()` of the value does. */
export function words(value: unknown): string {
  try {
    return String(value)
  } catch {
    return describe(value)
  }
}

/** An error in one line, whatever was thrown: `RangeError: too far`. */
export function describeError(error: unknown): string {
  const text = words(error)
  const end = text.indexOf('\n')
  return end < 0 ? text : `${text.slice(0, end)} ...`
}

function describeFunction(value: { readonly name: unknown }): string {
  try {
    const { name } = value
    return typeof name === 'string' && name !== '' ? `${name}()` : 'a function'
  } catch {
    return 'a function' // its name is a getter that throws
  }
}

function describeObject(value: object): string {
  try {
    return Array.isArray(value) ? `[${value.length} items]` : nameOfClass(value)
  } catch {
    return 'an object' // one of its getters throws, or it is a proxy that refuses
  }
}

function nameOfClass(value: object): string {
  const tag = Object.prototype.toString.call(value).slice('[object '.length, -1)
  if (tag !== 'Object') return tag
  const constructor: unknown = (value as { constructor?: unknown }).constructor
  return typeof constructor === 'function' && constructor.name !== '' ? constructor.name : 'an object'
}
