/** What of an error crosses to the other side. */
export interface PortableError {
  readonly name: string
  readonly message: string
  readonly code: string | undefined
  readonly stack: string | undefined
}

/** An error in a form that crosses; of several, the first counts. */
export function portable(error: unknown): PortableError {
  const first = (error as { readonly errors?: readonly unknown[] } | null)?.errors?.[0] ?? error
  const { name = 'Error', message = String(first), code, stack } = Object(first) as Partial<PortableError>
  return { name, message, code, stack }
}
