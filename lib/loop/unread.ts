import type { ExceptionContext } from './exception-context.ts'
import type { Collection, Host } from './host.ts'

/** So many errors are kept in case that somebody reads them. When there are more and the loop is quiet, the oldest are reported. */
const MANY = 1000

/** An error that nobody has read for so long is reported when the loop is quiet; after twice the time at the latest. In milliseconds. */
const LONG = 60_000

/** A future with an error, seen from below. */
interface Failed {
  /** What is told of it when it is gone. The loop has let go of it. @internal */
  $lastWords?: ExceptionContext
}

/**
 * The futures whose error nobody has read. The program may still have them and read it later, so they are not reported at once.
 *
 * Where the engine tells what it has collected, the loop lets go of them when it is quiet, and reports those that are gone: nobody
 * can read them any more. An engine tells nothing while its thread is blocked. There the loop holds on to them, and reports what is
 * unread for long.
 */
export class Unread {
  /** Each with the number of sweeps before it failed. */
  private readonly held = new Map<object, number>()
  /** The last words of those that the loop has let go of. */
  private readonly lastWords = new Set<ExceptionContext>()
  private collection: Collection | null = null
  private sweeps = 0
  private sweptAt = -Infinity

  get size(): number { return this.held.size + this.lastWords.size }

  add(future: object): void { this.held.set(future, this.sweeps) }

  has(future: object): boolean {
    const { $lastWords: words } = future as Failed
    return this.held.has(future) || (words !== undefined && this.lastWords.has(words))
  }

  delete(future: object): void {
    const { $lastWords: words } = future as Failed
    if (this.held.delete(future) || words === undefined) return
    this.lastWords.delete(words)
    this.collection?.unregister(future)
  }

  /** From now on a host may tell what is gone; `null` for none. */
  askHost(host: Pick<Host, 'collection'> | null, tell: (report: ExceptionContext) => void): void {
    this.collection = host?.collection?.(report => {
      if (this.lastWords.delete(report as ExceptionContext)) tell(report as ExceptionContext)
    }) ?? null
  }

  /** The loop is quiet: let go of what the host will tell of, and see what is old. @returns how many may stay unread. */
  sweep(now: number, lastWordsOf: (future: object) => ExceptionContext): number {
    if (this.collection === null) return Math.min(MANY, this.size - this.countOld(now))
    for (const future of this.held.keys()) this.letGo(future, lastWordsOf(future), this.collection)
    this.held.clear()
    return MANY
  }

  /** Take the oldest. @returns what is told of them. */
  *take(count: number, report: (future: object) => ExceptionContext): Iterable<ExceptionContext> {
    for (const words of this.lastWords) {
      if (count-- <= 0) return
      this.lastWords.delete(words)
      yield words
    }
    for (const future of Array.from(this.held.keys())) {
      if (count-- <= 0) return
      if (this.held.delete(future)) yield report(future)
    }
  }

  private letGo(future: object, words: ExceptionContext, collection: Collection): void {
    (future as Failed).$lastWords = words
    this.lastWords.add(words)
    collection.register(future, words, future)
  }

  /** How many failed before the last sweep. */
  private countOld(now: number): number {
    if (now - this.sweptAt < LONG) return 0
    let old = 0
    for (const sweep of this.held.values()) {
      if (sweep === this.sweeps) break
      old++
    }
    this.sweptAt = now
    this.sweeps++
    return old
  }
}
