import {
  type Awaitable, CancelScope, type Coroutine, EventLoop, type Future, Task, TaskGroup, VirtualHost, currentTask,
} from '../../../lib/index.ts'
import type { Deed, Program } from './language.ts'
import { numbered } from './numbers.ts'
import type { Actor, Joint, Nest, Target } from './things.ts'
import type { Witness } from './witness.ts'

/** How tasks are made: a looker-on may have a class of its own. */
export type NewTask = <T>(coroutine: Awaitable<T>, options: ConstructorParameters<typeof Task>[1]) => Task<T>

/** What is logged: when, by whom, and what. */
export type Log = (now: number, who: Actor | null, words: readonly unknown[]) => void

/** A program that runs: what there is in it, and what can be done to that without waiting. */
export class World {
  readonly host = new VirtualHost()
  readonly loop = new EventLoop({ host: this.host, logger: () => undefined })
  readonly actors: Actor[] = []
  /** Those that were entered. */
  readonly nests: Nest[] = []
  private readonly futures: Joint[] = []
  private readonly numbers: Map<object, number>
  private readonly unborn = new Map<unknown, Actor>()

  /** @param scale how long something takes, from the number of its statement and what that says. */
  constructor(
    readonly program: Program, private readonly log: Log, readonly witness: Witness,
    private readonly scale = (ms: number, _number: number): number => ms,
    private readonly newTask: NewTask = (coroutine, options) => new Task(coroutine, options),
  ) {
    this.numbers = numbered(program)
    this.loop.setTaskFactory((_loop, coroutine, options) => this.makeTask(coroutine, {
      ...options, eagerStart: program.eager || options.eagerStart === true,
    }))
  }

  now(): number { return this.loop.time() }

  write(who: Actor | null, ...words: unknown[]): void { this.log(this.now(), who, words) }

  /** The number of a statement; with an index, that of one of its parts. */
  number(statement: object, index = 0): number { return (this.numbers.get(statement) as number) + index / 16 }

  time(statement: object, ms: number, index = 0): number { return this.scale(ms, this.number(statement, index)) }

  message(statement: object): string { return `e${this.number(statement)}` }

  // Who acts

  actor(name: string, parent: Actor | null, group: Nest | null = null, starter: Actor | null = null): Actor {
    const actor: Actor = { name, parent, group, starter, task: null, groups: [], joined: null }
    this.actors.push(actor)
    return actor
  }

  /** Note who it is that runs in a coroutine, until there is a task for it. */
  coroutineOf<T>(actor: Actor, coroutine: Coroutine<T>): Coroutine<T> {
    this.unborn.set(coroutine, actor)
    return coroutine
  }

  makeTask<T>(coroutine: Awaitable<T>, options: { readonly eagerStart: boolean }): Task<T> {
    const actor = this.unborn.get(coroutine)
    const task = this.newTask(coroutine, { ...options, loop: this.loop, ...actor === undefined ? {} : { name: actor.name } })
    if (actor !== undefined) actor.task = task
    return task
  }

  current(): Actor | null {
    const task = currentTask(this.loop)
    return this.actors.find(actor => actor.task === task && task !== null) ?? null
  }

  // What there is

  add<F extends Future>(future: F): F {
    this.futures.push({ name: 'future', future: future })
    return future
  }

  entered(nest: Nest): void {
    this.nests.push(nest)
    nest.isOpen = true
    if (nest.manager instanceof TaskGroup) nest.actor.groups.push(nest)
  }

  left(nest: Nest): void {
    nest.isOpen = false
    if (nest.manager instanceof TaskGroup) nest.actor.groups.pop()
  }

  /** A group to begin a task in. */
  group(actor: Actor, at: number): Nest | null {
    const own = actor.groups[actor.groups.length - 1] ?? actor.group
    if (at === 0 && own !== null) return own
    return nthLast(this.open(TaskGroup), Math.max(at - 1, 0))
  }

  /** A task to wait for, but not in a circle. */
  toJoin(who: Actor, at: number): Actor | null {
    return nthLast(this.actors.filter(actor => actor.task !== null && !this.dependsOn(actor, who)), at)
  }

  /** May the end of one task have to wait for another's? It is asked of those that it made, too. */
  private dependsOn(one: Actor, other: Actor): boolean {
    const reached = new Set([one])
    for (const actor of reached) {
      for (const next of this.actors) {
        if (next.parent === actor || next.group?.actor === actor || actor.joined === next) reached.add(next)
      }
    }
    return reached.has(other)
  }

  private open(kind: typeof TaskGroup | typeof CancelScope): Nest[] {
    return this.nests.filter(nest => nest.isOpen && nest.manager instanceof kind).sort((one, other) => one.rank - other.rank)
  }

  // What is done

  do(who: Actor | null, deed: Deed, message: string): void {
    const target = this.target(who, deed)
    let said: unknown
    this.witness.does(deed, target, () => { said = perform(deed, target, message) })
    this.write(who, deed.op, target?.name, said)
  }

  private target(who: Actor | null, deed: Deed): Target | null {
    switch (deed.op === 'shield' ? 'scope' : deed.what) {
      case 'self': return who ?? this.actors[0] ?? null
      case 'task': return nthLast(this.actors.filter(({ task }) => task !== null && !task.done()), deed.at)
      case 'future': return nthLast(this.futures.filter(({ future }) => !future.done()), deed.at)
      case 'group': return nthLast(this.open(TaskGroup), deed.at)
      case 'scope': return nthLast(this.open(CancelScope), deed.at)
    }
  }
}

function perform(deed: Deed, target: Target | null, message: string): unknown {
  if (target === null) return undefined
  if ('future' in target) return target.future.cancel(message)
  if ('task' in target) return target.task?.cancel(message)
  if (target.manager instanceof TaskGroup) return target.manager.cancel()
  const scope = target.manager as CancelScope
  if (deed.op === 'shield') scope.shield = deed.on
  else scope.cancel(message)
  return undefined
}

export function nthLast<T>(items: readonly T[], index: number): T | null {
  return items[items.length - 1 - index % items.length] ?? null
}
