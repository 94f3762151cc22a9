import { describe } from '../../base/describe.ts'
import { ArgumentError, RuntimeError } from '../../base/errors.ts'
import { isCoroutine } from '../../generator/coroutine.ts'
import type { Coroutine } from '../../generator/types.ts'
import { EventLoop } from '../../task/event-loop.ts'
import type { Task } from '../../task/task.ts'
import type { Call } from '../io/worker-pool.ts'
import { type PortableError, portableError } from '../io/portable-error.ts'
import { ConcurrentFuture } from '../executor/concurrent-future.ts'
import { type ModuleExport, portableCall } from '../executor/portable-call.ts'
import { reviveError } from '../executor/revive-error.ts'
import { loadNow } from '../executor/load-now.ts'
import { type InboxAddress, myInbox, send } from './inbox.ts'

/** A loop, for other threads: send it to a worker as `workerData`, or in a message. */
export interface LoopHandle extends InboxAddress {
  /** The number of the loop in its thread. */
  readonly loop: number
  /** Holds 1 when the loop is closed. */
  readonly closed: Int32Array
}

/** Asks the loop to call a function. With an `answer`, the function is a coroutine function, and its result is sent there. */
interface CallLetter {
  readonly call: Call
  readonly answer: { readonly address: InboxAddress; readonly number: number } | null
}

/** Asks the loop to cancel the task that a letter has begun. */
interface CancelLetter {
  readonly cancel: number
  readonly channel: string
}

type Answer = { readonly value: unknown } | { readonly error: PortableError } | { readonly cancelled: true }

const handles = new WeakMap<EventLoop, LoopHandle>()

/** The handle of a loop of this thread. */
export function handleOf(loop: EventLoop): LoopHandle {
  const known = handles.get(loop)
  if (known !== undefined) return known
  const inbox = myInbox()
  const tasks = new Map<string, Task>()
  const closed = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  const number = inbox.registerLoop(loop, closed, content => {
    const letter = content as CallLetter | CancelLetter
    if ('cancel' in letter) tasks.get(`${letter.channel} ${String(letter.cancel)}`)?.cancel()
    else if (letter.answer === null) callIn(loop, letter.call)
    else runIn(loop, letter.call, letter.answer, tasks)
  })
  const handle: LoopHandle = { ...inbox.address, loop: number, closed }
  handles.set(loop, handle)
  return handle
}

/**
 * Call a function in the loop of another thread. Several calls keep their order.
 * @param handle what `loop.handle()` returned there.
 * @param work the function, sent as `executor.submit()` sends it. What it throws goes to the loop's exception handler.
 * @throws TypeError when something cannot be sent; RuntimeError when the loop is closed.
 */
export function callSoonThreadsafe<A extends unknown[]>(handle: object, work: ((...args: A) => unknown) | ModuleExport, ...args: A): void {
  const { channel, cells, loop } = checkedHandle(handle)
  send({ channel, cells }, { to: loop, content: { call: portableCall(work, args), answer: null } satisfies CallLetter })
}

/**
 * Run a coroutine in the loop of another thread. It is Python's `asyncio.run_coroutine_threadsafe()`.
 * @param handle what `loop.handle()` returned there.
 * @param work a coroutine function, sent as `executor.submit()` sends it. In its source it may call `require('yieldfrom/node')`.
 * @returns a future for the result. If it is cancelled, the task is cancelled.
 * @throws TypeError when something cannot be sent; RuntimeError when the loop is closed.
 */
export function runCoroutineThreadsafe<A extends unknown[], T>(handle: object, work: ((...args: A) => Coroutine<T>) | ModuleExport, ...args: A): ConcurrentFuture<T> {
  const { channel, cells, loop } = checkedHandle(handle)
  const inbox = myInbox()
  const number = inbox.register(content => {
    end()
    const answer = content as Answer
    if ('value' in answer) future.setResult(answer.value as T)
    else if ('error' in answer) future.setException(reviveError(answer.error))
    else future.cancel()
  })
  const end = (): void => {
    inbox.forget(number)
    inbox.expectAnswers(-1)
  }
  const future = new ConcurrentFuture<T>(() => {
    end()
    send({ channel, cells }, { to: loop, content: { cancel: number, channel: inbox.address.channel } satisfies CancelLetter })
  })
  inbox.expectAnswers(1)
  const content: CallLetter = { call: portableCall(work, args, true), answer: { address: inbox.address, number } }
  send({ channel, cells }, { to: loop, content })
  return future
}

function checkedHandle(handle: unknown): LoopHandle {
  const { channel, loop, closed } = Object(handle) as Partial<LoopHandle>
  if (typeof channel !== 'string' || typeof loop !== 'number' || closed === undefined) {
    const hint = isCoroutine(handle) ? '. Write runCoroutineThreadsafe(loop.handle(), f): the handle first, and the function without calling it'
      : handle instanceof EventLoop ? '. Write loop.handle(), in the thread of the loop' : ''
    throw new ArgumentError(`the handle of a loop must be what loop.handle() returns, not ${describe(handle)}${hint}`, 'NOT_A_HANDLE')
  }
  if (Atomics.load(closed, 0) === 1) throw new RuntimeError('Event loop is closed', { code: 'LOOP_CLOSED' })
  return handle as LoopHandle
}

function callIn(loop: EventLoop, call: Call): void {
  loop.callSoon(() => { loadNow(call)(...call.args) })
}

function runIn(loop: EventLoop, call: Call, { address, number }: NonNullable<CallLetter['answer']>, tasks: Map<string, Task>): void {
  const key = `${address.channel} ${String(number)}`
  const answer = (content: Answer): void => { send(address, { to: number, content }) }
  const begin = (): void => {
    const made = loadNow(call)(...call.args)
    if (!isCoroutine(made)) throw new ArgumentError(`runCoroutineThreadsafe() takes a coroutine function, but this one returned ${describe(made)}`, 'NOT_A_COROUTINE')
    const task = loop.createTask(made)
    tasks.set(key, task)
    task.addDoneCallback(() => {
      tasks.delete(key)
      answer(answerOf(task))
    })
  }
  loop.callSoon(() => {
    try {
      begin()
    } catch (error) {
      answer({ error: portableError(error) })
    }
  })
}

function answerOf(task: Task): Answer {
  if (task.cancelled()) return { cancelled: true }
  const error = task.exception()
  if (error !== null) return { error: portableError(error) }
  try {
    return { value: structuredClone(task.result()) }
  } catch (failure) {
    return { error: portableError(failure) }
  }
}
