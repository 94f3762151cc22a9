import { engine } from '../base/engine.ts'

/**
 * The name of the function that made a generator. JavaScript has no way to ask for it. When a generator function is handed to
 * this library, the `prototype` that its generators inherit from gets a note of the name. For all others there is V8 (Node,
 * Chrome, isolated-vm): its error message for a circular structure names the constructor, and V8 takes a generator's function for
 * its constructor. So a name costs nothing until somebody asks for it. The note comes first, because V8 tells the name that stands
 * in the source, and a bundler may have changed that.
 */
export function nameOfGenerator(generator: object): string {
  const name = (generator as Named)[NAME] ?? askEngine(generator) ?? ANONYMOUS
  return name.startsWith('$$') ? name.slice(2) : name // `lock.acquire()` runs a body of ours that is called `$$acquire()`
}

/** Note the name of a generator function that has been handed to the library. */
export function rememberName(fn: { readonly name: string; readonly prototype?: unknown }): void {
  const { prototype } = fn
  if (typeof prototype === 'object' && prototype !== null && fn.name !== '') {
    Reflect.defineProperty(prototype, NAME, { value: fn.name, configurable: true })
  }
}

export const ANONYMOUS = '<anonymous>'
const UNNAMED_BY_ENGINE = 'Generator'
const PROBE = 'yieldfrom.probe'
/** V8's message has this text before the name, and the other text after it. */
const BEFORE = "constructor '"
const AFTER = "'\n"

/** The key of the note. */
const NAME = Symbol('yieldfrom: name')

interface Named {
  readonly [NAME]?: string
}

function askEngine(generator: object): string | undefined {
  const { JSON } = engine()
  if (JSON === undefined) return undefined
  try {
    Object.defineProperty(generator, PROBE, { value: generator, enumerable: true, configurable: true })
    JSON.stringify(generator)
  } catch (error) {
    const name = (error as Error).message.split(BEFORE, 2)[1]?.split(AFTER, 1)[0]
    return name === UNNAMED_BY_ENGINE ? undefined : name
  } finally {
    Reflect.deleteProperty(generator, PROBE)
  }
  return undefined
}
