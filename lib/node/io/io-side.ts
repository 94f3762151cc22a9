import { ByNumber } from './by-number.ts'
import { copied } from './copied.ts'
import { portableError } from './portable-error.ts'
import type { Maker, Reporter, Resource } from './resource.ts'

/** The event of a resource that could not be made, because Node refuses its options. */
export const NOT_MADE = 'not made'

/** Gets the reports and the bytes of the resources. */
export interface Listener {
  /** Does it copy the bytes that it gets at once? */
  readonly copies: boolean
  /** @returns false when no more bytes should follow, until `onRoom()`. */
  onBytes(id: number, chunk: Uint8Array): boolean
  onReport(id: number, event: string, value: unknown): void
  /** Call a function when the program has gone on. */
  soon(call: () => void): void
}

/**
 * The I/O side, where Node's event loop runs. It makes resources, gives them the commands of the program, and passes on what
 * they report.
 */
export class IoSide {
  private readonly resources = new ByNumber<Resource>()
  /** Those that were told to stop, because there was no room for their bytes. */
  private readonly stopped = new Set<Resource>()
  /** Resources that are made here, such as a client of a server, have odd numbers. */
  private next: number

  /** @param sign -1 when all numbers are negative. */
  constructor(private readonly makers: Readonly<Record<string, Maker>>, private readonly listener: Listener, private readonly sign: 1 | -1 = 1) {
    this.next = sign
  }

  /** Make a resource that the program asked for. One wrong value must not end the thread, for it serves many. */
  open(kind: string, id: number, options: unknown): void {
    try {
      this.add(id, reporter => (this.makers[kind] as Maker)(options as never, reporter))
    } catch (error) {
      this.listener.soon(() => { this.listener.onReport(id, NOT_MADE, portableError(error)) }) // the program does not know the number yet
    }
  }

  /** The resource with a number. */
  resourceAt(id: number): Resource | undefined { return this.resources.get(id) }

  /** All resources, with their numbers. */
  entries(): [number, Resource][] { return this.resources.entries() }

  do(id: number, command: string, value: unknown): void { this.resources.get(id)?.do(command, value) }

  /** @returns true when the bytes are not needed any more. */
  write(id: number, bytes: Uint8Array): boolean { return this.resources.get(id)?.write?.(bytes) ?? true }

  /** There is room for bytes again. */
  onRoom(): void {
    const stopped = Array.from(this.stopped)
    this.stopped.clear()
    for (const resource of stopped) resource.resume?.()
  }

  private add(id: number, make: (reporter: Reporter) => Resource): void {
    const resource = make(new ResourceReporter(id, this))
    this.resources.set(id, resource)
  }

  // For the reporters of the resources

  report(id: number, event: string, value: unknown): void { this.listener.onReport(id, event, value) }

  bytes(id: number, chunk: Uint8Array): boolean {
    if (this.listener.onBytes(id, chunk)) return true
    const resource = this.resources.get(id)
    if (resource !== undefined) this.stopped.add(resource)
    return false
  }

  lent(id: number, memory: Uint8Array, length: number): boolean { return this.bytes(id, this.listener.copies ? memory.subarray(0, length) : copied(memory, length)) }

  make(make: (reporter: Reporter) => Resource): number {
    const made = this.next
    this.next += 2 * this.sign
    this.add(made, make)
    return made
  }

  ended(id: number): void {
    const resource = this.resources.get(id)
    if (resource === undefined) return
    this.resources.delete(id)
    this.stopped.delete(resource)
  }
}

/** How one resource speaks to the program. There are as many as resources, so it is small. */
class ResourceReporter implements Reporter {
  constructor(private readonly id: number, private readonly side: IoSide) {}

  report(event: string, value?: unknown): void { this.side.report(this.id, event, value) }

  bytes(chunk: Uint8Array): boolean { return this.side.bytes(this.id, chunk) }

  lent(memory: Uint8Array, length: number): boolean { return this.side.lent(this.id, memory, length) }

  make(maker: (reporter: Reporter) => Resource): number { return this.side.make(maker) }

  ended(): void { this.side.ended(this.id) }
}
