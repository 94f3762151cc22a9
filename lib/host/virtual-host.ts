import { RuntimeError } from '../base/errors.ts'
import { INSPECT } from '../base/inspect.ts'
import type { Host } from '../loop/host.ts'

/** No program that ends has so many turns at one moment. */
const MANY = 2 ** 25

/** Idle time is skipped: `sleep(3_600_000)` ends at once, and every run of a program is the same. */
export class VirtualHost implements Host {
  /** @param $time what `now()` says at first, in milliseconds. */
  constructor(private $time = 0) {}

  toString(): string { return `<VirtualHost now=${this.$time}>` }

  /** @internal */
  [INSPECT](): string { return this.toString() }

  now(): number { return this.$time }

  /** @throws RuntimeError when a program does not let time pass: `sleep(0)` for ever. */
  busy(turns: number): void {
    if (turns < MANY) return
    throw new RuntimeError(`${turns} turns ran and no time passed: virtual time goes on only when nothing is ready. ` +
      'Write sleep(1) instead of sleep(0) in what waits for something', { code: 'TIME_STANDS_STILL' })
  }

  wait(timeout: number | null): void { this.$time += timeout ?? 0 }

  wake(): void { /* it never waits */ }
}
