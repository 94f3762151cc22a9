import type { Runnable, Timer } from '../loop/runnable.ts'
import { Task } from '../task/task.ts'

/** @returns a function that gives numbers from 0 to 1, like `Math.random()`. The same seed gives the same numbers (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6D2B79F5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/**
 * Shuffle what is ready, as far as nothing promises its order: tasks change places with tasks, and timers with timers that are due at
 * the same time. Callbacks stay where they are.
 */
export function shuffledAlike(items: readonly Runnable[], random: () => number): Runnable[] {
  const kinds = new Map<unknown, number[]>()
  items.forEach((item, i) => {
    const kind = item instanceof Task ? 'task' : (item as Partial<Timer>).$deadline ?? null
    if (kind === null) return
    const places = kinds.get(kind)
    if (places === undefined) kinds.set(kind, [i])
    else places.push(i)
  })
  const arranged = items.slice()
  for (const places of kinds.values()) {
    shuffle(places.slice(), random).forEach((from, i) => { arranged[places[i] as number] = items[from] as Runnable })
  }
  return arranged
}

function shuffle<T>(items: T[], random: () => number): T[] {
  for (let i = items.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    const item = items[i] as T
    items[i] = items[j] as T
    items[j] = item
  }
  return items
}
