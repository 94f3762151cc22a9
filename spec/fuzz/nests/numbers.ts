/** The statements of a program and what else has an `op`, in the order in which they stand; the twin of `numbers.py`. */
export function numbered(program: object): Map<object, number> {
  const numbers = new Map<object, number>()
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    if ('op' in value) numbers.set(value, numbers.size)
    Object.values(value).forEach(visit)
  }
  visit(program)
  return numbers
}
