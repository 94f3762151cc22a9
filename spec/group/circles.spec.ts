import {
  CancelledError, type Coroutine, EventLoop, type Future, type StreamIterator, type Task, TaskGroup, VirtualHost, all, allSettled, allTasks, asCompleted, cancelAndWait, createTask, forEach, gather, greenlet,
  mapConcurrently, mapStream, race, run, shield, sleep, staggeredRace, use, wait, waitFor,
} from '../../lib/index.ts'

type Body = () => Coroutine<unknown>

const once = {
  iterate(): StreamIterator<number> {
    let isDone = false
    return {
      *next() {
        const result = isDone ? { value: undefined, done: true as const } : { value: 1, done: false }
        isDone = true
        return result
      },
    }
  },
}

/** How a task may wait for its child. */
const parents: Record<string, (child: Body) => Coroutine<unknown>> = {
  *'yield*'(child) { return yield* createTask(child()) },
  *'gather()'(child) { return yield* gather([child(), sleep(5)]) },
  *'gather() with errors'(child) { return yield* gather([child(), sleep(5)], { returnExceptions: true }) },
  *'gather() in gather()'(child) { return yield* gather([gather([child()])]) },
  *'a group'(child) { return yield* use(new TaskGroup(), function* (group) { group.createTask(child()) }) },
  *'the body of a group'(child) {
    return yield* use(new TaskGroup(), function* (group) {
      group.createTask(child())
      yield* sleep(50)
    })
  },
  *'a group in a group'(child) {
    return yield* use(new TaskGroup(), function* (group) {
      group.createTask(use(new TaskGroup(), function* (inner) { inner.createTask(child()) }))
    })
  },
  *'group.start()'(child) { return yield* use(new TaskGroup(), function* (group) { yield* group.start(() => child()) }) },
  *'a group of background tasks'(child) {
    return yield* use(new TaskGroup(), function* (group) {
      group.createTask(child(), { background: true })
      yield* sleep(3)
    })
  },
  *'allSettled()'(child) { return yield* allSettled([child()]) },
  *'mapConcurrently()'(child) { return yield* mapConcurrently([1], () => child(), { limit: 1 }) },
  *'mapStream()'(child) { return yield* forEach(mapStream(once, () => child(), { limit: 1 }), function* () { /* none comes */ }) },
  *'staggeredRace()'(child) { return yield* staggeredRace([child], 5) },
  *'wait()'(child) { return yield* wait([createTask(child())]) },
  *'shield()'(child) { return yield* shield(createTask(child())) },
  *'waitFor()'(child) { return yield* waitFor(createTask(child()), 100) },
  *'all()'(child) { return yield* all([child()]) },
  *'race()'(child) { return yield* race([child()]) },
  *'asCompleted()'(child) { for (const next of asCompleted([child()])) yield* next },
}

/** How the child may wait for the task that waits for it. */
const children: Record<string, (parent: Task) => Coroutine<unknown>> = {
  *'yield*'(parent) { return yield* parent },
  *'gather()'(parent) { return yield* gather([parent]) },
  *'gather() in gather()'(parent) { return yield* gather([gather([parent])]) },
  *'gather() with others'(parent) { return yield* gather([parent, sleep(1000)], { returnExceptions: true }) },
  *'wait()'(parent) { return yield* wait([parent]) },
  *'shield()'(parent) { return yield* shield(parent) },
  *'waitFor()'(parent) { return yield* waitFor(parent, 5000) },
  *'all()'(parent) { return yield* all([parent]) },
  *'race()'(parent) { return yield* race([parent]) },
  *'cancelAndWait()'(parent) { return yield* cancelAndWait(parent) },
  *'allSettled()'(parent) { return yield* allSettled([parent]) },
  *'a group'(parent) { return yield* use(new TaskGroup(), function* (group) { group.createTask(waitsFor(parent)) }) },
}

function* waitsFor(task: Task): Coroutine<unknown> { return yield* task }

function* cancels(task: Task): Coroutine<void> {
  yield
  yield
  task.cancel()
}

describe.each(Object.keys(parents))('a task that waits for its child by %s is cancelled, and ends', how => {
  it.each(Object.keys(children))('though the child waits for the task by %s', back => {
    const log = run(function* (): Coroutine<unknown[]> {
      const ended: unknown[] = []
      for (const byItself of [true, false]) {
        const parent: Task = createTask(parents[how]?.(function* () {
          yield
          if (byItself) parent.cancel()
          else createTask(cancels(parent))
          return yield* children[back]?.(parent) as Coroutine<unknown>
        }) as Coroutine<unknown>)
        yield* wait([parent], { timeout: 100 })
        ended.push(parent.cancelled())
        yield* sleep(2000)
        ended.push(allTasks().size)
      }
      return ended
    }(), { host: new VirtualHost() })
    expect(log).toEqual([true, 1, true, 1])
  })
})

it('a circle of gather() in gather() is opened where the request comes back to one of them', () => {
  const log = run(function* (): Coroutine<unknown[]> {
    const made: Future[] = []
    const a = createTask(function* (): Coroutine<unknown> {
      yield
      return yield* gather(made)
    }())
    const outer = gather([a])
    made.push(outer)
    const task = createTask(function* () { return yield* outer }())
    yield* sleep(1)
    task.cancel()
    yield* wait([task, a])
    return [task.cancelled(), a.cancelled(), allTasks().size]
  }(), { host: new VirtualHost() })
  expect(log).toEqual([true, true, 1])
})

it('a race in a greenlet that belongs to no task waits for the end of the others, though somebody throws a CancelledError into it', () => {
  const log: unknown[] = []
  const loop = new EventLoop({ host: new VirtualHost() })
  function* slow(): Coroutine<void> {
    try {
      yield* sleep(100)
    } finally {
      yield* sleep(10)
      log.push('cleaned up')
    }
  }
  const runner = greenlet(function* () {
    try {
      yield* race([slow(), sleep(50)])
    } catch (error) {
      log.push(error instanceof CancelledError)
    }
  })
  const throwCancelled = (): void => { runner.resumeThrow(new CancelledError()) }
  loop.callSoon(() => { runner.resume() })
  loop.callLater(1, throwCancelled)
  loop.callLater(2, throwCancelled)
  loop.runUntilComplete(sleep(1000))
  loop.close()
  expect(log).toEqual(['cleaned up', true])
})

it('start() ends with its own cancellation when the new task, which is cancelled too, returns a value', () => {
  const log = run(function* (): Coroutine<unknown[]> {
    const task = createTask(use(new TaskGroup(), function* (group) {
      yield* group.start(function* (): Coroutine<string> {
        try {
          yield* sleep(100)
        } catch {
          yield* sleep(10)
        }
        return 'tea'
      })
    }))
    yield* sleep(1)
    task.cancel()
    yield* wait([task])
    return [task.cancelled(), allTasks().size]
  }(), { host: new VirtualHost() })
  expect(log).toEqual([true, 1])
})
