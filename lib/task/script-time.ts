import type { Callback } from '../loop/handle.ts'
import { Handle } from '../loop/handle.ts'
import { running } from '../loop/loop.ts'
import { NOWHERE } from '../loop/runnable.ts'
import type { Loop } from '../loop/loop.ts'
import { getRunningLoop } from './loops.ts'
import { type OwnedTimer, type OwnerLink, ownerOfTurn } from './owner-link.ts'

/** A callback that can be taken back. */
export interface Cancellable {
  cancel(): void
}

/** A task, as far as its time matters. */
interface Timed {
  readonly $loop: Loop
  readonly $owner: OwnerLink | null
}

/** The time of a task, in milliseconds: that of its owner, if it has one, and otherwise that of its loop. */
export function timeOf({ $owner: owner, $loop: loop }: Timed): number { return owner === null ? loop.time() : owner.now() }

/** The time of the task that has the turn, in milliseconds. When no loop runs, it is `-Infinity`. */
export function timeHere(): number { return ownerOfTurn()?.now() ?? running.loop?.time() ?? -Infinity }

/** The time of the task that has the turn, in milliseconds. @throws RuntimeError when no loop runs. */
export function scriptTime(): number { return ownerOfTurn()?.now() ?? getRunningLoop().time() }

/**
 * Is the owner of the task that has the turn being closed? Then no time passes for the task any more, and a wait that did not end
 * by an error ends at once. So whatever goes on for some time jumps to its end.
 */
export function isTimeOver(): boolean { return ownerOfTurn()?.$endsWaits === true }

/** Call a function when the time of a task has reached `when`. */
export function callAtFor({ $owner: owner, $loop: loop }: Timed, when: number, callback: Callback): Cancellable {
  if (owner === null) return loop.callAt(when, callback)
  const timer = new OwnerTimer(loop, owner, callback)
  owner.$schedule(timer, when)
  return timer
}

/** Call a function after `ms` milliseconds, by the time of the task that has the turn. */
export function callLaterHere(ms: number, callback: Callback): Cancellable {
  const loop = getRunningLoop()
  const owner = ownerOfTurn()
  return owner === null ? loop.callLater(ms, callback) : callAtFor({ $loop: loop, $owner: owner }, owner.now() + ms, callback)
}

/** A callback that is called at a time of an owner. */
class OwnerTimer extends Handle implements OwnedTimer {
  $deadline = 0
  $slot = NOWHERE
  $heldBefore = 0

  constructor(loop: Loop, private readonly owner: OwnerLink, callback: Callback) { super(loop, callback, [], null) }

  get $priority(): number { return this.owner.priority }

  override $run(): void {
    if (!this.cancelled() && this.owner.$isDue(this)) super.$run()
  }

  override cancel(): void {
    super.cancel()
    this.owner.$cancelTimer(this)
  }
}
