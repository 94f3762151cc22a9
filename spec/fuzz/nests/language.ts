/**
 * Nests of what can be cancelled, and who cancels what. Three read this language: `cancellation-nests.spec.ts` holds laws
 * against all of it; asyncio and trio say parts of it, and are to log the same.
 *
 * Each statement has a number, in the order in which they stand. Things are chosen by a number, too: the nth from the end of
 * those there are.
 */
export interface Program {
  /** Do tasks begin at once, by an eager task factory? */
  readonly eager: boolean
  /** Of the first tasks. */
  readonly bodies: readonly Body[]
  readonly strikes: readonly Strike[]
}

export type Body = readonly Statement[]

/** What somebody outside does, and when. */
export interface Strike {
  readonly op: 'strike'
  readonly ms: number
  readonly does: Deed
}

/** What needs no time. */
export type Deed =
  | { readonly op: 'cancel'; readonly what: 'self' | 'task' | 'future' | 'group' | 'scope'; readonly at: number }
  /** Open or close the shield of a scope. */
  | { readonly op: 'shield'; readonly at: number; readonly on: boolean }

export type Statement =
  | Deed
  | { readonly op: 'sleep'; readonly ms: number }
  | { readonly op: 'raise' }
  | Try
  | Use
  | Child
  | Start
  | Run
  | { readonly op: 'gather'; readonly bodies: readonly Body[]; readonly errors: boolean }
  /** A coroutine with a limit, in the same task. */
  | Limited
  /** Wait for a task that somebody else has begun. */
  | { readonly op: 'join'; readonly at: number }

export interface Try {
  readonly op: 'try'
  readonly body: Body
  /** What goes no further: errors of the program, or a request to end, which is taken back. */
  readonly catches: 'nothing' | 'errors' | 'requests'
  readonly cleanup: Body
  /** Is the cleanup behind a shield? */
  readonly shielded: boolean
}

/** One manager, or several in an exit stack. */
export interface Use {
  readonly op: 'use'
  readonly managers: readonly Manager[]
  readonly body: Body
}

export type Manager =
  | { readonly is: 'group' }
  | { readonly is: 'timeout'; readonly ms: number }
  | Scope

export interface Scope {
  readonly is: 'scope'
  readonly ms: number | null
  /** Is the limit a moment, and not how long it takes? */
  readonly until: boolean
  /** Is its end an error? */
  readonly fails: boolean
  readonly shield: boolean
}

/** A task of a group: 0 is the innermost that this task is in, others are open anywhere. */
export interface Child {
  readonly op: 'child'
  readonly at: number
  readonly body: Body
}

/** A task that says when it has started, for which is waited. */
export interface Start {
  readonly op: 'start'
  readonly at: number
  readonly before: Body
  readonly starts: boolean
  readonly after: Body
}

/** A task of its own, and how it is waited for. */
export interface Run {
  readonly op: 'run'
  readonly body: Body
  readonly eager: boolean
  readonly by: 'await' | 'shield' | 'wait' | 'wait_for' | 'nobody'
  /** How long to wait, for `wait` and `wait_for`. */
  readonly ms: number
}

export interface Limited {
  readonly op: 'wait_for'
  readonly ms: number
  readonly body: Body
}
