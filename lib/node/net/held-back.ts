import { Ring } from '../../base/ring.ts'

/**
 * Calls to a protocol that has paused its reading. The I/O side is told to pause, but something may be under way already. It waits here,
 * because a protocol that is paused gets nothing.
 */
export class HeldBack {
  private readonly calls = new Ring<() => void>()

  constructor(private readonly isPaused: () => boolean) {}

  /** Make a call, or keep it until `release()`. */
  makeOrKeep(call: () => void): void {
    if (this.isPaused() || this.calls.size > 0) this.calls.push(call)
    else call()
  }

  /** Make the calls that were kept, unless one of them pauses again. */
  release(): void { while (this.calls.size > 0 && !this.isPaused()) this.calls.shift()() }
}
