import { engine } from '../base/engine.ts'
import { RuntimeError } from '../base/errors.ts'
import { oneLine } from './one-line.ts'

/** Data as JSON. @throws RuntimeError where the engine has none. */
export function json(value: unknown): string {
  const { JSON: own } = engine()
  if (own === undefined) throw new RuntimeError('this engine has no JSON. Read recorder.events instead', { code: 'NO_JSON' })
  return String(own.stringify(value))
}

/** Escape text for HTML and SVG, as the text of an element and of an attribute. */
export function escaped(text: string): string {
  return oneLine(text).split('&').join('&amp;').split('<').join('&lt;').split('>').join('&gt;').split('"').join('&quot;').split('\'').join('&#39;')
}
