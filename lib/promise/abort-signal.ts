import type { Coroutine } from '../generator/types.ts'
import { CancelScope } from '../scope/cancel-scope.ts'

/**
 * A cancel scope that a signal cancels: `yield* use(fromAbortSignal(signal), function* () {...})`. A signal that is aborted
 * already cancels the scope before its body begins. The reason of the signal is the message of the errors.
 */
export function fromAbortSignal(signal: AbortSignal): CancelScope { return new SignalScope(signal) }

class SignalScope extends CancelScope {
  private readonly $aborted = (): void => { this.cancel(messageOf(this.$signal.reason)) }

  constructor(private readonly $signal: AbortSignal) {
    super()
    if ($signal.aborted) this.$aborted()
    else $signal.addEventListener('abort', this.$aborted)
  }

  override *exit(error?: unknown): Coroutine<boolean> {
    this.$signal.removeEventListener('abort', this.$aborted)
    return yield* super.exit(error)
  }
}

function messageOf(reason: unknown): string { return reason instanceof Error ? reason.message : String(reason) }

/**
 * A signal that is aborted when a scope is cancelled, by `scope.cancel()`, by its time, or by a scope around it:
 * `fetch(url, { signal: toAbortSignal(scope) })`. The reason is the `CancelledError`.
 */
export function toAbortSignal(scope: CancelScope): AbortSignal {
  const controller = new AbortController()
  scope.$whenCancelled(error => { controller.abort(error) })
  return controller.signal
}
