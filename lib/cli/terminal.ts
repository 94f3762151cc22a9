/** Nobody reads the standard output any more. */
let isCut = false

/** Print, as long as somebody reads it. */
export function print(text: string): void { if (!isCut) process.stdout.write(text) }

/** Has a write failed because nobody reads? Node tells so only when the program waits. */
export function isUnread(): boolean { return (process.stdout.errored as { readonly code?: string } | null)?.code === 'EPIPE' }

/** From now on, end without a word when nobody reads what is printed: `yieldfrom trace program.ts | head`. */
export function endQuietly(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
      isCut = true
      process.exit()
    })
  }
}
