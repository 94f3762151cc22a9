/** Greenlets that wait in a `switch()`, and generators that wait in a `yield`, are ended by an error. */
import { type Coroutine, getCurrent, greenlet } from 'yieldfrom'
import type { Stopwatch } from '../../harness/stopwatch.mts'

export const WAITING = 1_000

let ended = 0

const main = getCurrent()

function* wait(): Coroutine<void> {
  try {
    yield* main.switch()
  } finally {
    ended++
  }
}

export function killGreenlets(watch: Stopwatch): number {
  ended = 0
  const waiting = Array.from({ length: WAITING }, () => greenlet(wait))
  for (const one of waiting) one.resume()
  watch.start()
  for (const one of waiting) one.kill()
  watch.stop()
  return ended
}

function* plain(): Generator<undefined, void> {
  try {
    yield
  } finally {
    ended++
  }
}

export function throwIntoGenerators(watch: Stopwatch): number {
  ended = 0
  const waiting = Array.from({ length: WAITING }, plain)
  for (const one of waiting) one.next()
  watch.start()
  for (const one of waiting) {
    const exit = new Error('exit')
    try {
      one.throw(exit)
    } catch (error) {
      if (error !== exit) throw error
    }
  }
  watch.stop()
  return ended
}
