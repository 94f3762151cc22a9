import { ConnectionResetError } from '../base/os-errors.ts'
import type { Coroutine } from '../generator/types.ts'
import type { Loop } from '../loop/loop.ts'
import { Future } from '../task/future.ts'
import { Protocol } from '../transport/protocol.ts'

/** A protocol that lets coroutines wait until there is room to write. It is asyncio's `FlowControlMixin`. */
export class FlowControl extends Protocol {
  private $full = false
  private $lost = false
  /** Those who wait for room. Most connections never have any. */
  private $drainers: Set<Future<void>> | null = null

  /** A future that is done when the connection is lost. @internal */
  readonly $closed: Future<void>

  constructor(/** @internal */ protected readonly $loop: Loop) {
    super()
    this.$closed = new Future<void>({ loop: $loop })
  }

  /** Is this the side that was connected to? @internal */
  get $isServer(): boolean { return false }

  override pauseWriting(): void { this.$full = true }

  override resumeWriting(): void {
    this.$full = false
    this.$letGo(null)
  }

  override connectionLost(error: Error | null): void {
    this.$lost = true
    if (!this.$closed.done()) {
      if (error === null) {
        this.$closed.setResult()
      } else {
        this.$closed.setException(error)
        this.$closed.$markRead()
      }
    }
    this.$letGo(error)
  }

  /** Is there room to write, as far as is known? Then nobody needs to wait. @internal */
  get $flows(): boolean { return !this.$full && !this.$lost }

  /** There is no room to write, or the connection is lost: wait until there is room. @throws ConnectionResetError when the connection is lost. @internal */
  *$drain(): Coroutine<void> {
    if (this.$lost) throw new ConnectionResetError('Connection lost')
    const drainers = this.$drainers ??= new Set()
    const drainer = new Future<void>({ loop: this.$loop })
    drainers.add(drainer)
    try {
      yield* drainer
    } finally {
      drainers.delete(drainer)
    }
  }

  private $letGo(error: Error | null): void {
    if (this.$drainers === null) return
    for (const drainer of this.$drainers) {
      if (drainer.done()) continue
      if (error === null) drainer.setResult()
      else drainer.setException(error)
    }
  }
}
