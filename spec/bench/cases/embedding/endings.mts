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
export function throwIntoEach(watch: Stopwatch): number {
  ended = 0
  const error = new Error('the end')
  const scripts = Array.from({ length: SCRIPTS }, plain)
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
