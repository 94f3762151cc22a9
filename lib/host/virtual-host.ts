import { INSPECT } from '../base/inspect.ts'
import type { Host } from '../loop/host.ts'

/** Idle time is skipped: `sleep(3_600_000)` ends at once, and every run of a program is the same. */
export class VirtualHost implements Host {
  /** @param $time what `now()` says at first, in milliseconds. */
  constructor(private $time = 0) {}

  toString(): string { return `<VirtualHost now=${this.$time}>` }

  /** @internal */
  [INSPECT](): string { return this.toString() }

  now(): number { return this.$time }

  wait(timeout: number | null): void { this.$time += timeout ?? 0 }

  wake(): void { /* it never waits */ }
}
