import { IoSide } from '../io/io-side.ts'
import { makers } from '../io/makers.ts'
import { Link } from './link.ts'

/**
 * One round of Node's event loop may bring bytes for thousands of connections. After so many, the loops have a turn. So the answers
 * to the first go out while the others still come in, and what the turn needs is still at hand.
 */
const MANY = 32

/** Both sides are in one thread, which Node's event loop drives. */
export class DirectLink extends Link {
  /** Each is called when many bytes have come, so that a loop does not wait for the end of the round. */
  readonly onMany = new Set<() => void>()
  private count = 0
  private readonly ioSide = new IoSide(makers, {
    copies: false,
    soon: call => { setImmediate(call) },
    onReport: (id, event, value) => { this.reported(id, event, value) },
    onBytes: (id, bytes) => {
      this.received(id, bytes)
      if ((++this.count & (MANY - 1)) === 0) for (const have of this.onMany) have()
      return true
    },
  })

  tell(id: number, command: string, value?: unknown): void { this.ioSide.do(id, command, value) }

  write(id: number, bytes: Uint8Array): void { this.ioSide.write(id, bytes) }

  protected sendOpen(kind: string, id: number, options: unknown): void { this.ioSide.open(kind, id, options) }
}

let link: DirectLink | null = null

/** The link of attached loops. It is made when it is needed. */
export function directLink(): DirectLink { return link ??= new DirectLink() }
