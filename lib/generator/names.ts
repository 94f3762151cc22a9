/**
 * The name of the function that made a generator. JavaScript has no way to ask for it, yet V8 (Node, Chrome,
 * isolated-vm) tells: the message for a circular structure names the constructor, and to V8 a generator's constructor
 * is its function. So the question costs nothing until somebody asks. For other engines there is a second source,
 * the functions that passed through this library, known by the `prototype` that their generators inherit from.
 */
export function nameOfGenerator(generator: object): string {
  return askEngine(generator) ?? remembered?.get(Object.getPrototypeOf(generator) as object) ?? ANONYMOUS
}

/** The second source: note the name of a generator function that has been handed to the library. */
export function rememberName(fn: { readonly name: string; readonly prototype?: unknown }): void {
  const { prototype } = fn
  if (typeof prototype === 'object' && prototype !== null && fn.name !== '') {
    remembered ??= new WeakMap()
    remembered.set(prototype, fn.name)
  }
}

const ANONYMOUS = '<anonymous>'
const UNNAMED_BY_ENGINE = 'Generator'
const PROBE = 'yieldfrom.probe'

let remembered: WeakMap<object, string> | undefined

function askEngine(generator: object): string | undefined {
  try {
    Object.defineProperty(generator, PROBE, { value: generator, enumerable: true, configurable: true })
    JSON.stringify(generator)
  } catch (error) {
    const name = /constructor '(.+)'/.exec((error as Error).message)?.[1]
    return name === UNNAMED_BY_ENGINE ? undefined : name
  } finally {
    Reflect.deleteProperty(generator, PROBE)
  }
  return undefined
}
