import type { Collection } from '../../loop/host.ts'

/** What an engine of ES2021 has. */
interface Surroundings {
  readonly FinalizationRegistry: new (told: (words: unknown) => void) => Collection
}

/** Who hands the thread back to Node after each turn: Node then tells what it has collected. */
export const collecting = {
  collection(told: (words: unknown) => void): Collection {
    return new (globalThis as unknown as Surroundings).FinalizationRegistry(told)
  },
}
