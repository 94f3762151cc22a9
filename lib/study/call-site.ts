/** A place in a source. */
export interface Site {
  readonly file: string
  readonly line: number
  /** What the engine says of the function: its name, as a rule behind that of its class. */
  readonly name: string
}

/**
 * The line of a generator at which an error came out of it, if that is known: where something threw that it has called.
 * @param file the file of the generator, and `name` the name of its function.
 */
export function lineOfError(error: unknown, file: string, name: string): number | null {
  const stack: unknown = error instanceof Error ? error.stack : null
  return sitesIn(stack).find(site => site.file.endsWith(file) && (site.name === name || site.name.endsWith(`.${name}`)))?.line ?? null
}

/** Files of the engine and of packages have this in their paths. */
const FOREIGN = ['node:', '/node_modules/']
/** How many frames are looked at. The library passes a call on by fewer; by more, it has run something else that called. */
const NEAREST = 4

/**
 * Where the generator function was called whose parameters get their values just now. An error that is made here knows the way:
 * this function, the tracer that asks, the generator function, and who called it. Calls that the library or the engine passed on do not count.
 * @returns the place, with the file as the engine names it, and the same of the generator function; `null` where the engine does not tell.
 */
export function callSite(): { readonly caller: Site; readonly callee: Site } | null {
  const sites = sitesIn(new Error().stack)
  const [here] = sites
  if (here === undefined) return null
  const home = folderAbove(here.file)
  const at = sites.findIndex(({ file }) => !file.startsWith(home))
  const callee = sites[at]
  const caller = sites.slice(at + 1, at + 1 + NEAREST).find(({ file }) => file === callee?.file || !FOREIGN.some(part => file.startsWith(home) || file.includes(part)))
  return callee === undefined || caller === undefined ? null : { caller, callee }
}

function sitesIn(stack: unknown): Site[] { return typeof stack === 'string' ? stack.split('\n').flatMap(siteIn) : [] }

/** The place that a line of a stack names: `at f (file:1:2)`, `at file:1:2`, `f@file:1:2`. */
function siteIn(text: string): Site[] {
  const end = text.endsWith(')') ? text.length - 1 : text.length
  const column = text.lastIndexOf(':', end - 1)
  const line = text.lastIndexOf(':', column - 1)
  const number = Number(text.slice(line + 1, column))
  if (line <= 0 || !Number.isInteger(number) || number <= 0) return []
  const bracket = text.indexOf(' (')
  const at = text.trimStart().startsWith('at ') ? text.indexOf('at ') + 'at '.length : 0
  const from = bracket >= 0 ? bracket + ' ('.length : at > 0 ? at : text.indexOf('@') + 1
  return [{ file: text.slice(from, line), line: number, name: text.slice(at, Math.max(at, bracket >= 0 ? bracket : from - 1)) }]
}

/** The folder of the library: what lies in it are its own files. A library that is one file has no such folder. */
function folderAbove(file: string): string {
  const above = file.slice(0, file.lastIndexOf('/', file.lastIndexOf('/') - 1) + 1)
  return above === '' ? file : above
}
