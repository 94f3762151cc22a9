import fc from 'fast-check'
import {
  type Awaitable, type Coroutine, type Task, TaskGroup, VirtualHost, all, allSettled, allTasks, createTask, currentTask, gather, getRunningLoop, mapConcurrently, race,
  run, shield, sleep, use, wait, waitFor,
} from '../../lib/index.ts'
import { runs } from '../support/thorough.ts'

/** What a task waits for: another task, or several things in one of the ways there are. */
type Wait =
  | { readonly is: 'task'; readonly at: number }
  | { readonly is: keyof typeof ways; readonly of: readonly Wait[] }

interface Program {
  /** What each of the tasks waits for. */
  readonly tasks: readonly Wait[]
  /** Which of them are cancelled, and when. */
  readonly cancels: readonly { readonly ms: number; readonly at: number }[]
}

const ways = {
  *gather(of: readonly Coroutine<unknown>[]): Coroutine<unknown> { return yield* gather(of) },
  *gatherErrors(of: readonly Coroutine<unknown>[]): Coroutine<unknown> { return yield* gather(of, { returnExceptions: true }) },
  *group(of: readonly Coroutine<unknown>[]): Coroutine<unknown> {
    return yield* use(new TaskGroup(), function* (group) { for (const one of of) group.createTask(one) })
  },
  *groupWithBody(of: readonly Coroutine<unknown>[]): Coroutine<unknown> {
    return yield* use(new TaskGroup(), function* (group) {
      for (const one of of) group.createTask(one, { background: true })
      yield* sleep(50)
    })
  },
  *start(of: readonly Coroutine<unknown>[]): Coroutine<unknown> {
    return yield* use(new TaskGroup(), function* (group) { for (const one of of) yield* group.start(function* () { yield* one }) })
  },
  *wait(of: readonly Coroutine<unknown>[]): Coroutine<unknown> { return yield* wait(of.map(one => createTask(one))) },
  *all(of: readonly Coroutine<unknown>[]): Coroutine<unknown> { return yield* all(of) },
  *race(of: readonly Coroutine<unknown>[]): Coroutine<unknown> { return yield* race(of) },
  *allSettled(of: readonly Coroutine<unknown>[]): Coroutine<unknown> { return yield* allSettled(of) },
  *map(of: readonly Coroutine<unknown>[]): Coroutine<unknown> { return yield* mapConcurrently(of, (one: Awaitable<unknown>) => one, { limit: 2 }) },
  *shield([one]: readonly Coroutine<unknown>[]): Coroutine<unknown> { return yield* shield(createTask(one as Coroutine<unknown>)) },
  *waitFor([one]: readonly Coroutine<unknown>[]): Coroutine<unknown> { return yield* waitFor(one as Coroutine<unknown>, 1000) },
  *waitForTask([one]: readonly Coroutine<unknown>[]): Coroutine<unknown> { return yield* waitFor(createTask(one as Coroutine<unknown>), 1000) },
}

const { wait: waits } = fc.letrec<{ wait: Wait }>(tie => ({
  wait: fc.oneof({ depthSize: 'small', withCrossShrink: true },
    fc.record({ is: fc.constant('task'), at: fc.nat(3) }),
    fc.record({ is: fc.constantFrom(...Object.keys(ways) as (keyof typeof ways)[]), of: fc.array(tie('wait'), { minLength: 1, maxLength: 2 }) })),
}))

const programs: fc.Arbitrary<Program> = fc.record({
  tasks: fc.array(waits, { minLength: 2, maxLength: 4 }),
  cancels: fc.array(fc.record({ ms: fc.nat(3), at: fc.nat(3) }), { maxLength: 4 }),
})

/** In the end, each task is asked to end. @returns the tasks that have not ended then. */
function leftOver({ tasks, cancels }: Program): string[] {
  return run(function* (): Coroutine<string[]> {
    getRunningLoop().setExceptionHandler(() => undefined) // errors that nobody reads are no matter here
    const made: Task[] = []
    function* body(what: Wait): Coroutine<unknown> {
      yield
      return yield* waiting(what)
    }
    function* waiting(what: Wait): Coroutine<unknown> {
      if (what.is === 'task') return yield* made[what.at % made.length] as Task
      return yield* ways[what.is](what.of.map(waiting))
    }
    made.push(...tasks.map(what => createTask(body(what))))
    for (const { ms, at } of cancels) createTask(later(ms, made[at % made.length] as Task))
    yield* sleep(10)
    for (const task of allTasks()) if (task !== currentTask()) task.cancel()
    yield* sleep(10_000)
    return Array.from(allTasks()).filter(task => task !== currentTask()).map(String)
  }(), { host: new VirtualHost() })
}

function* later(ms: number, task: Task): Coroutine<void> {
  yield* sleep(ms)
  task.cancel()
}

test('tasks that wait for each other in circles, in any way, all end when they are asked to', () => {
  fc.assert(fc.property(programs, program => { expect(leftOver(program)).toEqual([]) }), { numRuns: runs(2000) })
})
