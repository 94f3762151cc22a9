/** What a program printed, but for the times that it has measured: they are others in each run. */
export function withoutFigures(printed: string): string {
  return printed.replace(/\d+\.\d+ ms\b/g, '… ms')
}
