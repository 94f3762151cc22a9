import { join } from 'node:path'

const docs = join(__dirname, '../../../../docs')

export const pages = { arguments: join(docs, 'misuse.md'), states: join(docs, 'misuse-states.md'), within: join(docs, 'misuse-within.md') }

/** A word as code in a table. */
export function code(word: string): string { return `\`${word}\`` }

/** Things by a key, in the order in which the keys came first. */
export function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) groups.set(keyOf(item), [...groups.get(keyOf(item)) ?? [], item])
  return groups
}
