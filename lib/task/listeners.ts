import type { Context } from '../context/context.ts'
import type { RAISE, SEND } from '../generator/resume.ts'
import { type Callback, Handle } from '../loop/handle.ts'
import type { Loop } from '../loop/loop.ts'
import { type OwnerLink, ownerOfTurn } from './owner-link.ts'

/** What a future ended with, as its waiters see it. */
export interface Outcome {
  /**
   * Put the result or the error into `ANSWER`. It is called when the waiter goes on, so only then does an error count as read.
   * @returns whether it is a result (`SEND`) or an error (`RAISE`).
   */
  $answer(): typeof SEND | typeof RAISE
  /** The waiter must get this outcome, even if it was cancelled meanwhile. It gets the cancellation at its next wait. */
  readonly $mustArrive: boolean
  /** The waiter was cancelled meanwhile, and does not get this outcome. */
  $wasted(): void
}

/** Somebody who is told when a future is done. */
export interface Listener {
  $settled(outcome: Outcome): void
  /** The future that waits, which is a task most of the time; `null` when none does. */
  readonly $awaiter: object | null
}

/** The `$awaiter` of a callback behind which no future waits. */
export function nobody(): null { return null }

/** A task, as far as this file needs it. */
interface Owned {
  readonly $owner?: OwnerLink | null
}

/**
 * A callback of `addDoneCallback()`. While an owner is being closed, the callback runs in the closing, together with the tasks that
 * end.
 */
export class DoneCallback implements Listener {
  constructor(
    private readonly loop: Loop,
    readonly callback: Callback,
    private readonly context: Context | null,
    private readonly awaiter: () => object | null,
    private readonly isInner: boolean,
  ) {}

  /** The owner of the script that registered the callback. */
  private readonly owner = ownerOfTurn()

  get $awaiter(): object | null { return this.awaiter() }

  $settled(future: Outcome): void {
    this.loop.$throwIfClosed()
    const owner = this.owner ?? (this.isInner ? (future as Owned).$owner : null) ?? null
    if (owner === null) this.loop.$enqueue(new Handle(this.loop, this.callback, [future], this.context))
    else owner.$call(new OwnedHandle(owner, this.loop, this.callback, future, this.context))
  }
}

/** A call that an owner has to make before it is closed. */
class OwnedHandle extends Handle {
  constructor(private readonly owner: OwnerLink, loop: Loop, callback: Callback, future: Outcome, context: Context | null) {
    super(loop, callback, [future], context)
  }

  get $priority(): number { return this.owner.priority }

  override $run(): void {
    this.owner.$calls(this)
    super.$run()
  }
}

/** The listeners of a future. Most futures have none or one, so a set is made only for more. */
export type Listening = Listener | Listeners | null

export function withListener(listening: Listening, listener: Listener): Listening {
  if (listening === null) return listener
  if (!(listening instanceof Listeners)) return new Listeners(listening, listener)
  listening.add(listener)
  return listening
}

/** @param waiter a listener that is not a done callback. */
export function withoutWaiter(listening: Listening, waiter: Listener): Listening {
  if (listening === waiter) return null
  if (listening instanceof Listeners) listening.delete(waiter)
  return listening
}

/** @returns the listeners that are left, and how many registrations of the callback there were. */
export function withoutCallback(listening: Listening, callback: Callback): { left: Listening; count: number } {
  if (listening instanceof Listeners) return { left: listening, count: listening.deleteCallback(callback) }
  if (listening instanceof DoneCallback && listening.callback === callback) return { left: null, count: 1 }
  return { left: listening, count: 0 }
}

export function everyListener(listening: Listening): Iterable<Listener> {
  if (listening instanceof Listeners) return listening
  return listening === null ? [] : [listening]
}

/** The listeners of a future that has more than one, in the order in which they came. Taking one out takes the same time for any number. */
export class Listeners implements Iterable<Listener> {
  private readonly all: Set<Listener>
  /** The done callbacks by their functions. The map is made when somebody first looks for one. */
  private registrations: Map<Callback, DoneCallback[]> | null = null

  constructor(...listeners: Listener[]) { this.all = new Set(listeners) }

  get size(): number { return this.all.size }

  [Symbol.iterator](): Iterator<Listener> { return this.all.values() }

  add(listener: Listener): void {
    this.all.add(listener)
    if (this.registrations !== null && listener instanceof DoneCallback) register(this.registrations, listener)
  }

  /** Take out a listener that is not a done callback. */
  delete(waiter: Listener): void { this.all.delete(waiter) }

  /** @returns how many registrations of a callback were taken out. */
  deleteCallback(callback: Callback): number {
    this.registrations ??= registrationsOf(this.all)
    const found = this.registrations.get(callback) ?? []
    for (const listener of found) this.all.delete(listener)
    this.registrations.delete(callback)
    return found.length
  }
}

function registrationsOf(listeners: Iterable<Listener>): Map<Callback, DoneCallback[]> {
  const registrations = new Map<Callback, DoneCallback[]>()
  for (const listener of listeners) if (listener instanceof DoneCallback) register(registrations, listener)
  return registrations
}

function register(registrations: Map<Callback, DoneCallback[]>, listener: DoneCallback): void {
  const same = registrations.get(listener.callback)
  if (same === undefined) registrations.set(listener.callback, [listener])
  else same.push(listener)
}
