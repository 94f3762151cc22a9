import { transform } from 'sucrase'

/** A bare `yield` at the end of a text, and what may stand between it and the next token. */
const BARE_YIELD = /(?<![\w$.])yield(?=(?:[ \t]|\/\*[^\n]*?\*\/)*$)/

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
      return transform(source, { transforms: ['typescript'], disableESTransforms: true }).code
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
