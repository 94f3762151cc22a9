import type { Primitive } from '../../harness/scale/primitive.mts'
import { next } from '../minstd.mts'

const MOST = 10_000_000

interface Small {
  readonly number: number
  readonly other: Small | null
}

/**
 * What memory itself costs, when there is more of it: small objects in a plain array are made, so many for each operation,
 * and visited in random order.
 */
export const memory = (each: number): Primitive => ({
  name: each === 1 ? 'a small object, made and visited at random' : `${String(each)} small objects, made and visited at random`,
  most: MOST / each,
  work: (count, watch) => {
    const objects: Small[] = []
    const all = count * each
    let visited = 0
    let seed = 1
    watch.start()
    for (let number = 0; number < all; number++) objects.push({ number, other: objects[number - 1] ?? null })
    for (let i = 0; i < all; i++) {
      seed = next(seed)
      if ((objects[seed % all] as Small).number >= 0) visited++
    }
    watch.stop()
    return visited / each
  },
})
