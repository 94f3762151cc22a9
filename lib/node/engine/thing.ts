/**
 * What the side with an event loop of Node's own serves: connections, servers, processes… The side of the program knows
 * each by its number, tells it what to do, and is told what becomes of it. Both sides may be in one thread.
 */
export interface Thing {
  /** Do this. */
  do(verb: string, value: unknown): void
  /** Write these bytes. */
  write?(bytes: Uint8Array): void
  /** There is room again for `bytes()`, which was refused. */
  resume?(): void
}

/** How a thing speaks to the side of the program. */
export interface Teller {
  tell(event: string, value?: unknown): void
  /** @returns false when no more should follow, until `resume()`. */
  bytes(chunk: Uint8Array): boolean
  /** Make another thing. @returns its number, to be told. */
  make(maker: (teller: Teller) => Thing): number
  /** It is over: nothing more will be told. */
  over(): void
}

/** Makes a thing of what the program said. */
export type Maker = (options: never, teller: Teller) => Thing
