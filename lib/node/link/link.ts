/** Who is told what becomes of a thing, on the side of the program. */
export interface Owner {
  onTold(event: string, value: unknown): void
  onBytes?(bytes: Uint8Array): void
  /** Whoever served it is gone. */
  onLost(error: Error): void
}

/** The way from the side of the program to the side that serves things: in the same thread, or to another. */
export abstract class Link {
  protected readonly owners = new Map<number, Owner>()
  /** The numbers of things that are asked for here are even. */
  private next = 2

  /** Ask for a thing. @returns its number. */
  open(kind: string, options: unknown, owner: Owner): number {
    const id = this.next
    this.next += 2
    this.owners.set(id, owner)
    this.sendOpen(kind, id, options)
    return id
  }

  /** Own a thing that was made over there. */
  adopt(id: number, owner: Owner): void { this.owners.set(id, owner) }

  /** It is over, or nobody wants to know. */
  drop(id: number): void { this.owners.delete(id) }

  /** From this thing nothing is expected by itself: it is idle until it is told something. */
  isQuiet(_id: number): void { /* Node knows what it waits for */ }

  abstract tell(id: number, verb: string, value?: unknown): void

  abstract write(id: number, bytes: Uint8Array): void

  protected abstract sendOpen(kind: string, id: number, options: unknown): void

  protected told(id: number, event: string, value: unknown): void { this.owners.get(id)?.onTold(event, value) }

  protected got(id: number, bytes: Uint8Array): void { this.owners.get(id)?.onBytes?.(bytes) }
}
