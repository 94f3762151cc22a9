import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export const page = join(__dirname, '../../../docs/errors.md')

/** A message as it stands in a table. */
export function escaped(text: string): string {
  return text.trim().replace(/\s+/g, ' ').replace(/\|/g, '\\|').replace(/</g, '&lt;').replace(/\*/g, '\\*').replace(/_(?=[a-z])/g, '\\_')
}

/** For each code, what the messages of its errors look like by docs/errors.md. None: the page leaves the message open. */
function messages(): Map<string, RegExp[]> {
  const found = new Map<string, RegExp[]>()
  for (const [, code, cell] of readFileSync(page, 'utf8').matchAll(/^\| <a id=.*?<\/a>`(\w+)` \|.*?\| (.*) \|$/gm) as Iterable<[string, string, string]>) {
    found.set(code, cell.startsWith('(') ? [] : cell.split('<br>').map(patternOf))
  }
  return found
}

function patternOf(message: string): RegExp {
  return new RegExp(`^${message.split('…').map(part => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('.*')}$`)
}

/** Of these, the page does not have every message: they are put together where no error is made. */
const OPEN = new Set(['GROUP_NOT_OPEN', 'TIMED_OUT', 'GENERATOR_BUSY'])

let known: Map<string, RegExp[]> | null = null

/** Does docs/errors.md say that an error of this code may say this? */
export function isOnThePage(code: string, message: string): boolean {
  const patterns = (known ??= messages()).get(code)
  return patterns !== undefined && (patterns.length === 0 || OPEN.has(code) || patterns.some(pattern => pattern.test(escaped(message))))
}
