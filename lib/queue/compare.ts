import { describe } from '../base/describe.ts'
import { ArgumentError } from '../base/errors.ts'

/**
 * Compare two values as Python does. Numbers and strings are compared by `<`. Arrays are compared by their first items that differ,
 * and then by their lengths.
 * @returns less than 0, 0, or more than 0, as for `Array.prototype.sort`.
 * @throws TypeError when the two values have no order.
 */
export function compare(a: unknown, b: unknown): number {
  if (Array.isArray(a) && Array.isArray(b)) return compareArrays(a, b)
  if (a === b) return 0
  const x = primitive(a)
  const y = primitive(b)
  if (x === null || y === null || (typeof x === 'string') !== (typeof y === 'string')) {
    throw new ArgumentError(`there is no order between ${describe(a)} and ${describe(b)}. ` +
      'Write new PriorityQueue(maxsize, { compare })', 'NOT_COMPARABLE')
  }
  return x < y ? -1 : x > y ? 1 : 0
}

function compareArrays(a: readonly unknown[], b: readonly unknown[]): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const order = compare(a[i], b[i])
    if (order !== 0) return order
  }
  return a.length - b.length
}

/** The value that `<` would look at. It is `null` for values without an order: NaN, objects that are not dates, and the like. */
function primitive(value: unknown): string | number | bigint | boolean | null {
  const plain: unknown = typeof value === 'object' && typeof value?.valueOf === 'function' ? value.valueOf() : value
  switch (typeof plain) {
    case 'number': return Number.isNaN(plain) ? null : plain
    case 'string': case 'bigint': case 'boolean': return plain
    default: return null
  }
}
