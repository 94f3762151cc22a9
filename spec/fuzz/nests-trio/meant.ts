import { type Awaitable, Task, TaskGroup, currentTask } from '../../../lib/index.ts'
import { blame } from '../../../lib/task/blame.ts'
import type { TaskOptions } from '../../../lib/task/task-options.ts'
import type { Actor, Nest } from './things.ts'
import { type World, isGroup } from './world.ts'

/** A task that tells when somebody asks it to end, other than a scope. */
export class WatchedTask<T> extends Task<T> {
  constructor(coroutine: Awaitable<T>, options: TaskOptions, private readonly whenAsked: (name: string, by: object | null) => void) {
    super(coroutine, options)
  }

  override cancel(message?: string): boolean {
    if (!this.done()) this.whenAsked(this.getName(), blame.by)
    return super.cancel(message)
  }
}

/**
 * Since when a program does what is meant to differ from trio. A `TaskGroup` that fails or is cancelled asks its tasks to end once,
 * as asyncio's does. In trio, each wait of theirs ends. docs/differences.md lists what follows from that:
 * a request reaches into a shielded scope, one wait ends and not the next, and a task may never begin.
 */
export class MeantDifference {
  since = Infinity
  /** The requests of groups that tasks are under, and whether the task knows. */
  private readonly requests = new Map<Actor, Map<Nest | null, boolean>>()

  constructor(private readonly world: World) {}

  private differs(): void { this.since = Math.min(this.since, this.world.now()) }

  asked(actor: Actor, by: object | null): void {
    let region = actor.base
    for (let nest = actor.inside; nest !== actor.base && nest !== null; nest = nest.outer) if (nest.manager === by) region = nest
    const isBusy = actor.lastAt === this.world.now() && currentTask() !== actor.task
    if (!actor.hasBegun || isBusy || (actor.isStarting && this.hasOthers(actor, region)) || actor.task?.$isQueued === true || this.isShielded(actor, region)) this.differs()
    const requests = this.requests.get(actor) ?? new Map<Nest | null, boolean>()
    this.requests.set(actor, requests.set(region, requests.get(region) ?? false))
  }

  /** Is a task in a group inside of the one that asks it to end? The tasks of that group are asked when its body has ended. */
  private hasOthers(actor: Actor, region: Nest | null): boolean {
    for (let nest = actor.inside; nest !== region && nest !== null; nest = nest.outer) if (isGroup(nest) && nest.alive > 1) return true
    return false
  }

  /** A task is told that it is to end. */
  told(actor: Actor): void {
    const requests = this.requests.get(actor)
    for (const region of requests?.keys() ?? []) requests?.set(region, true)
  }

  left(nest: Nest): void { this.requests.get(nest.actor)?.delete(nest) }

  /** A task waits that was asked to end: again, when it knows of the request, or behind a shield, where the request reaches it. */
  waits(actor: Actor): void {
    actor.lastAt = this.world.now()
    for (const [region, isTold] of this.requests.get(actor) ?? []) {
      const isShielded = this.isShielded(actor, region)
      if (isShielded !== isTold || this.leavesOthersAlone(actor, region)) this.differs()
    }
  }

  /** Behind a shield, a task has not come to the end of a group's body yet. The tasks of that group are not asked before. */
  private leavesOthersAlone(actor: Actor, region: Nest | null): boolean {
    let isShielded = false
    for (let nest = actor.inside; nest !== region && nest !== null; nest = nest.outer) {
      isShielded ||= isShield(nest)
      if (isShielded && isGroup(nest) && nest.alive > 0 && !isCancelling(nest)) return true
    }
    return false
  }

  /** A shield is opened. In trio that ends the waits of those that were asked to end. */
  opens(): void { for (const requests of this.requests.values()) if (requests.size > 0) this.differs() }

  /** A task begins in a group that is not cancelled, in one that is. */
  begins(group: Nest): void {
    for (let nest = group.outer; nest !== null; nest = nest.outer) if (nest.manager instanceof TaskGroup && isCancelling(nest)) this.differs()
  }

  private isShielded(actor: Actor, region: Nest | null): boolean {
    for (let nest = actor.inside; nest !== region && nest !== null; nest = nest.outer) if (isShield(nest)) return true
    return false
  }
}

function isShield({ manager }: Nest): boolean { return 'shield' in manager && manager.shield }

/** Is a group, or a scope around it, cancelled? */
export function isCancelled(group: Nest): boolean {
  return isCancelling(group) || group.around?.$cancels === true
}

function isCancelling({ manager }: Nest): boolean {
  return manager instanceof TaskGroup ? manager.toString().includes('cancelling') : 'scope' in manager && manager.scope.$cancels
}
