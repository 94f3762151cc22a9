/** Those that are waited for together. */
import {
  type Coroutine, Future, type Task, TaskGroup, asCompleted, createTask, gather, shield, sleep, use, wait,
} from 'yieldfrom'
import { type Primitive, SOME } from '../../harness/scale/primitive.mts'
import { inLoop, join, joinCancelled, parked } from './in-loop.mts'

const HOUR = 3_600_000

let gone = 0

function* child(n: number): Coroutine<number> { return n }

/** Tasks that have not begun, and end in their first turn. */
const children = (count: number): Task<number>[] => Array.from({ length: count }, (_, n) => createTask(child(n)))

function* sleeping(): Coroutine<void> {
  try {
    yield* sleep(HOUR)
  } finally {
    gone++
  }
}

function* shielding(task: Future): Coroutine<unknown> { return yield* shield(task) }

function* waiting(future: Future): Coroutine<void> {
  const [done] = yield* wait([future], { timeout: 10 })
  if (done.size === 0) gone++
}

export const groups: readonly Primitive[] = [
  {
    name: 'createTask: tasks made',
    objects: 10,
    work: inLoop(function* (count, watch) {
      const tasks: Task[] = []
      watch.start()
      for (let n = 0; n < count; n++) tasks.push(createTask(child(n)))
      watch.stop()
      yield* join(tasks)
      return tasks.length
    }),
  },
  {
    name: 'TaskGroup: its children end',
    objects: 10,
    work: inLoop(function* (count, watch) {
      gone = 0
      yield* use(new TaskGroup(), function* (group) {
        for (let n = 0; n < count; n++) group.createTask(child(n)).addDoneCallback(() => gone++)
        watch.start()
      })
      watch.stop()
      return gone
    }),
  },
  {
    name: 'TaskGroup: its children are cancelled',
    most: SOME,
    quick: false,
    work: inLoop(function* (count, watch) {
      gone = 0
      yield* use(new TaskGroup(), function* (group) {
        for (let n = 0; n < count; n++) group.createTask(sleeping())
        yield* sleep(0)
        watch.start()
        group.cancel()
      })
      watch.stop()
      return gone
    }),
  },
  {
    name: 'gather: its children end',
    objects: 10,
    work: inLoop(function* (count, watch) {
      const tasks = children(count)
      watch.start()
      const results = yield* gather(tasks)
      watch.stop()
      return results.length
    }),
  },
  {
    name: 'gather: it is cancelled, and its children with it',
    most: SOME,
    quick: false,
    work: inLoop(function* (count, watch) {
      gone = 0
      const tasks = yield* parked(count, sleeping)
      const all = gather(tasks, { returnExceptions: true })
      watch.start()
      all.cancel()
      yield* joinCancelled([all])
      watch.stop()
      return gone
    }),
  },
  {
    name: 'wait: for all',
    objects: 10,
    work: inLoop(function* (count, watch) {
      const tasks = children(count)
      watch.start()
      const [done] = yield* wait(tasks)
      watch.stop()
      return done.size
    }),
  },
  {
    name: 'wait: for one future, from many tasks, until a timeout',
    most: SOME,
    work: inLoop(function* (count, watch) {
      gone = 0
      const future = new Future()
      const tasks = yield* parked(count, () => waiting(future))
      watch.start()
      yield* join(tasks)
      watch.stop()
      return gone
    }),
  },
  {
    name: 'asCompleted: one after the other',
    most: SOME,
    quick: false,
    objects: 10,
    work: inLoop(function* (count, watch) {
      const tasks = children(count)
      let done = 0
      watch.start()
      for (const next of asCompleted(tasks)) if ((yield* next) >= 0) done++
      watch.stop()
      return done
    }),
  },
  {
    name: 'shield: of one task, from many that are cancelled',
    most: SOME,
    quick: false,
    work: inLoop(function* (count, watch) {
      const task = createTask(sleeping())
      const tasks = yield* parked(count, () => shielding(task))
      watch.start()
      for (const task of tasks) task.cancel()
      const cancelled = yield* joinCancelled(tasks)
      watch.stop()
      return cancelled
    }),
  },
]
