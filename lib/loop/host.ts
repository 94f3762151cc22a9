/** Tells which objects the engine has collected. A `FinalizationRegistry` is one. */
export interface Collection {
  /** Give `words` to the function when the object is gone. */
  register(object: object, words: object, token: object): void
  /** Forget what was registered with this token. */
  unregister(token: object): unknown
}

/** The source of a loop's time, and its way to wait. A loop that is driven by `tick()` alone asks only for `now()`. */
export interface Host {
  /** The time in milliseconds, counted from any beginning. It never goes back. */
  now(): number
  /** Nothing is ready. Wait for `timeout` milliseconds; with `null`, wait until `wake()`. */
  wait(timeout: number | null): void
  /** End a `wait()` early, because something has come in from outside. */
  wake(): void
  /** Something was ready in each of the last turns, so the host was not called to wait. `turns` is their number. The host may throw. */
  busy?(turns: number): void
  /** May `wake()` still be called? A host that does not reach outside has no such method. */
  expects?(): boolean
  /** A turn begins without a wait. Take in what has come from outside, and do not wait. This is called very often. */
  poll?(): void
  /** `runForever()` or `runUntilComplete()` begins. */
  begin?(): void
  /** `runForever()` or `runUntilComplete()` ends, also by an error. */
  end?(): void
  /** The loop is closed. */
  close?(): void
  /**
   * Make something that tells when objects are gone: `new FinalizationRegistry(told)`. The loop then reports an error that nobody
   * can read any more. For a host that gives the thread back between turns: an engine tells nothing while its thread is blocked.
   */
  collection?(told: (words: unknown) => void): Collection
  /** A host whose `wait()` blocks the thread says what a program does that waits for a promise or a timer of the engine. @internal */
  readonly $insteadOfBlocking?: string
  /** What this host can do besides for its loops, such as sockets and threads. @internal */
  readonly $services?: object
  /**
   * Call a function at each Ctrl-C, instead of throwing a `KeyboardInterrupt` out of `wait()` or `poll()`. What the function throws
   * is thrown there.
   * @returns a function that ends this.
   */
  onInterrupt?(told: () => void): () => void
}
