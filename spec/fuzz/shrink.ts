/**
 * Make a program smaller as long as it still differs.
 * @param pick the first of the candidates that differs, if there is one.
 */
export function shrink<Program>(program: Program, pick: (candidates: Program[]) => Program | undefined): Program {
  for (let next: Program | undefined = program; next !== undefined; next = pick([...smaller(program)] as Program[])) {
    program = next
  }
  return program
}

/** All that can be made of a value by one change: an item less, a statement less around others, a lower number. */
function* smaller(value: unknown): Generator {
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) {
      const replaced = (...others: unknown[]): unknown[] => [...value.slice(0, i), ...others, ...value.slice(i + 1)]
      yield replaced()
      for (const block of blocksOf(item)) yield replaced(...block)
      for (const other of smaller(item)) yield replaced(other)
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, property] of Object.entries(value)) {
      for (const other of smaller(property)) yield { ...value, [key]: other }
    }
  } else if (typeof value === 'number') {
    for (let less = 0; less < value; less++) yield less
  } else if (value === true) {
    yield false
  }
}

/** The statements inside a statement: they can stand in its place. */
function blocksOf(item: unknown): unknown[][] {
  const parts: unknown[] = isStatement(item) ? Object.values(item) : []
  return parts.filter(part => Array.isArray(part) && part.every(isStatement))
}

export function isStatement(item: unknown): item is object { return typeof item === 'object' && item !== null && 'op' in item }
