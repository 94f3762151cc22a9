/**
 * A short name for any value, for the sentences of error messages: `'text'`, `42`, `[3 items]`, `Map`, `load()`.
 * It never calls the `toString()` of a foreign object, and catches what its getters throw.
 */
export function describe(value: unknown): string {
  switch (typeof value) {
    case 'string': return value.length > 40 ? `'${value.slice(0, 37)}...'` : `'${value}'`
    case 'function': return value.name === '' ? 'a function' : `${value.name}()`
    case 'object': return value === null ? 'null' : describeObject(value)
    case 'bigint': return `${value}n`
    default: return String(value)
  }
}

/** An error in one line, whatever was thrown: `RangeError: too far`. */
export function describeError(error: unknown): string {
  try {
    const words = String(error)
    const end = words.indexOf('\n')
    return end < 0 ? words : `${words.slice(0, end)} ...`
  } catch {
    return describe(error) // its toString() is missing, or throws
  }
}

function describeObject(value: object): string {
  if (Array.isArray(value)) return `[${value.length} items]`
  try {
    return nameOfClass(value)
  } catch {
    return 'an object' // one of its getters throws
  }
}

function nameOfClass(value: object): string {
  const tag = Object.prototype.toString.call(value).slice('[object '.length, -1)
  if (tag !== 'Object') return tag
  const constructor: unknown = (value as { constructor?: unknown }).constructor
  return typeof constructor === 'function' && constructor.name !== '' ? constructor.name : 'an object'
}
