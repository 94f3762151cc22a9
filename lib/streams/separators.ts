import { describe } from '../base/describe.ts'
import { ArgumentError, ValueError } from '../base/errors.ts'

type Separator = Uint8Array | string

/**
 * The separators of `readuntil()` as bytes, the shortest first.
 * @throws ValueError when there is none, or one is empty; TypeError when one is neither bytes nor ASCII text.
 */
export function checkedSeparators(separator: Separator | readonly Separator[]): Uint8Array[] {
  const list: readonly Separator[] = Array.isArray(separator) ? separator as readonly Separator[] : [separator as Separator]
  if (list.length === 0) throw new ValueError('Separator should contain at least one element', { code: 'NO_SEPARATOR' })
  const separators = list.map(bytesOf).sort((a, b) => a.length - b.length)
  if ((separators[0] as Uint8Array).length > 0) return separators
  throw new ValueError('Separator should be at least one-byte string', { code: 'NO_SEPARATOR' })
}

function bytesOf(separator: Separator): Uint8Array {
  if (typeof separator !== 'string') {
    if (typeof (separator as { length?: unknown } | undefined)?.length === 'number') return separator
    throw new ArgumentError(`readuntil() takes bytes or text, not ${describe(separator)}. Write readuntil('\\n')`, 'NOT_BYTES')
  }
  const bytes = new Uint8Array(separator.length)
  for (let i = 0; i < separator.length; i++) {
    const code = separator.charCodeAt(i)
    if (code > 0x7F) throw new ArgumentError("readuntil() takes text of ASCII only. Write new TextEncoder().encode('…')", 'NOT_ASCII')
    bytes[i] = code
  }
  return bytes
}
