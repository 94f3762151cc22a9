import { isFatal } from '../../base/task-errors.ts'
import type { EventLoop } from '../../task/event-loop.ts'

/**
 * What has come for a protocol, and is told to it in the loop: each in its turn, and in order. What may be told at once, and
 * is, when nothing waits before it, costs no turn.
 */
export class Delivery {
  private waiting: (() => void)[] = []

  constructor(private readonly loop: EventLoop, private readonly failed: (error: unknown) => void) {}

  get isEmpty(): boolean { return this.waiting.length === 0 }

  /** Tell it in the next turn. */
  later(tell: () => void): void {
    if (this.loop.isClosed()) return
    this.waiting.push(tell)
    if (this.waiting.length === 1) this.loop.callSoon(this.tellAll)
  }

  private readonly tellAll = (): void => {
    // What is added meanwhile is told, too: the order is what counts.
    for (let i = 0; i < this.waiting.length; i++) {
      try {
        (this.waiting[i] as () => void)()
      } catch (error) {
        if (isFatal(error)) {
          this.waiting.splice(0, i + 1)
          if (this.waiting.length > 0) this.loop.callSoon(this.tellAll)
          throw error
        }
        this.failed(error)
      }
    }
    this.waiting = []
  }
}
