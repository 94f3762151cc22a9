import { oneLine } from './one-line.ts'

/** Gives objects names that are different. The second object that wants a name is `name#2`. */
export class Names {
  private readonly named = new Map<object, string>()
  private readonly counts = new Map<string, number>()

  /** The name of an object. The first call gives it one. @param wanted gives the name that it should have, if that is free. */
  of(object: object, wanted: () => string): string {
    const known = this.named.get(object)
    if (known !== undefined) return known
    const name = this.fresh(wanted())
    this.named.set(object, name)
    return name
  }

  /** A name that no object has yet. */
  fresh(wanted: string): string {
    const name = wanted === '' ? '<anonymous>' : oneLine(wanted)
    const count = (this.counts.get(name) ?? 0) + 1
    this.counts.set(name, count)
    return count === 1 ? name : `${name}#${String(count)}`
  }

  /** Give an object the name of another, because both are the same to the reader. */
  alias(object: object, name: string): void { this.named.set(object, name) }

  /** The name of an object, or `null` when it has none. */
  known(object: object): string | null { return this.named.get(object) ?? null }

  /** Forget an object, so that this does not keep it alive. */
  forget(object: object): void { this.named.delete(object) }
}
