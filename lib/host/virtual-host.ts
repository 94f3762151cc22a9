import { checkedNumber } from '../base/checked.ts'
import { describe } from '../base/describe.ts'
import { ArgumentError, RuntimeError } from '../base/errors.ts'
import { INSPECT } from '../base/inspect.ts'
import { checkOptions } from '../base/options.ts'
import type { Host } from '../loop/host.ts'
import { BlockingHost } from './blocking-host.ts'

/** A program that has this many turns without any time passing will never end. */
const MANY = 2 ** 25

const VIRTUAL_HOST = { call: 'new VirtualHost({ rate: 10 })', names: ['time', 'rate'] }

/** The options of `new VirtualHost()`. */
export interface VirtualHostOptions {
  /** The first value of `now()`, in milliseconds. */
  readonly time?: number
  /**
   * How many virtual milliseconds pass in one real millisecond: 1 for real time, 10 for ten times as fast. By default all idle time
   * is skipped.
   */
  readonly rate?: number
}

/**
 * A host that skips idle time: `sleep(3_600_000)` ends at once, and every run of a program is the same. With a rate, you can watch
 * the program: `new VirtualHost({ rate: 60 })` shows an hour in a minute. What happens is still the same.
 */
export class VirtualHost implements Host {
  private $time: number
  private readonly $pace: Pace | null

  /**
   * Make a host.
   * @param options the options, or only the first value of `now()`, in milliseconds.
   * @throws TypeError when the rate is not a positive number; RuntimeError when there is a rate, and the engine cannot wait.
   */
  constructor(options: number | VirtualHostOptions = 0) {
    if (typeof options !== 'number') checkOptions(options, VIRTUAL_HOST)
    const { time = 0, rate } = typeof options === 'number' ? { time: options } : options
    this.$time = checkedNumber('new VirtualHost()', time)
    this.$pace = rate === undefined ? null : new Pace(checkedRate(rate), time)
  }

  toString(): string { return `<VirtualHost now=${this.$time}>` }

  /** @internal */
  [INSPECT](): string { return this.toString() }

  now(): number { return this.$time }

  /**
   * The loop is busy. @throws RuntimeError when so many turns have run that the program must wait by `sleep(0)` for something that
   * needs time.
   */
  busy(turns: number): void {
    if (turns < MANY) return
    throw new RuntimeError(`${turns} turns ran and no time passed: virtual time goes on only when nothing is ready. ` +
      'Write sleep(1) instead of sleep(0) in the code that waits for something, and wait for an event instead of waitUntil()', { code: 'TIME_STANDS_STILL' })
  }

  wait(timeout: number | null): void {
    if (timeout === null) return
    const until = this.$time + timeout
    this.$time = this.$pace === null ? until : this.$pace.wait(this.$time, until)
  }

  wake(): void { this.$pace?.wake() }
}

/** Makes virtual time wait for real time. */
class Pace {
  private readonly host = new BlockingHost()
  private readonly start: number

  constructor(private readonly rate: number, time: number) { this.start = this.host.now() - time / rate }

  /**
   * Wait until it is time, or until somebody calls `wake()`. The time that the program itself has used counts. @returns the virtual
   * time.
   */
  wait(now: number, until: number): number {
    const ms = this.start + until / this.rate - this.host.now()
    if (ms <= 0) return until
    this.host.wait(ms)
    const passed = (this.host.now() - this.start) * this.rate
    return Math.min(until, Math.max(now, Math.ceil(passed)))
  }

  wake(): void { this.host.wake() }
}

function checkedRate(rate: unknown): number {
  if (typeof rate === 'number' && rate > 0 && rate < Infinity) return rate
  throw new ArgumentError(`VirtualHost() takes { rate }, a positive number, not ${describe(rate)}`, 'NOT_A_RATE')
}
