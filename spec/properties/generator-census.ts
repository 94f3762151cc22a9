/**
 * Counts generators that were entered and have not ended. When one ends, however it ends, each `finally` that it
 * entered has run, and has run once: JavaScript sees to that. So where all have ended, no `finally` is missing.
 *
 * To be imported before the library, which keeps the methods of generators that it finds when it is loaded.
 */
type Methods = Record<'next' | 'throw' | 'return', (this: Generator, value: unknown) => IteratorResult<unknown>>

const methods = Object.getPrototypeOf(Object.getPrototypeOf((function* () { /* any */ })())) as Methods
const open = new Set<object>()

for (const name of ['next', 'throw', 'return'] as const) {
  const native = methods[name]
  methods[name] = function (value) {
    if (name === 'next') open.add(this)
    let done: boolean | undefined = true
    try {
      const result = native.call(this, value)
      ;({ done } = result)
      return result
    } finally {
      if (done === true) open.delete(this)
    }
  }
}

/** Do something. @returns how many generators it entered that have not ended. */
export function leftOpenBy(act: () => void): number {
  open.clear()
  act()
  return open.size
}
