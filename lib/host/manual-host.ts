import { checkedNumber } from '../base/checked.ts'
import { RuntimeError, ValueError } from '../base/errors.ts'
import { INSPECT } from '../base/inspect.ts'
import type { Host } from '../loop/host.ts'

/** A host whose time the program sets. It is for loops that are driven by `loop.tick()`. */
export class ManualHost implements Host {
  /** @param $time what `now()` says at first, in milliseconds. */
  constructor(private $time = 0) { checkedNumber('new ManualHost()', $time) }

  toString(): string { return `<ManualHost now=${this.$time}>` }

  /** @internal */
  [INSPECT](): string { return this.toString() }

  now(): number { return this.$time }

  /** Let `ms` milliseconds pass. @throws ValueError when `ms` is negative; TypeError when it is not a number. */
  advance(ms: number): void { this.set(this.$time + checkedNumber('advance()', ms)) }

  /**
   * Set the time.
   * @param now the new time, in milliseconds.
   * @throws ValueError when it is in the past; TypeError when it is not a number.
   */
  set(now: number): void {
    if (checkedNumber('set()', now) < this.$time) {
      throw new ValueError(`time does not go back: it is ${this.$time}, and cannot become ${now}`, { code: 'TIME_WENT_BACK' })
    }
    this.$time = now
  }

  /** Throws an error, because only the program lets this time pass. @throws RuntimeError always. */
  wait(): never {
    throw new RuntimeError('nothing is ready, and the time of a ManualHost passes only by advance(ms) or set(now). ' +
      'Drive the loop by loop.tick(), or give it a VirtualHost', { code: 'MANUAL_HOST_WAITS' })
  }

  wake(): void { /* it never waits */ }
}
