import type { Awaitable, CancelScope, ContextManager, Coroutine, Task, TaskGroup } from '../../../lib/index.ts'
import type { Nursery } from './nursery.ts'

/** A task of the program. */
export interface Actor {
  readonly name: string
  /** The group that it is a task of; `null` for the first tasks. */
  readonly base: Nest | null
  /** The innermost that it is in. */
  inside: Nest | null
  task: Task | null
  hasBegun: boolean
  /** Does it wait until another one has started? */
  isStarting: boolean
  /** When it ran last. */
  lastAt: number
}

/** A group or a scope that is entered, or will be. */
export interface Nest {
  readonly name: string
  readonly rank: number
  readonly actor: Actor
  readonly manager: ContextManager<unknown> & (TaskGroup | Nursery | CancelScope)
  /** The one around it. */
  readonly outer: Nest | null
  /** The cancel scope around it, also that of who has started its task. */
  readonly around: CancelScope | null
  isOpen: boolean
  /** How many of its tasks have not ended. */
  alive: number
}

/** How a body ended: with an error, or without. */
export type Ending = readonly [error?: unknown]

export function* endingOf(body: Awaitable<unknown>): Coroutine<Ending> {
  try {
    yield* body
    return []
  } catch (error) {
    return [error]
  }
}
