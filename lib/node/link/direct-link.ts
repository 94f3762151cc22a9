import { Engine } from '../engine/engine.ts'
import { makers } from '../engine/makers.ts'
import { Link } from './link.ts'

/** Both sides in one thread, which Node's event loop drives. */
class DirectLink extends Link {
  private readonly engine = new Engine(makers, {
    onTold: (id, event, value) => { this.told(id, event, value) },
    onBytes: (id, bytes) => {
      this.got(id, bytes)
      return true
    },
  })

  tell(id: number, verb: string, value?: unknown): void { this.engine.do(id, verb, value) }

  write(id: number, bytes: Uint8Array): void { this.engine.write(id, bytes) }

  protected sendOpen(kind: string, id: number, options: unknown): void { this.engine.open(kind, id, options) }
}

let link: DirectLink | null = null

/** The link of loops that are attached; made when it is needed. */
export function directLink(): Link { return link ??= new DirectLink() }
