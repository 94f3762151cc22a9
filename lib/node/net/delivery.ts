import { isFatal } from '../../base/task-errors.ts'
import type { EventLoop } from '../../task/event-loop.ts'

/**
 * A queue of calls to a protocol. The loop makes them in one turn, in order.
 */
export class Delivery {
  private waiting: (() => void)[] = []

  /** @param onEmpty called when no call is left. */
  constructor(private readonly loop: EventLoop, private readonly onError: (error: unknown) => void, private readonly onEmpty: () => void = () => undefined) {}

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
          else this.onEmpty()
          throw error
        }
        this.onError(error)
      }
    }
    this.waiting = []
    this.onEmpty()
  }
}
