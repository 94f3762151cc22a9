/** A generator function without values. It serves to find the prototypes that all native generators share. */
export function* none(): Generator<undefined, void> { /* nothing to give */ }

/** The prototype that all native generators share. */
const GeneratorPrototype = Object.getPrototypeOf(none.prototype) as Generator

/**
 * The native methods, to be called directly. Each generator function has a `prototype` of its own. So V8's inline caches
 * would miss if `next` were looked up on one generator after the other.
 */
export const { next: nativeNext, throw: nativeThrow } = GeneratorPrototype

/** The prototype that all generator functions share. */
const GeneratorFunctionPrototype: unknown = Object.getPrototypeOf(none)

/** Is it a `function*`? Calling it runs nothing. */
export function isGeneratorFunction(value: unknown): boolean {
  return typeof value === 'function' && Object.getPrototypeOf(value) === GeneratorFunctionPrototype
}

/** Is it a generator object of JavaScript's own, of this realm? To ask this takes less time than to look for a method. */
export function isGeneratorHere(value: unknown): value is Generator<unknown, unknown, unknown> { return value instanceof isNativeGenerator }

/** Is it a generator object of JavaScript's own, of this realm or another? */
export function isNativeGenerator(value: unknown): value is Generator<unknown, unknown, unknown> {
  return value instanceof isNativeGenerator || Object.prototype.toString.call(value) === '[object Generator]'
}

// With this, the function can be used with `instanceof`, which is faster in V8 than isPrototypeOf().
isNativeGenerator.prototype = GeneratorPrototype
