/** What stands for a character that would break a line, or that a file of XML may not have. */
const ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\u2028': '\\u2028', '\u2029': '\\u2029' }

/** A text on one line: what would break it is written as JavaScript writes it, `\n`. */
export function oneLine(text: string): string {
  let line = ''
  for (const character of text) line += ESCAPES[character] ?? (isControl(character) ? `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}` : character)
  return line
}

/** The first characters of a text. A character that takes two places is not cut in half. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text
  const last = text.charCodeAt(most - 2)
  return `${text.slice(0, last >= 0xD800 && last < 0xDC00 ? most - 2 : most - 1)}…`
}

function isControl(character: string): boolean { return character < ' ' || (character >= '\x7F' && character < '\xA0') }
