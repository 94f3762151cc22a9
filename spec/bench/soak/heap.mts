/** What the heap holds. `--expose-gc` gives the collector. */
const collect = globalThis.gc as () => void

export const MEGABYTE = 2 ** 20

/** Bytes that are in use when everything that can go has gone. */
export function heapUsed(): number {
  for (let i = 0; i < 3; i++) collect()
  return process.memoryUsage().heapUsed
}

export function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0) / numbers.length
}
