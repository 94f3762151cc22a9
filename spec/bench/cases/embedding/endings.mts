import { type Coroutine, EventLoop, ManualHost, sleep } from 'yieldfrom'
import type { Stopwatch } from '../../harness/stopwatch.mts'

export const SCRIPTS = 1_000
export const OWNERS = 100_000

let ended = 0

function* script(): Coroutine<void> {
  try {
    yield* sleep(1_000)
  } finally {
    ended++
  }
}

function* plain(): Generator<undefined, void, void> {
  try {
    yield undefined
  } finally {
    ended++
  }
}

/** What a script waits at: an iterator that throws on what is thrown into it. */
const wait: Iterator<undefined, void> & Iterable<undefined> = {
  next() { return { value: undefined, done: false } },
  throw(error: unknown) { throw error },
  [Symbol.iterator]() { return this },
}

function* waiting(): Generator<undefined, void, void> {
  try {
    yield* wait
  } finally {
    ended++
  }
}

/** So many generators in a `try`, and each is ended by `return()`. */
export function returnEach(watch: Stopwatch): number {
  ended = 0
  const scripts = Array.from({ length: SCRIPTS }, plain)
  for (const script of scripts) script.next()
  watch.start()
  for (const script of scripts) script.return()
  watch.stop()
  return ended
}

/** The same, each by an error that is thrown into it and comes out again, as it does in a script that is ended. */
export function throwIntoEach(watch: Stopwatch): number { return throwInto(Array.from({ length: SCRIPTS }, plain), watch) }

/** The same, where each waits at a `yield*`, as scripts do. */
export function throwIntoWaits(watch: Stopwatch): number { return throwInto(Array.from({ length: SCRIPTS }, waiting), watch) }

function throwInto(scripts: readonly Generator<undefined, void, void>[], watch: Stopwatch): number {
  ended = 0
  const error = new Error('the end')
  for (const script of scripts) script.next()
  watch.start()
  for (const script of scripts) {
    try {
      script.throw(error)
    } catch {
      continue
    }
  }
  watch.stop()
  return ended
}

/** The same in tasks of one owner, which is closed. */
export function closeOwner(watch: Stopwatch): number {
  ended = 0
  const loop = new EventLoop({ host: new ManualHost() })
  const owner = loop.owner('room')
  for (let i = 0; i < SCRIPTS; i++) owner.spawn(script())
  loop.frame({ dt: 1 })
  watch.start()
  owner.close()
  watch.stop()
  return ended
}

/** So many owners with a script each are made, run for a frame, and are closed one by one. */
export function manyOwners(watch: Stopwatch): number {
  ended = 0
  const loop = new EventLoop({ host: new ManualHost() })
  watch.start()
  const owners = Array.from({ length: OWNERS }, () => loop.owner('enemy'))
  for (const owner of owners) owner.spawn(script())
  loop.frame({ dt: 1 })
  for (const owner of owners) owner.close()
  watch.stop()
  return ended
}

/** The same number of tasks without owners, cancelled one by one. */
export function manyTasks(watch: Stopwatch): number {
  ended = 0
  const loop = new EventLoop({ host: new ManualHost() })
  watch.start()
  const tasks = Array.from({ length: OWNERS }, () => loop.createTask(script()))
  loop.frame({ dt: 1 })
  for (const task of tasks) task.cancel()
  loop.frame({ dt: 1 })
  watch.stop()
  return ended
}
