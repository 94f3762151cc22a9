/** A generator without a value: any of them will do, to know those of the engine by. */
export function* none(): Generator<undefined, void> { /* nothing to give */ }

/** The prototype that all native generators share. */
const GeneratorPrototype = Object.getPrototypeOf(none.prototype) as Generator

/**
 * The native methods, called directly: each generator function has a `prototype` of its own, so that to look `next` up
 * on one generator after the other would miss V8's inline caches.
 */
export const { next: nativeNext, throw: nativeThrow } = GeneratorPrototype

/** The prototype that all generator functions share. */
const GeneratorFunctionPrototype: unknown = Object.getPrototypeOf(none)

/** Is it a `function*`? Calling it runs nothing. */
export function isGeneratorFunction(value: unknown): boolean {
  return typeof value === 'function' && Object.getPrototypeOf(value) === GeneratorFunctionPrototype
}

/** Is it a generator object of JavaScript's own, of this realm or another? */
export function isNativeGenerator(value: unknown): value is Generator<unknown, unknown, unknown> {
  return value instanceof isNativeGenerator || Object.prototype.toString.call(value) === '[object Generator]'
}

// So that it can stand behind `instanceof`, which V8 makes shorter work of than of isPrototypeOf().
isNativeGenerator.prototype = GeneratorPrototype
