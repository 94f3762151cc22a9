import { describe } from '../base/describe.ts'
import { ArgumentError } from '../base/errors.ts'
import { type Hooks, hooks, setHook } from './hooks.ts'
import { ANSWER, registers } from './registers.ts'

/** What a program can see of a frame, which is one generator on a stack. */
export interface FrameView {
  /** The name of the generator's function, or of the iterator's class. */
  readonly name: string
  /** The generator or iterator that the frame drives. */
  readonly iterator: object
  /** The frame it delegates to (`gi_yieldfrom`), or `null`. */
  readonly delegate: FrameView | null
}

/**
 * One event in the life of a frame. The names are Python's.
 *
 * | type | value |
 * |---|---|
 * | `enter` | what the first `next()` carries: always `undefined` |
 * | `send` | what the frame's `yield` or `yield*` evaluates to |
 * | `throw` | the error raised at its `yield` or `yield*` |
 * | `yield` | the value that leaves the stack |
 * | `delegate` | the frame that it delegates to |
 * | `return` | its return value |
 * | `raise` | the error that ends it |
 * | `close` | the error thrown to close it, a `GeneratorExit` as a rule |
 * | `switch` | `{ origin, target }`: the greenlets that control leaves and enters; the frame is the origin's, if it has one |
 * | `suspend` | the request that the frame waits for |
 */
export type FrameEvent = {
  readonly type: 'enter' | 'send' | 'throw' | 'yield' | 'delegate' | 'return' | 'raise' | 'close' | 'suspend'
  readonly frame: FrameView
  readonly value: unknown
} | {
  readonly type: 'switch'
  readonly frame: FrameView | null
  readonly value: { readonly origin: object; readonly target: object }
}

export type Watcher = (event: FrameEvent) => void

/**
 * See every frame event, in order, as it happens. There is one watcher at a time: a new one takes the place of the
 * one before. Watching does not change what is watched. A watcher does not see what it drives itself. A watcher that throws
 * is removed.
 * @param watcher is called with each event.
 * @returns a function that ends the watch. It throws the error of the watcher, if there was one.
 * @throws TypeError when `watcher` is not a function.
 */
export function watch(watcher: Watcher): () => void {
  if (typeof watcher !== 'function') {
    throw new ArgumentError(`watch() takes a function, not ${describe(watcher)}`, 'WATCHER_NOT_CALLABLE')
  }
  let failure: { readonly error: unknown } | null = null
  let inside = false
  const guarded: Watcher = event => {
    if (inside) return
    const { asked, promised, arriving, sentToDelegate, value } = registers
    const answer = ANSWER.value
    registers.asked = registers.promised = registers.arriving = null
    inside = true
    try {
      watcher(event)
    } catch (error) {
      failure = { error }
      end()
    } finally {
      inside = false
      registers.asked = asked
      registers.promised = promised
      registers.arriving = arriving
      registers.sentToDelegate = sentToDelegate
      registers.value = value
      ANSWER.value = answer
    }
  }
  const end = (): void => { if (hooks.watcher === guarded) setHook('watcher', null) }
  setHook('watcher', guarded as Hooks['watcher'])
  return () => {
    end()
    if (failure === null) return
    const { error } = failure
    failure = null
    throw error
  }
}

/** Report an event to the watcher. Callers check `registers.observed` first, so that this costs nothing when nobody watches. */
export function notify(type: FrameEvent['type'], frame: FrameView | null, value: unknown): void {
  hooks.watcher?.({ type, frame, value })
}
