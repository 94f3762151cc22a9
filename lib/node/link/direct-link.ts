import { IoSide } from '../io/io-side.ts'
import { makers } from '../io/makers.ts'
import { Link } from './link.ts'

/** Both sides are in one thread, which Node's event loop drives. */
class DirectLink extends Link {
  private readonly ioSide = new IoSide(makers, {
    onReport: (id, event, value) => { this.reported(id, event, value) },
    onBytes: (id, bytes) => {
      this.received(id, bytes)
      return true
    },
  })

  tell(id: number, command: string, value?: unknown): void { this.ioSide.do(id, command, value) }

  write(id: number, bytes: Uint8Array): void { this.ioSide.write(id, bytes) }

  protected sendOpen(kind: string, id: number, options: unknown): void { this.ioSide.open(kind, id, options) }
}

let link: DirectLink | null = null

/** The link of attached loops. It is made when it is needed. */
export function directLink(): Link { return link ??= new DirectLink() }
