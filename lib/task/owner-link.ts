import type { Fiber, Wait } from '../greenlet/fiber.ts'
import { whoseTurn } from '../greenlet/fiber.ts'
import type { ReadyQueue } from '../loop/ready-queue.ts'
import type { Runnable, TurnTimer } from '../loop/runnable.ts'

/** A timer of a task that has an owner. Its deadline is in the time of the owner's clock. */
export interface OwnedTimer extends TurnTimer {
  /** When the timer is due, by the owner's clock, in milliseconds. */
  $deadline: number
  /** For how many milliseconds the owner had been paused when the timer was set. */
  $heldBefore: number
}

/** The owner of tasks, as tasks and timers see it. They ask it before they go into a queue, and before they run. */
export interface OwnerLink {
  /** Tasks of the owner may not go into the loop's queue or run now: the owner is paused, or is being closed. */
  readonly $isGated: boolean
  /** Who goes first among what is ready: the least number. */
  readonly priority: number
  /** The owner is being closed, so each wait of its tasks ends as it begins. */
  readonly $endsWaits: boolean
  /** Call a callback that a task of the owner waits for, when its turn comes. */
  $call(handle: Runnable): void
  /** The callback is called now. */
  $calls(handle: Runnable): void
  /** Take a task, before its first step. @throws RuntimeError when the owner is closed. */
  $adopt(task: object): void
  /** Report the error of a task to `onError`. @returns false when there is no `onError`. */
  $tell(error: unknown, task: object): boolean
  /** A task has ended. */
  $left(task: object): void
  /** A task is ready while `$isGated`. The owner keeps it. */
  $detain(task: object): void
  /** The turn of a task has come while `$isGated`. @returns whether the task has to wait. */
  $turnsAside(task: object): boolean
  /** A task lets others go first, with `sleep(0)` or a bare `yield`. */
  $passTurn(task: object): void
  /** Take the turn away from a task that is ready. @returns false when the task is in the queue of the loop. */
  $losesTurn(task: object): boolean
  /** The queue in which tasks wait for the next frame. */
  readonly $frames: ReadyQueue
  /** A task begins to wait while `$endsWaits`. */
  $parked(task: object, fiber: Fiber, wait: Wait): void
  /** The time of the owner, in milliseconds. It stands still while the owner is paused. */
  now(): number
  /** Run a timer when the time of the owner has reached `when`. */
  $schedule(timer: OwnedTimer, when: number): void
  $cancelTimer(timer: OwnedTimer): void
  /**
   * The clock has reached the deadline of a timer. @returns false when the timer has to wait on, because the owner was paused
   * meanwhile.
   */
  $isDue(timer: OwnedTimer): boolean
}

/** The owner of the task that has the turn; `null` when there is none. */
export function ownerOfTurn(): OwnerLink | null {
  return (whoseTurn() as { readonly $owner?: OwnerLink | null } | null)?.$owner ?? null
}
