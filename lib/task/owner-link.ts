import type { Fiber, Wait } from '../greenlet/fiber.ts'
import { whoseTurn } from '../greenlet/fiber.ts'
import type { ReadyQueue } from '../loop/ready-queue.ts'
import type { Runnable, TurnTimer } from '../loop/runnable.ts'

/** A timer of an owner. */
export interface OwnedTimer extends TurnTimer {
  /** In the time of the owner's clock. */
  $deadline: number
  /** For how long the owner had been paused when it was set. */
  $heldBefore: number
}

/** The owner of tasks, seen from below: it is asked before they are queued, and before they run. */
export interface OwnerLink {
  /** Its tasks cannot be queued and run like others: it is paused, or being closed. */
  readonly $isGated: boolean
  /** Waits of its tasks are ended: it is being closed. */
  readonly $endsWaits: boolean
  /** A callback that one of its tasks waits for is to be called. */
  $call(handle: Runnable): void
  /** It is called now. */
  $calls(handle: Runnable): void
  /** It takes a task, before its first step. @throws RuntimeError when it is closed. */
  $adopt(task: object): void
  /** Tell whoever wants to know of the error of a task. @returns false when nobody does. */
  $tell(error: unknown, task: object): boolean
  /** A task has ended. */
  $left(task: object): void
  /** A task is ready while this is gated. */
  $detain(task: object): void
  /** The turn of a task has come while this is gated. @returns whether it has to wait. */
  $turnsAside(task: object): boolean
  /** A task lets others go first. */
  $passTurn(task: object): void
  /** A task is to have its turn no more. @returns false when it stands in the queue of the loop. */
  $losesTurn(task: object): boolean
  /** Where a task waits for the next frame. */
  readonly $frames: ReadyQueue
  /** A task begins to wait while waits are ended. */
  $parked(task: object, fiber: Fiber, wait: Wait): void
  /** What time it is for its tasks. */
  now(): number
  /** A timer is to run when it is so late for its tasks. */
  $schedule(timer: OwnedTimer, when: number): void
  $cancelTimer(timer: OwnedTimer): void
  /** The time of a timer has come by the clock. @returns false when the owner was paused meanwhile, and the timer has to wait on. */
  $isDue(timer: OwnedTimer): boolean
}

/** The owner of who has the turn. */
export function ownerOfTurn(): OwnerLink | null {
  return (whoseTurn() as { readonly $owner?: OwnerLink | null } | null)?.$owner ?? null
}
