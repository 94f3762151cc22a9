/** Run a program in this process. @returns the lines that it prints. */
export function printedBy(file: string): string[] {
  const lines: string[] = []
  const print = (...values: unknown[]): void => { lines.push(...values.map(String).join(' ').split('\n')) }
  const { console: before } = globalThis
  globalThis.console = { log: print, error: print } as Console
  try {
    require(file)
  } finally {
    globalThis.console = before
  }
  return lines
}
