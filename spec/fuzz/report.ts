/** JSON for people: what fits on a line stands on one. */
export function pretty(value: unknown, indent = ''): string {
  const flat = JSON.stringify(value)
  if (typeof value !== 'object' || value === null || indent.length + flat.length < 100) return flat
  const deeper = `${indent}  `
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  const parts = Object.entries(value).map(([key, part]) =>
    `${deeper}${Array.isArray(value) ? '' : `${JSON.stringify(key)}: `}${pretty(part, deeper)}`)
  return `${open ?? ''}\n${parts.join(',\n')}\n${indent}${close ?? ''}`
}

/** Two traces: the lines that are the same once, and from the first difference on both, `<` Python's and `>` ours. */
export function compared(python: readonly string[], here: readonly string[]): string {
  const at = firstDifference(python, here)
  return [
    ...python.slice(0, at).map(line => `    ${line}`),
    ...python.slice(at).map(line => `  < ${line}`),
    ...here.slice(at).map(line => `  > ${line}`),
  ].join('\n')
}

function firstDifference(one: readonly string[], other: readonly string[]): number {
  let at = 0
  while (at < one.length && one[at] === other[at]) at++
  return at
}
