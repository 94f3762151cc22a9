import { words as inWords } from '../base/describe.ts'
import { checkOptions } from '../base/options.ts'
import { TimeoutError } from '../base/task-errors.ts'
import type { Coroutine } from '../generator/types.ts'
import { CancelScope, type CancelScopeOptions } from './cancel-scope.ts'
import { checkedDuration } from './duration.ts'
import { checkedMoment } from './moment.ts'

/** A scope that throws a `TimeoutError` when its time is over. `failAfter()` and `failAt()` make it. */
export class FailScope extends CancelScope {
  /** @internal */
  constructor(options: CancelScopeOptions, private readonly $words: string) { super(options) }

  override *exit(error?: unknown): Coroutine<false> {
    if (yield* super.exit(error)) throw new TimeoutError(this.$words, { cause: error })
    return false
  }
}

/** The options of `moveOnAfter()`, `moveOnAt()`, `failAfter()` and `failAt()`. */
export type LimitOptions = Pick<CancelScopeOptions, 'shield' | 'reason'>

/** The message of a TimeoutError. */
function words(what: string, { reason }: LimitOptions): string { return reason === undefined ? what : `${what}: ${inWords(reason)}` }

function checkLimit(options: LimitOptions, name: string, limit: string): LimitOptions {
  checkOptions(options, { call: `${name}(${limit}, { shield: true })`, names: ['shield', 'reason'] })
  return options
}

/**
 * Give a body at most `ms` milliseconds: `yield* use(moveOnAfter(100), function* () {...})`. When the time is over, the body is
 * cancelled, and `use()` returns `undefined`. It is trio's `move_on_after`.
 * @param ms the time in milliseconds, from when the body begins.
 * @throws TypeError when it is not a number; ValueError when it is negative.
 */
export function moveOnAfter(ms: number, options: LimitOptions = {}): CancelScope {
  return new CancelScope({ ...checkLimit(options, 'moveOnAfter', '100'), relativeDeadline: checkedDuration('moveOnAfter()', ms) })
}

/**
 * `moveOnAfter()` with a deadline: the body ends when the script's time is `when`, in milliseconds. That is `owner.now()` of its owner, or
 * `loop.time()`. It is trio's `move_on_at`.
 */
export function moveOnAt(when: number, options: LimitOptions = {}): CancelScope {
  return new CancelScope({ ...checkLimit(options, 'moveOnAt', 'loop.time() + 100'), deadline: checkedMoment('moveOnAt()', when) })
}

/**
 * Give a body at most `ms` milliseconds. When the time is over, the body is cancelled, and a TimeoutError is thrown. It is trio's
 * `fail_after`.
 * @param ms the time in milliseconds, from when the body begins.
 * @param options `reason` is part of the message of the TimeoutError, and of the `CancelledError` in the body.
 * @throws TypeError when `ms` is not a number; ValueError when it is negative.
 */
export function failAfter(ms: number, options: LimitOptions = {}): FailScope {
  return new FailScope({ ...checkLimit(options, 'failAfter', '100'), relativeDeadline: checkedDuration('failAfter()', ms) }, words(`failAfter(${ms}): ${ms} ms are over`, options))
}

/**
 * `failAfter()` with a deadline: the body ends when the script's time is `when`, in milliseconds. That is `owner.now()` of its owner, or
 * `loop.time()`. It is trio's `fail_at`.
 */
export function failAt(when: number, options: LimitOptions = {}): FailScope {
  return new FailScope({ ...checkLimit(options, 'failAt', 'loop.time() + 100'), deadline: checkedMoment('failAt()', when) }, words(`failAt(${when}): the time is over`, options))
}
