import { checkedFunction } from '../base/checked.ts'
import { describe } from '../base/describe.ts'
import { ArgumentError } from '../base/errors.ts'
import { made } from '../generator/made.ts'
import { refuseGeneratorFunction } from '../generator/plain-function.ts'
import type { Awaitable } from '../generator/types.ts'
import { refuseCoroutine } from '../generator/unrun.ts'
import { suspension } from '../greenlet/suspend.ts'

/** Something with events, like the `EventTarget` of browsers. */
export interface EventTargetLike<E> {
  /** Call back at each event of this name. */
  addEventListener(name: string, listener: (event: E) => void): void
  /** Call back no more. */
  removeEventListener(name: string, listener: (event: E) => void): void
}

/** Something with events, like Node's `EventEmitter` and most engines. */
export interface EmitterLike<E> {
  /** Call back at each event of this name. */
  on(name: string, listener: (event: E) => void): unknown
  /** Call back no more. */
  off(name: string, listener: (event: E) => void): unknown
}

/** A list of functions to call, like Babylon's `Observable`. */
export interface ObservableLike<T, Entry> {
  /** Call back at each notice. @returns what `remove()` takes. */
  add(callback: (value: T) => void): Entry
  /** Call back no more. */
  remove(entry: Entry): unknown
}

/** A function that registers a callback for values. It may return a function that takes the registration back. */
export type Subscribe<T> = (callback: (value: T) => void) => (() => void) | void

/**
 * Wait for the next event with this name: `const click = yield* waitEvent(button, 'click')`.
 * @param target an object with `addEventListener` and `removeEventListener`, or with `on` and `off`.
 * @returns an awaitable. It gives the event: the first argument of the listener.
 * @throws TypeError when the target has neither of these pairs.
 */
export function waitEvent<E>(target: EventTargetLike<E> | EmitterLike<E>, name: string): Awaitable<E> {
  if (typeof name !== 'string' && typeof name !== 'symbol') {
    const hint = typeof target === 'string' ? `. The target comes first: waitEvent(target, '${target as string}')` : ''
    throw new ArgumentError(`waitEvent() takes the name of the event, not ${describe(name)}${hint}`, 'NOT_A_NAME')
  }
  const given = target as Partial<EventTargetLike<E> & EmitterLike<E>> | null | undefined
  const words = `waitEvent(…, ${describe(name)})`
  if (typeof given?.addEventListener === 'function') {
    const events = given as EventTargetLike<E>
    return made(once(words, listener => {
      events.addEventListener(name, listener)
      return () => { events.removeEventListener(name, listener) }
    }), words)
  }
  if (typeof given?.on === 'function' && typeof given.off === 'function') {
    const events = given as EmitterLike<E>
    return made(once(words, listener => {
      events.on(name, listener)
      return () => { events.off(name, listener) }
    }), words)
  }
  throw new ArgumentError(`waitEvent() takes something with addEventListener() or with on() and off(), not ${describe(target)}. ` +
    'Write waitSignal(callback => subscribe(callback))', 'NOT_AN_EVENT_TARGET')
}

/**
 * Wait for the next value of a signal: `yield* waitSignal(scene.onPointerObservable)`, or `yield* waitSignal(callback => {
 * subscribe(callback); return () => unsubscribe(callback) })`.
 * @param source an object with `add()` and `remove()`, or a function that registers a callback and returns a function that takes it
 * back.
 * @returns an awaitable. It gives the value.
 * @throws TypeError when the source is neither of these.
 */
export function waitSignal<T, Entry = unknown>(source: Subscribe<T> | ObservableLike<T, Entry>): Awaitable<T> {
  refuseGeneratorFunction('waitSignal()', source)
  if (typeof source === 'function') return made(once(SIGNAL, source), SIGNAL)
  const given = source as Partial<ObservableLike<T, Entry>> | null | undefined
  if (typeof given?.add !== 'function' || typeof given.remove !== 'function') {
    throw new ArgumentError(`waitSignal() takes a function that subscribes, or something with add() and remove(), not ${describe(source)}`,
      'NOT_A_SIGNAL')
  }
  return made(once<T>(SIGNAL, callback => {
    const entry = source.add(callback)
    return () => { source.remove(entry) }
  }), SIGNAL)
}

const SIGNAL = 'waitSignal(…)'

/** Wait for the first call. After it, and when the wait is cancelled, the subscription is taken back. */
function once<T>(words: string, subscribe: Subscribe<T>): Awaitable<T> {
  return suspension<T>(resume => {
    const subscription = new Subscription()
    subscription.began(checkedUndo(subscribe(value => {
      subscription.end()
      resume(value)
    })))
    return () => { subscription.end() }
  }, words)
}

/** What does not take the registration back is refused at once, and not at the end of the wait. `null` is nothing. */
function checkedUndo(undo: unknown): (() => void) | void {
  refuseCoroutine(undo, 'the function of waitSignal()')
  if (undo === undefined || undo === null) return
  return checkedFunction('waitSignal(subscribe), for what subscribe() returns,', undo as () => void)
}

/** A subscription that is taken back once. The first value may come before `subscribe()` has returned the function that takes it back. */
class Subscription {
  private isOver = false
  private undo: (() => void) | void = undefined

  began(undo: (() => void) | void): void {
    if (this.isOver) undo?.()
    else this.undo = undo
  }

  end(): void {
    if (this.isOver) return
    this.isOver = true
    this.undo?.()
  }
}
