import type { Maker, Teller, Thing } from './thing.ts'

/** Where an engine speaks to. */
export interface Listener {
  onBytes(id: number, chunk: Uint8Array): boolean
  onTold(id: number, event: string, value: unknown): void
}

/** The side with an event loop of Node's own: it makes things, and passes on what is said to them and by them. */
export class Engine {
  private readonly things = new Map<number, Thing>()
  /** Those for which there was no room. */
  private readonly stopped = new Set<Thing>()
  /** The numbers of things that are made here are odd. */
  private next = 1

  constructor(private readonly makers: Readonly<Record<string, Maker>>, private readonly listener: Listener) {}

  open(kind: string, id: number, options: unknown): void {
    this.add(id, teller => (this.makers[kind] as Maker)(options as never, teller))
  }

  do(id: number, verb: string, value: unknown): void { this.things.get(id)?.do(verb, value) }

  write(id: number, bytes: Uint8Array): void { this.things.get(id)?.write?.(bytes) }

  /** There is room again for what is told. */
  onRoom(): void {
    const stopped = Array.from(this.stopped)
    this.stopped.clear()
    for (const thing of stopped) thing.resume?.()
  }

  private add(id: number, maker: (teller: Teller) => Thing): void {
    const teller: Teller = {
      tell: (event, value) => { this.listener.onTold(id, event, value) },
      bytes: chunk => {
        if (this.listener.onBytes(id, chunk)) return true
        this.stopped.add(thing)
        return false
      },
      make: another => {
        const made = this.next
        this.next += 2
        this.add(made, another)
        return made
      },
      over: () => {
        this.things.delete(id)
        this.stopped.delete(thing)
      },
    }
    const thing = maker(teller)
    this.things.set(id, thing)
  }
}
