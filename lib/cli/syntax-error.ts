/** Where a parser has stopped. */
interface Stopped {
  readonly source: string
  /** The source without its types, in which the parser stopped. Each line is where it was. */
  readonly code: string
  readonly file: string
  /** The place in that code, from 0. */
  readonly at: number
}

/**
 * A program cannot be parsed. Its `stack` is all that a reader needs: the file, the line, and a caret below the place. It has no
 * frames, because they would all be of the parser.
 */
export class ProgramSyntaxError extends SyntaxError {
  constructor({ message }: Error, { source, code, file, at }: Stopped) {
    const reason = message.replace(/^Error transforming [^:]*: /, '').replace(/ ?\(\d+:\d+\)$/, '')
    const isEnd = code.slice(at).trim() === '' // then the last line with text is shown, and not an empty one
    const before = (isEnd ? code.trimEnd() : code.slice(0, at)).split('\n')
    const line = before.length
    const shown = source.split('\n')[line - 1] ?? ''
    const column = columnIn(shown, code.split('\n')[line - 1] ?? '', (before[line - 1] as string).length)
    super(isEnd && !/\bend of\b/.test(reason) ? `${reason}, and the file ends here` : reason)
    const caret = `${shown.slice(0, column).replace(/[^\t]/g, ' ')}^`
    this.stack = `${file}:${String(line)}\n${shown}\n${caret}\n\nSyntaxError: ${this.message}`
  }
}

/** The place in a line of the source. What was taken out of it, its types, may have stood before the place. */
function columnIn(source: string, code: string, column: number): number {
  const rest = code.slice(column)
  if (source.endsWith(rest)) return source.length - rest.length
  const word = /^\w+|^./.exec(rest)?.[0] ?? ''
  const found = source.indexOf(word, column)
  return word === '' || found < 0 ? Math.min(column, source.length) : found
}
