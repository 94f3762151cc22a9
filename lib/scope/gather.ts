import { describe } from '../base/describe.ts'
import { ArgumentError } from '../base/errors.ts'
import type { Awaitable, Yielded } from '../generator/types.ts'
import { ensureFuture, loopOf } from '../task/create-task.ts'
import type { EventLoop } from '../task/event-loop.ts'
import { Future, underCancellation } from '../task/future.ts'
import { getEventLoop } from '../task/loops.ts'

export interface GatherOptions {
  /** Put errors among the results, instead of ending with the first one. */
  readonly returnExceptions?: boolean
}

/** The results of awaitables, by position. */
export type Results<A extends readonly unknown[]> = { -readonly [K in keyof A]: Yielded<A[K]> }

/**
 * Wait for several at once: `const [a, b] = yield* gather([f(), g()])`. Coroutines become tasks. The first error is the
 * error of the whole, and the others go on; cancelling the whole cancels them all (rule 16).
 * @returns a future of the results, in the order of the awaitables. One that is given twice runs once.
 */
export function gather<const A extends readonly Awaitable<unknown>[]>(
  awaitables: A, options?: GatherOptions & { readonly returnExceptions?: false },
): Future<Results<A>>
export function gather<const A extends readonly Awaitable<unknown>[]>(
  awaitables: A, options: GatherOptions,
): Future<{ -readonly [K in keyof A]: Yielded<A[K]> | Error }>
export function gather(awaitables: readonly Awaitable<unknown>[], options: GatherOptions = {}): Future<unknown[]> {
  if (!Array.isArray(awaitables)) {
    throw new ArgumentError(`gather() takes an array, not ${describe(awaitables)}. Write gather([f(), g()])`, 'NOT_AN_ARRAY')
  }
  if (awaitables.length === 0) {
    const outer = getEventLoop().createFuture<unknown[]>()
    outer.setResult([])
    return outer
  }
  const futures = new Map<unknown, Future>()
  let loop: EventLoop | undefined
  for (const awaitable of awaitables as Awaitable<unknown>[]) {
    if (futures.has(awaitable)) continue
    loop ??= loopOf(awaitable)
    futures.set(awaitable, ensureFuture(awaitable, { loop }))
  }
  const children = awaitables.map(awaitable => futures.get(awaitable) as Future)
  return new Gathering(children, new Set(futures.values()), options.returnExceptions === true, loop as EventLoop)
}

/** The future of a `gather()`. */
class Gathering extends Future<unknown[]> {
  private left: number
  private cancelRequested = false

  constructor(
    private readonly results: readonly Future[],
    children: ReadonlySet<Future>,
    private readonly returnExceptions: boolean,
    loop: EventLoop,
  ) {
    super({ loop })
    this.left = children.size
    const finished = Array.from(children).filter(child => child.done())
    for (const child of children) if (!child.done()) child.addDoneCallback(done => { this.childDone(done) })
    for (const child of finished) this.childDone(child)
  }

  /** Cancel the children. The whole ends with the first that lets itself be cancelled; with `returnExceptions`, with the last. */
  override cancel(message?: string): boolean {
    if (this.done()) return false
    let any = false
    underCancellation.add(this)
    try {
      for (const child of this.results) if (child.cancel(message)) any = true
    } finally {
      underCancellation.delete(this)
    }
    if (any) this.cancelRequested = true
    return any
  }

  private childDone(child: Future): void {
    this.left--
    if (this.done()) {
      child.markRead()
    } else if (!this.returnExceptions && child.hasError) {
      this.fail(child.takeError())
    } else if (this.left === 0) {
      this.finish()
    }
  }

  private finish(): void {
    const results = this.results.map(outcome)
    const last = this.results[this.results.length - 1] as Future // whose message it is, in CPython
    if (this.cancelRequested) this.fail(last.cancelled() ? last.takeError() : last.newCancelledError())
    else this.setResult(results)
  }
}

function outcome(child: Future): unknown {
  if (child.cancelled()) return child.newCancelledError()
  return child.hasError ? child.takeError() : child.result()
}
