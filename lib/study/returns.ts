import { none } from '../generator/native-generator.ts'

/** What `return()` of a generator is called with, in this call and in those around it. */
type Asked = readonly unknown[]

/**
 * A generator cannot see what its `return()` is called with: its `finally` runs, and that is all. So as long as a program is recorded, the
 * method that all generators share notes it. A loop that is left calls it without a value.
 */
export class Returns {
  private readonly asked: Asked[] = []

  /** What the innermost `return()` under way was called with: a list of one value, or of none. `null` when none is under way. */
  get now(): Asked | null { return this.asked[this.asked.length - 1] ?? null }

  /** Begin to note. @returns a function that ends it. */
  watch(): () => void {
    const prototype = Object.getPrototypeOf(none.prototype) as Generator
    const { asked } = this
    const before = Reflect.get(prototype, 'return') as (...values: unknown[]) => IteratorResult<unknown, unknown>
    const noting = function (this: unknown, ...values: unknown[]): IteratorResult<unknown, unknown> {
      asked.push(values)
      try {
        return Reflect.apply(before, this, values)
      } finally {
        asked.pop()
      }
    }
    for (const [key, value] of [['name', 'return'], ['length', 1]] as const) Reflect.defineProperty(noting, key, { value, configurable: true })
    Reflect.defineProperty(prototype, 'return', { value: noting, writable: true, enumerable: false, configurable: true }) // where all is frozen, nothing is noted
    return () => { if (Reflect.get(prototype, 'return') === noting) Reflect.set(prototype, 'return', before) }
  }
}
