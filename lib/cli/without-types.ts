import { transform } from 'sucrase'

/** A bare `yield` at the end of a text, and what may stand between it and the next token. */
const BARE_YIELD = /(?<![\w$.])yield(?=(?:[ \t]|\/\*[^\n]*?\*\/)*$)/

/** A namespace, and the space in front of it. */
const NAMESPACE = /^([ \t]*)(?:export[ \t]+)?(?:namespace|module)[ \t]+[\w$.]+\s*\{/gm
/** What a namespace has besides types. */
const VALUE = /(?:^|[;{}])\s*(?:export\s+)?(?:async\s+|abstract\s+)?(?:const|let|var|function|class|enum)\b/m

/**
 * Take the types out of a program. Each line stays where it is.
 *
 * Sucrase does not know a bare `yield` that is followed by a bracket or a comma, as in `f(yield)`. It says where it stopped. There
 * the `yield` gets a value that changes nothing, and it is asked again.
 * @throws SyntaxError when it cannot be parsed.
 */
export function withoutTypes(source: string): string {
  for (;;) {
    try {
      const { code } = transform(source, { transforms: ['typescript'], disableESTransforms: true })
      refuseNamespaces(source, code)
      return code
    } catch (error) {
      const { pos } = error as { readonly pos?: number }
      const before = source.slice(0, pos)
      const bare = BARE_YIELD.exec(before)
      if (pos === undefined || bare === null || !/^[)\],:]/.test(source.slice(pos))) throw error
      const end = bare.index + 'yield'.length
      source = `${source.slice(0, end)} void 0${source.slice(end)}`
    }
  }
}

/** Sucrase takes a namespace for a type, and leaves it out. The program would fail later, and nobody would see why. */
function refuseNamespaces(source: string, code: string): void {
  for (const match of source.matchAll(NAMESPACE)) {
    const line = source.slice(0, match.index).split('\n').length - 1
    if (code.split('\n')[line]?.startsWith(match[0].trimEnd()) === true) continue // it stands in a text or in a comment
    const rest = source.slice(match.index + match[0].length)
    const end = new RegExp(`^${match[1] as string}\\}|\\}$`, 'm').exec(rest)?.index ?? rest.length
    if (!VALUE.test(rest.slice(0, end))) continue
    throw Object.assign(new SyntaxError('a namespace with values cannot be run here. Write a module, or an object'), { pos: match.index + (match[1] as string).length })
  }
}
