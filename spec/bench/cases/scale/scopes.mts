/** Cancel scopes within each other, side by side, and with many tasks. */
import { CancelScope, type Coroutine, ExitStack, TaskGroup, sleep, use } from 'yieldfrom'
import { type Primitive, SOME } from '../../harness/scale/primitive.mts'
import { inLoop } from './in-loop.mts'
import { steadily } from './steadily.mts'

const HOUR = 3_600_000
const WAITS = 10_000

let gone = 0

/** A body in so many scopes. */
function* within(depth: number, body: () => Coroutine<void>): Coroutine<void> {
  if (depth === 0) {
    yield* body()
  } else {
    yield* use(new CancelScope(), () => within(depth - 1, body))
    gone++
  }
}

function* sleeping(): Coroutine<void> {
  try {
    yield* sleep(HOUR)
  } finally {
    gone++
  }
}

function* scoped(): Coroutine<void> { yield* use(new CancelScope(), sleeping) }

/** Tasks in a scope around a group, which is cancelled when all of them sleep. */
const cancelled = (body: () => Coroutine<void>): Primitive['work'] =>
  inLoop(function* (count, watch) {
    gone = 0
    yield* use(new CancelScope(), function* (scope) {
      yield* use(new TaskGroup(), function* (group) {
        for (let i = 0; i < count; i++) group.createTask(body())
        yield* sleep(0)
        watch.start()
        scope.cancel()
      })
    })
    watch.stop()
    return gone
  })

export const scopes: readonly Primitive[] = [
  {
    name: 'CancelScope: within each other, left',
    quick: false,
    work: inLoop(function* (count, watch) {
      gone = 0
      yield* within(count, function* () { watch.start() })
      watch.stop()
      return gone
    }),
  },
  {
    name: 'CancelScope: within each other, left after the outermost is cancelled',
    work: inLoop(function* (count, watch) {
      let left = 0
      const body = (depth: number): Coroutine<void> => use(new CancelScope(), function* () {
        try {
          if (depth > 1) yield* body(depth - 1)
          else yield* sleep(HOUR)
        } finally {
          left++
        }
      })
      yield* use(new CancelScope(), function* (scope) {
        yield* use(new TaskGroup(), function* (group) {
          group.createTask(body(count))
          yield* sleep(0)
          watch.start()
          scope.cancel()
        })
      })
      watch.stop()
      return left
    }),
  },
  {
    name: 'CancelScope: a wait within so many',
    ops: WAITS,
    work: inLoop(function* (count, watch) {
      let waited = 0
      yield* within(count, function* () {
        for (const wait of steadily(watch, WAITS)) {
          yield* sleep(0)
          waited = wait
        }
      })
      return waited
    }),
  },
  { name: 'CancelScope: tasks in one that is cancelled', work: cancelled(sleeping) },
  { name: 'CancelScope: side by side, in one that is cancelled', most: SOME, quick: false, work: cancelled(scoped) },
  {
    name: 'ExitStack: its callbacks are called',
    work: inLoop(function* (count, watch) {
      gone = 0
      yield* use(new ExitStack(), function* (stack) {
        for (let i = 0; i < count; i++) stack.callback(() => gone++)
        watch.start()
      })
      watch.stop()
      return gone
    }),
  },
]
