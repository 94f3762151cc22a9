import { isFatal } from '../../base/task-errors.ts'
import type { EventLoop } from '../../task/event-loop.ts'

/**
 * A queue of calls to a protocol. The loop makes them in one turn, in order. Where nothing is queued, bytes may be given to
 * our own protocols at once, which saves the turn.
 */
export class Delivery {
  private waiting: (() => void)[] = []

  constructor(private readonly loop: EventLoop, private readonly onError: (error: unknown) => void) {}

  get isEmpty(): boolean { return this.waiting.length === 0 }

  /** Make a call in the next turn, or in this one if calls are being made now. */
  later(call: () => void): void {
    if (this.loop.isClosed()) return
    this.waiting.push(call)
    if (this.waiting.length === 1) this.loop.callSoon(this.callAll)
  }

  private readonly callAll = (): void => {
    // Calls that are added meanwhile are made, too, to keep the order.
    for (let i = 0; i < this.waiting.length; i++) {
      try {
        (this.waiting[i] as () => void)()
      } catch (error) {
        if (isFatal(error)) {
          this.waiting.splice(0, i + 1)
          if (this.waiting.length > 0) this.loop.callSoon(this.callAll)
          throw error
        }
        this.onError(error)
      }
    }
    this.waiting = []
  }
}
