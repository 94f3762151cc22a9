import { type Coroutine, type Future, type Task, VirtualHost, createTask, isCancelled, run, sleep } from 'yieldfrom'
import type { Primitive } from '../../harness/scale/primitive.mts'
import type { Stopwatch } from '../../harness/stopwatch.mts'
import { next } from '../minstd.mts'

/** What a primitive does, as a program in a loop of its own. */
export function inLoop(main: (count: number, watch: Stopwatch) => Coroutine<number>): Primitive['work'] {
  return (count, watch) => run(main(count, watch), { host: new VirtualHost() })
}

export function inDebugMode(main: (count: number, watch: Stopwatch) => Coroutine<number>): Primitive['work'] {
  return (count, watch) => run(main(count, watch), { host: new VirtualHost(), debug: true })
}

/** Make so many tasks, and let each run until it waits. */
export function* parked(count: number, body: (i: number) => Coroutine<unknown>): Coroutine<Task[]> {
  const tasks: Task[] = []
  for (let i = 0; i < count; i++) tasks.push(createTask(body(i)))
  yield* sleep(0)
  return tasks
}

export function* join(tasks: readonly Task[]): Coroutine<void> { for (const task of tasks) yield* task }

/** @returns how many of them were cancelled. */
export function* joinCancelled(tasks: readonly Future[]): Coroutine<number> {
  let cancelled = 0
  for (const task of tasks) {
    try {
      yield* task
    } catch (error) {
      if (isCancelled(error)) cancelled++
    }
  }
  return cancelled
}

/** One after the other in no order, each once. */
export function shuffled<T>(things: readonly T[]): T[] {
  const result = [...things]
  let seed = 1
  for (let i = result.length - 1; i > 0; i--) {
    seed = next(seed)
    const other = seed % (i + 1)
    const thing = result[i] as T
    result[i] = result[other] as T
    result[other] = thing
  }
  return result
}
