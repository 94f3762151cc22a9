/** Names that last: the first of a name has it alone, the second is `name#2`. */
export class Names {
  private readonly named = new Map<object, string>()
  private readonly counts = new Map<string, number>()

  /** The name of an object, which gets one at its first call. @param wanted what it would like to be called. */
  of(object: object, wanted: () => string): string {
    const known = this.named.get(object)
    if (known !== undefined) return known
    const name = this.fresh(wanted())
    this.named.set(object, name)
    return name
  }

  /** A name that nobody has yet. */
  fresh(wanted: string): string {
    const name = wanted === '' ? '<anonymous>' : wanted
    const count = (this.counts.get(name) ?? 0) + 1
    this.counts.set(name, count)
    return count === 1 ? name : `${name}#${String(count)}`
  }

  /** Another object is the same thing to the reader. */
  alias(object: object, name: string): void { this.named.set(object, name) }

  known(object: object): string | null { return this.named.get(object) ?? null }

  /** Keep it alive no longer. */
  forget(object: object): void { this.named.delete(object) }
}

/** Those that were made and have not begun, by the name of their function. */
export class Unbegun {
  private readonly waiting = new Map<string, string[]>()

  add(name: string, frame: string): void {
    const frames = this.waiting.get(name)
    if (frames === undefined) this.waiting.set(name, [frame])
    else frames.push(frame)
  }

  remove(name: string, frame: string): void {
    const frames = this.waiting.get(name) ?? []
    const at = frames.lastIndexOf(frame)
    if (at >= 0) frames.splice(at, 1)
  }

  /** The one that was made last. */
  last(name: string): string | null {
    const frames = this.waiting.get(name) ?? []
    return frames[frames.length - 1] ?? null
  }
}
