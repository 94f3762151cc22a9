import { engine } from '../base/engine.ts'

/**
 * The name of the function that made a generator. JavaScript has no way to ask for it, yet V8 (Node, Chrome,
 * isolated-vm) tells: the message for a circular structure names the constructor, and to V8 a generator's constructor
 * is its function. So the question costs nothing until somebody asks. For other engines there is a second source,
 * the functions that passed through this library: the `prototype` that their generators inherit from gets a note.
 */
export function nameOfGenerator(generator: object): string {
  return askEngine(generator) ?? (generator as Named)[NAME] ?? ANONYMOUS
}

/** The second source: note the name of a generator function that has been handed to the library. */
export function rememberName(fn: { readonly name: string; readonly prototype?: unknown }): void {
  const { prototype } = fn
  if (typeof prototype === 'object' && prototype !== null && fn.name !== '') {
    Reflect.defineProperty(prototype, NAME, { value: fn.name, configurable: true })
  }
}

const ANONYMOUS = '<anonymous>'
const UNNAMED_BY_ENGINE = 'Generator'
const PROBE = 'yieldfrom.probe'
/** What comes before the name in V8's message, and what comes after it. */
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
