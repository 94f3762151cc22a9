/** Tasks that wait for each other. */
import { type Coroutine, Future, type Task, VirtualHost, createTask, run, sleep } from 'yieldfrom'
import { type Primitive, SOME } from '../../harness/scale/primitive.mts'
import { inLoop, joinCancelled, parked } from './in-loop.mts'

const HOUR = 3_600_000

let gone = 0

function* wait(other: Future): Coroutine<void> {
  try {
    yield* other
  } finally {
    gone++
  }
}

/** Each waits for the one before, and the first for the future. */
function* chain(count: number, future: Future): Coroutine<Task[]> {
  gone = 0
  const tasks: Task[] = []
  for (let i = 0; i < count; i++) tasks.push(createTask(wait(tasks[i - 1] ?? future)))
  yield* sleep(0)
  return tasks
}

const cancelled = (pick: (tasks: Task[]) => Task[]): Primitive['work'] =>
  inLoop(function* (count, watch) {
    const tasks = yield* chain(count, new Future())
    watch.start()
    for (const task of pick(tasks)) task.cancel()
    yield* joinCancelled(tasks)
    watch.stop()
    return gone
  })

export const chains: readonly Primitive[] = [
  {
    name: 'a chain of tasks: what the last waits for ends',
    work: inLoop(function* (count, watch) {
      const future = new Future<void>()
      const tasks = yield* chain(count, future)
      watch.start()
      future.setResult()
      yield* tasks[count - 1] as Task
      watch.stop()
      return gone
    }),
  },
  { name: 'a chain of tasks: cancelled at its end', most: SOME, quick: false, work: cancelled(tasks => tasks.slice(-1)) },
  { name: 'a chain of tasks: each is cancelled, who waits for nobody first', most: SOME, quick: false, work: cancelled(tasks => tasks) },
  { name: 'a chain of tasks: each is cancelled, for whom nobody waits first', work: cancelled(tasks => tasks.reverse()) },
  {
    name: 'a chain of tasks: left over at the end of run()',
    most: SOME,
    work: (count, watch) => {
      run(function* () {
        yield* chain(count, new Future())
        watch.start()
      }(), { host: new VirtualHost() })
      watch.stop()
      return gone
    },
  },
  {
    name: 'tasks that wait for one task: it is cancelled',
    work: inLoop(function* (count, watch) {
      gone = 0
      const task = createTask(sleep(HOUR))
      const tasks = yield* parked(count, () => wait(task))
      watch.start()
      task.cancel()
      yield* joinCancelled(tasks)
      watch.stop()
      return gone
    }),
  },
  {
    name: 'tasks that wait for one task: each is cancelled',
    most: SOME,
    quick: false,
    work: inLoop(function* (count, watch) {
      gone = 0
      const task = createTask(sleep(HOUR))
      const tasks = yield* parked(count, () => wait(task))
      watch.start()
      for (const task of tasks) task.cancel()
      yield* joinCancelled(tasks)
      watch.stop()
      return gone
    }),
  },
]
