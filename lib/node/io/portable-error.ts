/** What reaches the other side of an error: plain data. */
export interface PortableError {
  readonly name: string
  readonly message: string
  readonly code: string | undefined
  readonly stack: string | undefined
}

/** An error as plain data. Of an error that holds several, it takes the first. */
export function portableError(error: unknown): PortableError {
  const first = (error as { readonly errors?: readonly unknown[] } | null)?.errors?.[0] ?? error
  const { name = 'Error', message = String(first), code, stack } = Object(first) as Partial<PortableError>
  return { name, message, code, stack }
}
