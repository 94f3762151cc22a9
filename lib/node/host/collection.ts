import type { Collection } from '../../loop/host.ts'

/** What Node's global object has. */
interface Surroundings {
  readonly FinalizationRegistry: new (told: (words: unknown) => void) => Collection
}

/** Lets Node tell what it has collected. It can tell because an attached loop gives the thread back after its turns. */
export const collecting = {
  collection(told: (words: unknown) => void): Collection {
    return new (globalThis as unknown as Surroundings).FinalizationRegistry(told)
  },
}
