import { checkOptions } from '../base/options.ts'
import type { Context } from '../context/context.ts'
import { checkedContext } from '../greenlet/greenlet.ts'
import { type Loop, currentLoop } from '../loop/loop.ts'
import type { FutureOptions } from './future-options.ts'
import type { OwnerLink } from './owner-link.ts'

export interface TaskOptions extends FutureOptions {
  /** For reports; `Task-1`, `Task-2`… by default. */
  readonly name?: string | null
  /** What its context variables live in; a copy of the current context by default. */
  readonly context?: Context | null
  /** Run it at once, until it waits for the first time, instead of in the next turn. */
  readonly eagerStart?: boolean
}

const INNER = ['scope', 'group', 'owner']
/** The options of `new Task()`. */
const TASK = { call: "new Task(coroutine, { name: 'tea' })", names: ['name', 'context', 'eagerStart', 'loop'], inner: INNER }
/** Those of `createTask()`. */
const CREATE_TASK = { call: "createTask(coroutine, { name: 'tea' })", names: ['name', 'context', 'eagerStart'], inner: INNER }

/** With what only the library itself may choose. */
export interface InnerTaskOptions extends TaskOptions {
  /** The cancel scope that it is born into. */
  readonly scope?: TaskScope | null
  /** The group that it belongs to. */
  readonly group?: TaskOwner | null
  /** Whose it is; by default the same as of the task that makes it. */
  readonly owner?: OwnerLink | null
}

/** Who is told of a task before its first step, seen from below. */
export interface TaskOwner {
  /** It is made. @internal */
  $adopt(task: object): void
}

/** A region of code in which the waits of tasks can be cancelled, seen from below. */
export interface TaskScope {
  /** Are waits in it cancelled now? @internal */
  readonly $cancels: boolean
  /** Does it, or a scope around it, keep the cancellation of what is around it out? @internal */
  readonly $isShielded: boolean
  /** The message of the errors that those waits end with. @internal */
  readonly $reason: string | undefined
  /** The scope whose cancellation it is: itself, or one around it. @internal */
  readonly $cause: object | null
  /** Its cancellation has ended a wait of a task. @internal */
  $reach(task: object): void
  /** A task is born in it. @internal */
  $joined(task: object): void
  /** A task in it has ended. @internal */
  $left(task: object): void
}

/** The options of a task, always with the same fields: V8 reads objects of one shape faster. */
export class Settings implements InnerTaskOptions {
  readonly name: string | null
  readonly context: Context | null
  readonly eagerStart: boolean
  readonly scope: TaskScope | null
  readonly group: TaskOwner | null
  readonly owner: OwnerLink | null
  readonly loop: Loop
  /** It begins in another way than most. */
  readonly special: boolean

  constructor(options: InnerTaskOptions, where?: Loop) {
    checkOptions(options, where === undefined ? TASK : CREATE_TASK)
    const { name, context, eagerStart, scope, group, owner, loop } = options
    this.name = name ?? null
    this.context = checkedContext(context ?? null)
    this.eagerStart = eagerStart === true
    this.scope = scope ?? null
    this.group = group ?? null
    this.owner = owner ?? null
    this.loop = where ?? loop ?? currentLoop()
    this.special = this.eagerStart || this.scope !== null || this.group !== null
  }
}
