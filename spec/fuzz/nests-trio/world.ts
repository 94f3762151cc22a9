import { CancelScope, EventLoop, ExceptionGroup, TimeoutError, VirtualHost, isCancelled } from '../../../lib/index.ts'
import type { Deed } from '../nests/language.ts'
import { numbered } from '../nests/numbers.ts'
import { nthLast } from '../nests/world.ts'
import { MeantDifference, WatchedTask } from './meant.ts'
import type { Program } from './programs.ts'
import type { Actor, Nest } from './things.ts'

/** An error of the program. */
export class Boom extends Error {}

/** A program that runs: what there is in it, and what can be done to that without waiting; the twin of `world.py`. */
export class World {
  readonly host = new VirtualHost()
  readonly loop = new EventLoop({ host: this.host, logger: () => undefined })
  readonly meant = new MeantDifference(this)
  private readonly actors = new Map<string, Actor>()
  private readonly nests: Nest[] = []
  private readonly numbers: Map<object, number>
  private readonly log: { readonly at: number; readonly who: string; readonly line: string }[] = []

  constructor(readonly program: Program) {
    this.numbers = numbered(program)
    this.loop.setTaskFactory((_loop, coroutine, options) => new WatchedTask(coroutine, { ...options, loop: this.loop }, (name, by) => {
      const actor = this.actors.get(name)
      if (actor !== undefined) this.meant.asked(actor, by)
    }))
  }

  now(): number { return this.loop.time() }

  number(statement: object, index = 0): number { return (this.numbers.get(statement) as number) + index / 16 }

  /** No two things take equally long, so nothing happens at the same moment but what has the same cause. */
  time(statement: object, ms: number, index = 0): number {
    return ms === 0 ? 0 : this.duration(statement, ms, index)
  }

  duration(statement: object, ms: number, index = 0): number {
    return ms * 2 ** 26 + (Math.imul(this.number(statement, index) * 16 + 1, 0x9E3779B1) >>> 8)
  }

  actor(name: string, base: Nest | null): Actor {
    if (base !== null) base.alive++
    const actor: Actor = { name, base, inside: base, task: null, hasBegun: false, isStarting: false, lastAt: -1 }
    this.actors.set(name, actor)
    return actor
  }

  entered(nest: Nest): void {
    this.nests.push(nest)
    nest.isOpen = true
    nest.actor.inside = nest
  }

  left(nest: Nest): void {
    nest.isOpen = false
    nest.actor.inside = nest.outer
  }

  group(actor: Actor, at: number): Nest | null { return nthLast(around(actor).filter(isGroup), at) }

  do(who: Actor | null, deed: Deed): void {
    const wanted = deed.op === 'shield' || deed.what === 'scope' ? isScope : isGroup
    const nests = who === null ? this.nests.filter(nest => nest.isOpen).sort((one, other) => one.rank - other.rank) : around(who)
    const nest = nthLast(nests.filter(wanted), deed.at)
    this.write(who, deed.op, nest?.name ?? 'nothing')
    if (deed.op === 'shield') {
      if (!deed.on) this.meant.opens()
      if (nest !== null) (nest.manager as CancelScope).shield = deed.on
    } else if (nest !== null && !isGroup(nest)) {
      (nest.manager as CancelScope).cancel()
    } else if (nest !== null) {
      (nest.manager as { cancel(): void }).cancel()
    }
  }

  // What is logged

  write(who: Actor | null, ...words: unknown[]): void {
    const at = this.now()
    if (who !== null) who.lastAt = at
    this.log.push({ at, who: who?.name ?? 'strike', line: [at, who?.name ?? 'strike', ...words.map(show)].join(' ') })
  }

  /** Who logged something, one after the other. */
  guide(): string[] { return this.log.map(({ who }) => who) }

  /** For each moment what happened, by who did it. After a difference that is meant, nothing counts. */
  lines(): string[] {
    const { since } = this.meant
    const log = this.log.filter(({ at }) => at < since).sort((one, other) => one.at - other.at || compare(one.who, other.who))
    return [...log.map(({ line }) => line), since === Infinity ? 'ends' : `not compared from ${since} on`]
  }
}

function compare(one: string, other: string): number { return one < other ? -1 : Number(one > other) }

/** All that an actor is in, from the outermost. */
function around(actor: Actor): Nest[] {
  const nests: Nest[] = []
  for (let nest = actor.inside; nest !== null; nest = nest.outer) nests.unshift(nest)
  return nests
}

function isScope({ manager }: Nest): boolean { return manager instanceof CancelScope }

export function isGroup(nest: Nest): boolean { return !isScope(nest) }

function show(value: unknown): string {
  if (value === true) return 'True'
  if (value === false) return 'False'
  if (isCancelled(value)) return 'Cancelled'
  if (value instanceof TimeoutError) return 'TooSlowError'
  if (value instanceof Boom) return value.message
  if (value instanceof ExceptionGroup) return `[${value.errors.map(show).sort(compare).join(', ')}]`
  return value instanceof Error ? value.name : String(value)
}
