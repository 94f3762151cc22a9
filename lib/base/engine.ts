/** What an engine may lack, and what we do without then. Whatever else is used is there in any engine that has generators. */
interface Engine {
  readonly JSON?: { stringify(value: unknown): unknown }
  readonly Float64Array?: new (length: number) => Float64Array
  readonly Uint32Array?: new (length: number) => Uint32Array
}

/** To be asked when it is needed: nothing is done when the library is loaded. */
export function engine(): Engine { return globalThis }
