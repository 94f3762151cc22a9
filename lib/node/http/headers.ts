import { describe } from '../../base/describe.ts'
import { INSPECT } from '../../base/inspect.ts'

/** Headers. Upper and lower case do not matter in their names. A header that came several times has all its values, joined by commas. */
export class Headers implements Iterable<[string, string]> {
  private readonly $values = new Map<string, string>()

  /** @internal */
  constructor(values: Readonly<Record<string, string | readonly string[] | undefined>>) {
    for (const [name, value] of Object.entries(values)) {
      if (value !== undefined) this.$values.set(name.toLowerCase(), typeof value === 'string' ? value : value.join(', '))
    }
  }

  /** @returns the value of a header; `undefined` when there is none. */
  get(name: string): string | undefined { return this.$values.get(name.toLowerCase()) }

  /** @returns whether there is such a header. */
  has(name: string): boolean { return this.$values.has(name.toLowerCase()) }

  /** For `for…of`: names and values. */
  [Symbol.iterator](): Iterator<[string, string]> { return this.$values.entries() }

  toString(): string { return Array.from(this.$values, ([name, value]) => `${name}: ${value}`).join('\n') }

  /** In one line, unlike its text. @internal */
  [INSPECT](): string { return `<Headers ${Array.from(this.$values, ([name, value]) => `${name}=${describe(value)}`).join(' ')}>` }
}
