import type { Loop } from '../loop/loop.ts'
import { closeCircle, takeClosedCircle } from './circle.ts'
import { Future } from './future.ts'

/** The future of a `gather()`. `childDone()` tells it that a child has ended. */
export class Gathering extends Future<unknown[]> {
  private cancelRequested = false

  constructor(
    private readonly results: readonly Future[],
    private left: number,
    private readonly returnExceptions: boolean,
    loop: Loop,
  ) {
    super({ loop })
  }

  /**
   * Cancel all children. The future itself ends when the first child ends as cancelled. With `returnExceptions` it ends when the
   * last child ends.
   */
  override cancel(message?: string): boolean {
    if (this.$ended) return false
    let any = false
    let isClosed = false
    this.$markCancelling(true)
    try {
      for (const child of this.results) {
        if (child.$isCancelling && !child.$canLeaveCircle) isClosed = true
        else if (child.cancel(message)) any = true
        if (takeClosedCircle()) isClosed = true // it came back to a child of a child
      }
    } finally {
      this.$markCancelling(false)
    }
    if (isClosed) closeCircle()
    if (any) this.cancelRequested = true
    return any
  }

  childDone(child: Future): void {
    this.left--
    if (this.$ended) {
      child.$markRead()
    } else if (!this.returnExceptions && child.$hasError) {
      this.$fail(child.$takeError())
    } else if (this.left === 0) {
      this.finish()
    }
  }

  private finish(): void {
    const results = this.results.map(outcome)
    const last = this.results[this.results.length - 1] as Future // in CPython, the message of the cancellation is that of the last child
    if (this.cancelRequested) this.$fail(last.$isCancelled ? last.$takeError() : last.$newCancelledError())
    else this.setResult(results)
  }
}

function outcome(child: Future): unknown {
  if (child.$isCancelled) return child.$newCancelledError()
  return child.$hasError ? child.$takeError() : child.result()
}
