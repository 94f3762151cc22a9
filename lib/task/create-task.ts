import { checkOptions } from '../base/options.ts'
import type { Awaitable } from '../generator/types.ts'
import { whoseTurn } from '../greenlet/fiber.ts'
import { type Loop, running } from '../loop/loop.ts'
import { ensureFutureIn, isAwaitable, notAwaitable, runsWhenAwaited } from './ensure-future.ts'
import type { EventLoop, TaskFactory } from './event-loop.ts'
import { Future } from './future.ts'
import { getEventLoop, getRunningLoop } from './loops.ts'
import { Task, tasksOf } from './task.ts'
import type { TaskOptions } from './task-options.ts'

/**
 * Run a coroutine side by side with the others, in the loop that runs.
 * @throws RuntimeError when no loop runs; TypeError when it is no coroutine.
 */
export function createTask<T>(coroutine: Awaitable<T>, options?: Omit<TaskOptions, 'loop'>): Task<T> {
  return getRunningLoop().createTask(coroutine, options)
}

const ENSURE_FUTURE = { call: 'ensureFuture(awaitable, { loop })', names: ['loop'] }

/** A future as it is; a task for a coroutine, or for anything else that `yield*` accepts. */
export function ensureFuture<T>(awaitable: Awaitable<T>, options: { readonly loop?: EventLoop } = {}): Future<T> {
  checkOptions(options, ENSURE_FUTURE)
  return ensureFutureIn(options.loop ?? loopOf(awaitable), awaitable)
}

/** The loop of a future; for any other awaitable the current one. @throws TypeError for what cannot be awaited. */
export function loopOf(awaitable: unknown): EventLoop {
  if (awaitable instanceof Future) return awaitable.$loop as EventLoop
  if (!runsWhenAwaited(awaitable) && !isAwaitable(awaitable)) throw notAwaitable(awaitable)
  return getEventLoop()
}

/** The task that runs, or `null`: in a callback, or in host code. */
export function currentTask(loop: Loop | null = running.loop): Task | null {
  const waker = whoseTurn()
  return waker instanceof Task && waker.$loop === loop ? waker : null
}

/** The tasks of a loop that are not done, in the order they were made. */
export function allTasks(loop: Loop = getRunningLoop()): Set<Task> { return new Set(tasksOf(loop)) }

/** A task factory whose tasks begin at once: `loop.setTaskFactory(eagerTaskFactory)`. */
export const eagerTaskFactory: TaskFactory = (loop, coroutine, options) =>
  new Task(coroutine, { ...options, loop, eagerStart: true })
