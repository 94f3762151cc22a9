const COUNT = 100_000

const collect = globalThis.gc as () => void

function heapUsed(): number {
  for (let i = 0; i < 3; i++) collect()
  return process.memoryUsage().heapUsed
}

/** How much of the heap one of many such things takes, while they are held. */
export function bytesEach(make: () => unknown, settle?: () => void): number {
  const held = new Array<unknown>(COUNT).fill(null)
  const before = heapUsed()
  for (let i = 0; i < COUNT; i++) held[i] = make()
  settle?.()
  const bytes = heapUsed() - before
  if (held.includes(null)) throw new Error('one is not there')
  return bytes / COUNT
}
