import { checkOptions } from '../base/options.ts'
import { TimeoutError } from '../base/task-errors.ts'
import type { Coroutine } from '../generator/types.ts'
import { CancelScope, type CancelScopeOptions } from './cancel-scope.ts'
import { checkedDuration, checkedTime } from './duration.ts'

/** A scope whose end of time is an error, so that it never swallows one. Made by `failAfter()` and `failAt()`. */
export class FailScope extends CancelScope {
  /** @internal */
  constructor(options: CancelScopeOptions, private readonly $words: string) { super(options) }

  override *exit(error?: unknown): Coroutine<false> {
    if (yield* super.exit(error)) throw new TimeoutError(this.$words, { cause: error })
    return false
  }
}

export type LimitOptions = Pick<CancelScopeOptions, 'shield' | 'reason'>

/** What a TimeoutError says. */
function words(what: string, { reason }: LimitOptions): string { return reason === undefined ? what : `${what}: ${reason}` }

function checkLimit(options: LimitOptions, name: string, limit: string): LimitOptions {
  checkOptions(options, { call: `${name}(${limit}, { shield: true })`, names: ['shield', 'reason'] })
  return options
}

/**
 * At most `ms` milliseconds for a body, from when it begins. Then the body ends without an error:
 * `yield* use(moveOnAfter(100), function* () {...})` (trio's `move_on_after`).
 */
export function moveOnAfter(ms: number, options: LimitOptions = {}): CancelScope {
  return new CancelScope({ ...checkLimit(options, 'moveOnAfter', '100'), relativeDeadline: checkedDuration('moveOnAfter()', ms) })
}

/** The same, until `loop.time()` is `when`. */
export function moveOnAt(when: number, options: LimitOptions = {}): CancelScope {
  return new CancelScope({ ...checkLimit(options, 'moveOnAt', 'loop.time() + 100'), deadline: checkedTime('moveOnAt()', when) })
}

/**
 * At most `ms` milliseconds for a body, from when it begins. Then a TimeoutError is thrown (trio's `fail_after`).
 * @param options.reason is said by the TimeoutError, and by the `CancelledError` in the body.
 */
export function failAfter(ms: number, options: LimitOptions = {}): FailScope {
  return new FailScope({ ...checkLimit(options, 'failAfter', '100'), relativeDeadline: checkedDuration('failAfter()', ms) }, words(`failAfter(${ms}): ${ms} ms are over`, options))
}

/** The same, until `loop.time()` is `when`. */
export function failAt(when: number, options: LimitOptions = {}): FailScope {
  return new FailScope({ ...checkLimit(options, 'failAt', 'loop.time() + 100'), deadline: checkedTime('failAt()', when) }, words(`failAt(${when}): the time is over`, options))
}
