/** The prototype that all native generators share. */
const GeneratorPrototype = (Object.getPrototypeOf(function* () { /* never called */ }) as { prototype: object })
  .prototype as Generator

/**
 * The native methods, called directly: each generator function has a `prototype` of its own, so that to look `next` up
 * on one generator after the other would miss V8's inline caches.
 */
export const { next: nativeNext, throw: nativeThrow } = GeneratorPrototype

function NativeGenerator(): void { /* stands for all generators at the right of instanceof */ }
NativeGenerator.prototype = GeneratorPrototype

/** Is it a generator object of JavaScript's own, of this realm or another? */
export function isNativeGenerator(value: unknown): value is Generator<unknown, unknown, unknown> {
  return value instanceof (NativeGenerator as unknown as new () => Generator) ||
    Object.prototype.toString.call(value) === '[object Generator]'
}
