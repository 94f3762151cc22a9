import { checkedParts } from '../base/checked.ts'
import { describe } from '../base/describe.ts'
import { ArgumentError } from '../base/errors.ts'
import type { Coroutine } from '../generator/types.ts'
import { CancelScope } from '../scope/cancel-scope.ts'
import { getRunningLoop } from '../task/loops.ts'
import { throwIfBlocking } from './errors.ts'

/**
 * A cancel scope that a signal cancels: `yield* use(fromAbortSignal(signal), function* () {...})`. A signal that is aborted
 * already cancels the scope before its body begins. The reason of the signal is the message of the errors.
 *
 * Under `run()`, `use()` throws a `PromiseInBlockingLoopError`: nothing outside of the program could abort the signal.
 */
export function fromAbortSignal(signal: AbortSignal): CancelScope {
  return new SignalScope(checkedParts('fromAbortSignal()', 'an AbortSignal', signal, 'aborted', 'addEventListener()', 'removeEventListener()'))
}

class SignalScope extends CancelScope {
  private readonly $aborted = (): void => { this.cancel(messageOf(this.$signal.reason)) }

  constructor(private readonly $signal: AbortSignal) {
    super()
    if ($signal.aborted) this.$aborted()
    else $signal.addEventListener('abort', this.$aborted)
  }

  override *enter(): Coroutine<this> {
    try {
      throwIfBlocking(getRunningLoop(), 'fromAbortSignal()', 'nothing outside can abort the signal',
        '. If the program ends the block itself, write new CancelScope(), and scope.cancel()')
      return yield* super.enter()
    } catch (error) {
      this.$ignore()
      throw error
    }
  }

  override *exit(error?: unknown): Coroutine<boolean> {
    this.$ignore()
    return yield* super.exit(error)
  }

  private $ignore(): void { this.$signal.removeEventListener('abort', this.$aborted) }
}

function messageOf(reason: unknown): string { return reason instanceof Error ? reason.message : String(reason) }

/**
 * A signal that is aborted when a scope is cancelled, by `scope.cancel()`, by its time, or by a scope around it:
 * `fetch(url, { signal: toAbortSignal(scope) })`. The reason is the `CancelledError`.
 */
export function toAbortSignal(scope: CancelScope): AbortSignal {
  if (!((scope as unknown) instanceof CancelScope)) throw new ArgumentError(`toAbortSignal() takes a cancel scope, not ${describe(scope)}`, 'NOT_A_SCOPE')
  const controller = new AbortController()
  scope.$whenCancelled(error => { controller.abort(error) })
  return controller.signal
}
