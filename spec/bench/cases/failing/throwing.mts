/** Tasks that throw, and who catches it: ours, and async functions that reject. */
import { type Coroutine, createTask, gather } from 'yieldfrom'

export const TASKS = 1_000

class Failed extends Error {}

let thrown = 0

function* fail(): Coroutine<never> {
  thrown++
  throw new Failed('no')
}

async function reject(): Promise<never> {
  thrown++
  throw new Failed('no')
}

/** Make a task, and join it. */
export function* join(): Coroutine<number> {
  let caught = 0
  for (let i = 0; i < TASKS; i++) {
    try {
      yield* createTask(fail())
    } catch (error) {
      if (error instanceof Failed) caught++
    }
  }
  return caught
}

export async function awaitEach(): Promise<number> {
  let caught = 0
  for (let i = 0; i < TASKS; i++) {
    try {
      await reject()
    } catch (error) {
      if (error instanceof Failed) caught++
    }
  }
  return caught
}

/** Look at all errors. */
export function* gatherAll(): Coroutine<number> {
  const results: unknown[] = yield* gather(Array.from({ length: TASKS }, fail), { returnExceptions: true })
  return results.filter(result => result instanceof Failed).length
}

export async function settleAll(): Promise<number> {
  const results = await Promise.allSettled(Array.from({ length: TASKS }, reject))
  return results.filter(result => result.status === 'rejected' && result.reason instanceof Failed).length
}

/** Catch the first error. All throw in the same turn. */
export function* gatherFirst(): Coroutine<number> {
  thrown = 0
  try {
    yield* gather(Array.from({ length: TASKS }, fail))
  } catch (error) {
    if (error instanceof Failed) return thrown
  }
  return NaN
}

export async function awaitAll(): Promise<number> {
  thrown = 0
  try {
    await Promise.all(Array.from({ length: TASKS }, reject))
  } catch (error) {
    if (error instanceof Failed) return thrown
  }
  return NaN
}
