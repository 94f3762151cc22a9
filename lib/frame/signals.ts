import { describe } from '../base/describe.ts'
import { ArgumentError } from '../base/errors.ts'
import type { Awaitable } from '../generator/types.ts'
import { suspend } from '../greenlet/suspend.ts'

/** What tells of events as the `EventTarget` of browsers does. */
export interface EventTargetLike<E> {
  addEventListener(name: string, listener: (event: E) => void): void
  removeEventListener(name: string, listener: (event: E) => void): void
}

/** What tells of events as Node's `EventEmitter` and most engines do. */
export interface EmitterLike<E> {
  on(name: string, listener: (event: E) => void): unknown
  off(name: string, listener: (event: E) => void): unknown
}

/** A list of functions to be called, as Babylon's `Observable`. */
export interface ObservableLike<T, Entry> {
  add(callback: (value: T) => void): Entry
  remove(entry: Entry): unknown
}

/** Registers a function that is called with each value; it returns how to take that back. */
export type Subscribe<T> = (callback: (value: T) => void) => (() => void) | void

/**
 * Wait for the next event of that name: `const click = yield* waitEvent(button, 'click')`.
 * @param target with `addEventListener` and `removeEventListener`, or with `on` and `off`.
 * @returns to `yield*`, the event: what the listener is called with first.
 * @throws TypeError when the target has neither.
 */
export function waitEvent<E>(target: EventTargetLike<E> | EmitterLike<E>, name: string): Awaitable<E> {
  const given = target as Partial<EventTargetLike<E> & EmitterLike<E>> | null | undefined
  if (typeof given?.addEventListener === 'function') {
    const events = given as EventTargetLike<E>
    return once(listener => {
      events.addEventListener(name, listener)
      return () => { events.removeEventListener(name, listener) }
    })
  }
  if (typeof given?.on === 'function' && typeof given.off === 'function') {
    const events = given as EmitterLike<E>
    return once(listener => {
      events.on(name, listener)
      return () => { events.off(name, listener) }
    })
  }
  throw new ArgumentError(`waitEvent() takes something with addEventListener() or with on() and off(), not ${describe(target)}. ` +
    'Write waitSignal(callback => subscribe(callback))', 'NOT_AN_EVENT_TARGET')
}

/**
 * Wait for the next value of a signal: `yield* waitSignal(scene.onPointerObservable)`, or `yield* waitSignal(callback => {
 * subscribe(callback); return () => unsubscribe(callback) })`.
 * @throws TypeError when it is neither a function nor has `add()` and `remove()`.
 */
export function waitSignal<T, Entry = unknown>(source: Subscribe<T> | ObservableLike<T, Entry>): Awaitable<T> {
  if (typeof source === 'function') return once(source)
  const given = source as Partial<ObservableLike<T, Entry>> | null | undefined
  if (typeof given?.add !== 'function' || typeof given.remove !== 'function') {
    throw new ArgumentError(`waitSignal() takes a function that subscribes, or something with add() and remove(), not ${describe(source)}`,
      'NOT_A_SIGNAL')
  }
  return once(callback => {
    const entry = source.add(callback)
    return () => { source.remove(entry) }
  })
}

/** Wait for the first call; then, or when the wait is given up, the subscription is taken back. */
function once<T>(subscribe: Subscribe<T>): Awaitable<T> {
  return suspend<T>(resume => {
    const subscription = new Subscription()
    subscription.began(subscribe(value => {
      subscription.end()
      resume(value)
    }))
    return () => { subscription.end() }
  })
}

/** It is taken back once, be it that the first value came before there was anything to take back. */
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
