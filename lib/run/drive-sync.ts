import { describe } from '../base/describe.ts'
import { ArgumentError } from '../base/errors.ts'
import type { Awaitable, Coroutine } from '../generator/types.ts'
import type { Results } from '../group/gather.ts'
import { TaskGroup } from '../group/task-group.ts'
import { VirtualHost } from '../host/virtual-host.ts'
import { asHostCode } from '../loop/nesting.ts'
import { use } from '../scope/use.ts'
import type { Task } from '../task/task.ts'
import { EventLoop } from '../task/event-loop.ts'
import { Runner } from './runner.ts'

/**
 * Run several coroutines until all have ended, within this call: for a transaction, or a stored procedure. They may wait for each
 * other. Their sleeps take no real time. It may be called in a task. The loop of that task stands still meanwhile.
 * @returns their results, by position.
 * @throws ExceptionGroup when one fails. The others are cancelled first, and their `finally` blocks have run. DeadlockError when
 * they wait for something that cannot come. It has a report of what each task waits for.
 */
export function driveSync<const A extends readonly Awaitable<unknown>[]>(coroutines: A): Results<A> {
  if (!Array.isArray(coroutines)) {
    throw new ArgumentError(`driveSync() takes an array of coroutines, not ${describe(coroutines)}. Write driveSync([f(), g()])`, 'NOT_AN_ARRAY')
  }
  return asHostCode(() => {
    const runner = new Runner({ loopFactory: () => new EventLoop({ host: new VirtualHost() }) })
    try {
      return runner.run(together(coroutines)) as Results<A>
    } finally {
      runner.close()
    }
  })
}

function* together(coroutines: readonly Awaitable<unknown>[]): Coroutine<unknown[]> {
  const tasks: Task[] = []
  yield* use(new TaskGroup(), function* (group) {
    for (const coroutine of coroutines) tasks.push(group.createTask(coroutine))
  })
  return tasks.map(task => task.result())
}
