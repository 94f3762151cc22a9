import { words } from '../base/describe.ts'
import { checkOptions } from '../base/options.ts'
import type { Context } from '../context/context.ts'
import { checkedContext } from '../greenlet/greenlet.ts'
import { type Loop, checkedLoop, currentLoop } from '../loop/loop.ts'
import type { FutureOptions } from './future-options.ts'
import type { OwnerLink } from './owner-link.ts'
import { notACoroutine } from './task-coroutine.ts'

/** The options of `new Task()`. `createTask()` has them, too, except `loop`. */
export interface TaskOptions extends FutureOptions {
  /** The name of the task in reports; `Task-1`, `Task-2`… by default. */
  readonly name?: string | null
  /** The context of the task, which holds its context variables; a copy of the current context by default. */
  readonly context?: Context | null
  /** Run the coroutine at once, until it waits for the first time. By default it begins in the next turn. */
  readonly eagerStart?: boolean
}

const INNER = ['scope', 'group', 'owner']
// The options of `new Task()`.
const TASK = { call: "new Task(coroutine, { name: 'tea' })", names: ['name', 'context', 'eagerStart', 'loop'], inner: INNER }
// The options of `createTask()`.
const CREATE_TASK = { call: "createTask(coroutine, { name: 'tea' })", names: ['name', 'context', 'eagerStart'], inner: INNER,
  inMap: 'map(each => createTask(each))' }

/** All options of a task. Only the library itself may set these here. */
export interface InnerTaskOptions extends TaskOptions {
  /** The cancel scope in which the task begins. */
  readonly scope?: TaskScope | null
  /** The group that the task belongs to. */
  readonly group?: TaskOwner | null
  /** The owner of the task. By default it is the owner of the task that makes it. */
  readonly owner?: OwnerLink | null
}

/** A group, as a new task sees it. It is told of the task before its first step. */
export interface TaskOwner {
  /** A task is made that belongs to the group. @internal */
  $adopt(task: object): void
}

/** A cancel scope, as tasks see it: a region of code in which waits can be cancelled. */
export interface TaskScope {
  /** Are waits in this scope cancelled now? @internal */
  readonly $cancels: boolean
  /** Is this scope, or one around it, shielded from the cancellation of the scopes around? @internal */
  readonly $isShielded: boolean
  /** The message of the errors that end the waits. @internal */
  readonly $reason: string | undefined
  /** The scope that was cancelled: this one, or one around it. @internal */
  readonly $cause: object | null
  /** The cancellation of this scope has ended a wait of a task. @internal */
  $reach(task: object): void
  /** A task begins in this scope. @internal */
  $joined(task: object): void
  /** A task in this scope has ended. @internal */
  $left(task: object): void
}

/** The options of a task, checked. The object always has the same fields, because V8 reads objects of one shape faster. */
export class Settings implements InnerTaskOptions {
  readonly name: string | null
  readonly context: Context | null
  readonly eagerStart: boolean
  readonly scope: TaskScope | null
  readonly group: TaskOwner | null
  readonly owner: OwnerLink | null
  readonly loop: Loop
  /** Most tasks begin in the plain way. True when this one has something to do first: a scope, a group, or an eager start. */
  readonly special: boolean

  /** @throws TypeError when an option is wrong; and first, when the coroutine is a function that was not called: its arguments follow it. */
  constructor(options: InnerTaskOptions, coroutine: unknown = null, where?: Loop) {
    if (typeof coroutine === 'function') throw notACoroutine(coroutine, 'createTask(…)')
    checkOptions(options, where === undefined ? TASK : CREATE_TASK)
    const { name, context, eagerStart, scope, group, owner, loop } = options
    this.name = name === undefined || name === null ? null : words(name)
    this.context = checkedContext(context ?? null)
    this.eagerStart = eagerStart === true
    this.scope = scope ?? null
    this.group = group ?? null
    this.owner = owner ?? null
    this.loop = where ?? (loop === undefined ? currentLoop() : checkedLoop('Task({ loop })', loop))
    this.special = this.eagerStart || this.scope !== null || this.group !== null
  }
}
