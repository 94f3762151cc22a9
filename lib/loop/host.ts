/** Tells what the engine has collected. A `FinalizationRegistry` is one. */
export interface Collection {
  /** Tell `words` when the object is gone. */
  register(object: object, words: object, token: object): void
  /** Do not tell it. */
  unregister(token: object): unknown
}

/**
 * Where a loop gets its time from, and how it waits. A loop that is driven by `tick()` alone asks only for `now()`.
 */
export interface Host {
  /** The time in milliseconds, from any beginning; it never goes back. */
  now(): number
  /** Nothing is ready: wait for so many milliseconds, or with `null` until `wake()`. */
  wait(timeout: number | null): void
  /** End a `wait()` early: something has come in from outside. */
  wake(): void
  /** So many turns ran, one after the other, in which something was always ready: a host may refuse that. */
  busy?(turns: number): void
  /** May `wake()` still be called? A host without an outside leaves this away. */
  expects?(): boolean
  /** A turn begins although nothing has waited: take in what has come from outside, without waiting. Called very often. */
  poll?(): void
  /** `runForever()` or `runUntilComplete()` begins. */
  begin?(): void
  /** And ends, in whatever way. */
  end?(): void
  /** The loop is closed. */
  close?(): void
  /**
   * Make something that tells when objects are gone: `new FinalizationRegistry(told)`. The loop then reports an error that nobody
   * can read any more. For a host that gives the thread back between turns: an engine tells nothing while its thread is blocked.
   */
  collection?(told: (words: unknown) => void): Collection
  /** What loops of this host can do besides: sockets, threads… @internal */
  readonly $services?: object
  /**
   * Somebody is to be told of each Ctrl-C, instead of a `KeyboardInterrupt` thrown out of `wait()` or `poll()`. What the
   * function throws is thrown there.
   * @returns how to take that back.
   */
  onInterrupt?(told: () => void): () => void
}
