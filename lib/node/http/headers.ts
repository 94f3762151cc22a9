import { describe } from '../../base/describe.ts'
import { INSPECT } from '../../base/inspect.ts'

type Received = Readonly<Record<string, string | readonly string[] | undefined>>

/** Headers. Upper and lower case do not matter in their names. A header that came several times has all its values, joined by commas. */
export class Headers implements Iterable<[string, string]> {
  private $found: Map<string, string> | null = null

  /** @internal */
  constructor(private readonly $received: Received) {}

  /** By their names. Many programs look at no header, so they are read when somebody does. */
  private get $values(): ReadonlyMap<string, string> { return this.$found ??= read(this.$received) }

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

function read(received: Received): Map<string, string> {
  const values = new Map<string, string>()
  for (const [name, value] of Object.entries(received)) {
    if (value !== undefined) values.set(name.toLowerCase(), typeof value === 'string' ? value : value.join(', '))
  }
  return values
}
