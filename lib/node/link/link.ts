import { ByNumber } from '../io/by-number.ts'
import { NOT_MADE } from '../io/io-side.ts'
import type { PortableError } from '../io/portable-error.ts'
import { systemError } from '../net/system-error.ts'

/** Uses a resource, on the side of the program: it gets what the resource reports. */
export interface ResourceUser {
  /** @internal */
  $onReport(event: string, value: unknown): void
  /** @internal */
  $onBytes?(bytes: Uint8Array): void
  /** The resource could not be made, or the I/O side has died, and the resource with it. @internal */
  $onLost(error: Error): void
  /** The loop that hears of it; `undefined` when it serves a whole thread, as an executor does. @internal */
  readonly $loop?: { isClosed(): boolean }
  /** The resource goes on elsewhere, with another number. @internal */
  $moved?(id: number): void
  /** Its loop was closed while it was open: end the resource, for nobody can hear of it any more. @internal */
  $orphan?(): void
}

/** Connects the program with the I/O side, which is in the same thread, or in another. */
export abstract class Link {
  protected readonly users = new ByNumber<ResourceUser>()
  /** Resources that the program asks for have even numbers. */
  private next: number

  /** @param sign -1 when all numbers of this link are negative, so that they differ from those of another one. */
  constructor(private readonly sign: 1 | -1 = 1) { this.next = 2 * sign }

  /** Ask for a resource. @returns its number. */
  open(kind: string, options: unknown, user: ResourceUser): number {
    const id = this.next
    this.next += 2 * this.sign
    this.users.set(id, user)
    try {
      this.sendOpen(kind, id, options)
    } catch (error) {
      this.users.delete(id) // it cannot be sent, so nobody will ever report
      throw error
    }
    return id
  }

  /** Use a resource that the I/O side has made by itself, such as a client of a server. */
  adopt(id: number, user: ResourceUser): void { this.users.set(id, user) }

  /** The resource has ended, or its user wants no more reports. */
  drop(id: number): void { this.users.delete(id) }

  /** Its loop is closed, and it was told to end. What was written is still sent, and nobody hears of the end. */
  abandon(id: number): void { this.drop(id) }

  /** A loop was closed. What its program has left open is ended, so that nobody waits for it. */
  endOrphans(): void { for (const user of this.users.values()) if (user.$loop?.isClosed() === true) user.$orphan?.() }

  /** This resource reports nothing unless it gets a command. So a program that only waits has nothing to expect from it. */
  isQuiet(_id: number): void { /* Node knows what it waits for */ }

  /** Give a resource a command. */
  abstract tell(id: number, command: string, value?: unknown): void

  abstract write(id: number, bytes: Uint8Array): void

  protected abstract sendOpen(kind: string, id: number, options: unknown): void

  protected reported(id: number, event: string, value: unknown): void {
    const user = this.users.get(id)
    if (event !== NOT_MADE) {
      user?.$onReport(event, value)
      return
    }
    this.drop(id)
    user?.$onLost(systemError(value as PortableError))
  }

  protected received(id: number, bytes: Uint8Array): void { this.users.get(id)?.$onBytes?.(bytes) }
}
