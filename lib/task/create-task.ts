import { checkOptions, withOptions } from '../base/options.ts'
import type { Awaitable } from '../generator/types.ts'
import { checkedLoop } from '../loop/loop.ts'
import { ensureFutureIn, isAwaitable, notAwaitable, runsWhenAwaited } from './ensure-future.ts'
import type { EventLoop, TaskFactory } from './event-loop.ts'
import { Future } from './future.ts'
import { getEventLoop, getRunningLoop } from './loops.ts'
import { Task } from './task.ts'
import type { TaskOptions } from './task-options.ts'

/**
 * Run a coroutine beside the other tasks of the loop that runs. It is Python's `asyncio.create_task()`.
 * @param options.name the name of the task in reports; `Task-1`, `Task-2`… by default.
 * @param options.context the context of the task; a copy of the current context by default.
 * @param options.eagerStart true: run the coroutine at once, until it waits for the first time.
 * @returns the task. Its first step comes in the next turn of the loop (rule 10).
 * @throws RuntimeError when no loop runs; TypeError when `coroutine` is not a coroutine.
 */
export function createTask<T>(coroutine: Awaitable<T>, options?: Omit<TaskOptions, 'loop'>): Task<T> {
  return getRunningLoop().createTask(coroutine, options)
}

const ENSURE_FUTURE = { call: 'ensureFuture(awaitable, { loop })', names: ['loop'], inMap: 'map(each => ensureFuture(each))' }

/**
 * Make a future of anything that `yield*` accepts: a future stays as it is, and a coroutine becomes a task. It is Python's
 * `asyncio.ensure_future()`.
 * @param options.loop the loop of a new task; by default the loop that `getEventLoop()` gives.
 * @throws TypeError when the value cannot be awaited; ValueError when the future belongs to another loop.
 */
export function ensureFuture<T>(awaitable: Awaitable<T>, options: { readonly loop?: EventLoop } = {}): Future<T> {
  checkOptions(options, ENSURE_FUTURE)
  return ensureFutureIn(options.loop === undefined ? loopOf(awaitable) : checkedLoop('ensureFuture({ loop })', options.loop), awaitable)
}

/** The loop of a future. For any other awaitable it is the current loop. @throws TypeError when the value cannot be awaited. */
export function loopOf(awaitable: unknown): EventLoop {
  if (awaitable instanceof Future) return awaitable.$loop as EventLoop
  if (!runsWhenAwaited(awaitable) && !isAwaitable(awaitable)) throw notAwaitable(awaitable)
  return getEventLoop()
}

/** A task factory whose tasks begin at once: `loop.setTaskFactory(eagerTaskFactory)`. It is Python's `asyncio.eager_task_factory`. */
export const eagerTaskFactory: TaskFactory = (loop, coroutine, options) =>
  new Task(coroutine, withOptions(options as TaskOptions | undefined ?? {}, { loop: checkedLoop('eagerTaskFactory()', loop), eagerStart: true }))
