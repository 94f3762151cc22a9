import * as core from '../../../../lib/index.ts'
import { type Coroutine, EventLoop, VirtualHost, moveOnAfter, sleep, use } from '../../../../lib/index.ts'
import { isOnThePage } from '../error-messages.ts'
import { OF_NODE } from './call.ts'
import type { Callable } from './callables.ts'
import { services } from './nowhere.ts'

/** What runs a loop cannot be called in a task. */
const OUTSIDE = /^(run|runMain|driveSync|replay|restore|trim|setEventLoop|setEventLoopPolicy|explore|runBriefly|tickOfGame|inTransaction)$|^Runner\.|^EventLoop\.(runUntilComplete|tick|frame|asJob)$|^Recording\./
/** What waits for frames: time stands still for it, unless somebody makes them. */
const OF_FRAMES = /^(waitUntil|waitWhile|tween|nextFrame|waitFrames)$/
/** What opens a scope: a time limit around it alone would be left before the scope. */
const OPENS = /^(CancelScope|FailScope|Timeout)\.enter$/
/** What stops the loop stops it for others, too. */
const STOPS = /^EventLoop\.(stop|abandon)( inside)?$/
/** Who does not answer in this time, in milliseconds, waits. */
const PATIENCE = 50

/** What became of a call: `ok`, that it waits, or the code of its error. What is wrong with it is told in other words. */
export interface Answer {
  readonly outcome: string
  /** What it gave, if it gave something. */
  readonly value?: unknown
}

/**
 * Call something in a loop, beside another task, in virtual time.
 * @param attempt makes the call. What it gives is waited for, if the types say that it is to be.
 * @param prepare comes before it, and is not a part of what is looked at.
 * @param look says what the object is after a call that was refused, if it is not what it was before.
 */
export function answerOf(callable: Callable, attempt: () => unknown, prepare: () => Coroutine<void> = nothing, look: () => string = () => ''): Answer {
  const reported: string[] = []
  const loop = new EventLoop({ host: new VirtualHost(), logger: text => { reported.push(text) } })
  if (/^(node|bullmq)$/.test(callable.door) || OF_NODE.test(callable.name)) loop.$attachedServices = services
  let value: unknown
  const state = { isPrepared: false, waits: false, changed: '' }
  function* neighbour(): Coroutine<void> {
    for (let i = 0; i < 20; i++) yield* sleep(10)
  }
  function* calling(): Coroutine<void> {
    if (!state.isPrepared) yield* prepare()
    state.isPrepared = true
    try {
      value = attempt()
      if (!callable.isAwaited || !isAwaitable(value)) return
      state.waits = true
      const awaited = value
      if (OPENS.test(callable.name)) {
        value = yield* awaiting(awaited)
        state.waits = false
        return
      }
      yield* use(moveOnAfter(PATIENCE), function* () {
        value = yield* awaiting(awaited)
        state.waits = false
      })
    } catch (error) {
      state.waits = false
      if (outcomeOf(error) !== THROWN) state.changed = look()
      throw error
    }
  }
  const other = loop.createTask(neighbour())
  let outcome = outcomeFor(() => {
    if (OUTSIDE.test(callable.name)) {
      core.setEventLoop(loop)
      loop.runUntilComplete(prepare())
      state.isPrepared = true
      value = attempt()
    } else if (OF_FRAMES.test(callable.name)) {
      const task = loop.createTask(calling())
      for (let i = 0; i < 10; i++) loop.frame({ dt: 16 })
      if (task.done()) task.result()
    } else {
      loop.runUntilComplete(calling())
    }
  })
  core.setEventLoop(null)
  core.setTrace(null)
  const disturbed = outcomeFor(() => { loop.runUntilComplete(other) })
  if (disturbed !== 'ok' && !STOPS.test(callable.name)) outcome += `, and disturbs others: ${disturbed}`
  if (!loop.isRunning()) loop.close()
  if (reported.some(text => text.includes('Exception in default exception handler'))) outcome += ', and its report fails'
  if (!state.isPrepared) outcome += ', before the call'
  outcome += state.changed
  if (outcome === THROWN) return { outcome }
  return outcome !== 'ok' ? { outcome } : state.waits ? { outcome: 'waits' } : { outcome, value }
}

function* nothing(): Coroutine<void> { /* nothing to do */ }

/** `ok`, or the code of the error that was thrown. */
export function outcomeFor(attempt: () => void): string {
  try {
    attempt()
    return 'ok'
  } catch (error) {
    return outcomeOf(error)
  }
}

/** An error of the library, by its code and in the words of docs/errors.md. */
export const REFUSED = /^(a group: )?`[A-Z_]+`$/

/** What was to be thrown was thrown. */
export const THROWN = 'what it was given'

export function outcomeOf(error: unknown): string {
  if (error instanceof core.ExceptionGroup) return `a group: ${outcomeOf(error.errors[0])}`
  const { name, code, message } = Object(error) as { readonly name?: string; readonly code?: string; readonly message?: string }
  if (message === 'tea' || error === 'any') return THROWN
  const words = String(message)
  if (code === undefined) return `${String(name)}: ${words}`
  return words === '' || isOnThePage(code, words) ? `\`${code}\`` : `\`${code}\`, with words that docs/errors.md does not have: ${words}`
}

function* awaiting(awaitable: Coroutine<unknown>): Coroutine<unknown> { return yield* awaitable }

function isAwaitable(value: unknown): value is Coroutine<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value
}
