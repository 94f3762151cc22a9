import type { CancelScope, Future, Task, TaskGroup } from '../../../lib/index.ts'
import type { Timeout } from '../../../lib/scope/timeout.ts'

/** A task of the program, from before its first step. */
export interface Actor {
  readonly name: string
  /** In whose body it was made. */
  readonly parent: Actor | null
  /** The group that it is a task of. */
  readonly group: Nest | null
  /** Who waits until it has started, if somebody does. */
  readonly starter: Actor | null
  /** Known from its first step on, or when it has been made. */
  task: Task | null
  /** The groups that it has entered and not left, innermost last. */
  readonly groups: Nest[]
  /** The one that it waits for by `join`. */
  joined: Actor | null
}

/** How a body ended: with an error, or without. */
export type Ending = readonly [error?: unknown]

/** A manager that is entered, or a `waitFor()`, which has one inside. */
export interface Nest {
  readonly name: string
  readonly rank: number
  readonly actor: Actor
  readonly manager: TaskGroup | Timeout | CancelScope | null
  /** When its time is over, if there is a limit. */
  readonly deadline: number
  isOpen: boolean
}

/** How a task waits. */
export interface Wait {
  readonly what: string
  /**
   * Who cancels the wait may cancel: a `plain` thing, which ends at once; or one that others work at, to which the request is
   * `passed on`, and which ends when they do. `none`: what is awaited is there already.
   */
  readonly is: 'plain' | 'passed on' | 'none'
  /** What is waited for, where it may be cancelled by itself. */
  readonly future: Future | null
}

/** The future of a `gather()` or a `shield()`. */
export interface Joint {
  readonly name: string
  readonly future: Future
}

/** What can be cancelled. */
export type Target = Actor | Nest | Joint
