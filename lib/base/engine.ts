/** The global object, as far as the library asks it: what an engine may lack. The library then works without it. */
interface Engine {
  readonly JSON?: { stringify(value: unknown): unknown }
  readonly Float64Array?: new (length: number) => Float64Array
  readonly Uint32Array?: new (length: number) => Uint32Array
}

/** What the engine has. Ask when it is needed, for the library does nothing while it is loaded. */
export function engine(): Engine { return globalThis }
