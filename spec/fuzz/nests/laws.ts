import { CancelScope, Task, TaskGroup, TimeoutError, isCancelled } from '../../../lib/index.ts'
import { Timeout } from '../../../lib/scope/timeout.ts'
import { begin } from './interpret.ts'
import type { Program } from './language.ts'
import type { Actor, Ending, Nest, Wait } from './things.ts'
import { Witness } from './witness.ts'
import { World } from './world.ts'

/** A task that knows which requests came from outside: those that limits and groups make for themselves are not among them. */
class CountingTask<T> extends Task<T> {
  /** Not fields with values: the first step of an eager task runs before those are set. */
  declare private asked: number | undefined
  declare private isOwn: boolean | undefined
  declare whenAsked: (() => void) | undefined

  /** Requests less those that were taken back. */
  get fromOutside(): number { return this.asked ?? 0 }

  override cancel(message?: string): boolean {
    const { isOwn } = this
    const isAsked = super.cancel(message)
    if (isAsked && isOwn !== true) {
      this.asked = this.fromOutside + 1
      this.whenAsked?.()
    }
    return isAsked
  }

  override uncancel(): number {
    if (this.isOwn !== true && this.cancelling() > 0) this.asked = this.fromOutside - 1
    return super.uncancel()
  }

  override $request(): ReturnType<Task['$request']> { return this.own(() => super.$request()) }

  override $withdraw(request: Parameters<Task['$withdraw']>[0]): void { this.own(() => { super.$withdraw(request) }) }

  private own<R>(does: () => R): R {
    this.isOwn = true
    try {
      return does()
    } finally {
      this.isOwn = false
    }
  }
}

/** What holds in every program. It looks on, and notes what is broken. */
export class Laws extends Witness {
  readonly broken: string[] = []
  world!: World
  private readonly open = new Map<Actor, Nest[]>()
  private readonly waiting = new Map<Actor, { wait: Wait; since: number; mustEnd: string | null }>()
  /** The `try` statements that are entered: those whose `finally` is still to come, and those in which it runs. */
  private readonly tried = new Map<Actor, { open: number; cleaning: number }>()
  private readonly ended = new Set<Actor>()

  private say(actor: Actor, sentence: string): void { this.broken.push(`${this.world.now()} ${actor.name}: ${sentence}`) }

  override begins(actor: Actor): void {
    const task = actor.task as CountingTask<unknown>
    task.whenAsked = () => {
      const now = this.waiting.get(actor)
      if (now?.wait.what === 'sleep') now.mustEnd ??= 'the task was asked to end'
    }
  }

  override ends(actor: Actor): void {
    const task = actor.task as CountingTask<unknown>
    if (this.ended.has(actor)) this.say(actor, 'has ended twice')
    this.ended.add(actor)
    if (task.cancelling() !== task.fromOutside) {
      this.say(actor, `counts ${task.cancelling()} requests at its end, and ${task.fromOutside} came from outside`)
    }
    const { open = 0, cleaning = 0 } = this.tried.get(actor) ?? {}
    if (open + cleaning > 0) this.say(actor, `${open + cleaning} times finally was not run to its end`)
    if (this.nestsOf(actor).length > 0) this.say(actor, 'has not left what it entered')
  }

  // Waits

  override waits(actor: Actor, wait: Wait): void {
    const mustEnd = wait.what === 'sleep' && this.isInCancelledScope(actor) ? 'a scope around it is cancelled' : null
    this.waiting.set(actor, { wait, since: this.world.now(), mustEnd })
  }

  override waited(actor: Actor, _wait: Wait, ending: Ending): void {
    const { mustEnd = null, since = 0 } = this.waiting.get(actor) ?? {}
    this.waiting.delete(actor)
    if (mustEnd === null) return
    if (!isCancelled(ending[0])) this.say(actor, `${mustEnd}, and its sleep went on to the end`)
    else if (mustEnd.startsWith('a scope') && this.world.now() > since) this.say(actor, `${mustEnd}, and its sleep took time`)
  }

  private isInCancelledScope(actor: Actor): boolean {
    for (const { manager } of this.nestsOf(actor).slice().reverse()) {
      if (!(manager instanceof CancelScope)) continue
      if (manager.cancelCalled) return true
      if (manager.shield) return false
    }
    return false
  }

  // Nests

  private nestsOf(actor: Actor): Nest[] {
    const nests = this.open.get(actor) ?? []
    this.open.set(actor, nests)
    return nests
  }

  override enters(nest: Nest): void { this.nestsOf(nest.actor).push(nest) }

  override leaves(nest: Nest): void {
    if (this.world.now() > nest.deadline && nest.manager !== null && !isOver(nest, this.world.now())) {
      this.say(nest.actor, `the limit ${nest.name} was over at ${nest.deadline}, and does not say so`)
    }
  }

  override left(nest: Nest, body: Ending, ending: Ending): void {
    const nests = this.nestsOf(nest.actor)
    if (nests.pop() !== nest) this.say(nest.actor, `${nest.name} is left, and is not the innermost`)
    const [error] = ending
    if (nest.manager instanceof TaskGroup) {
      const left = this.world.actors.filter(({ group, task }) => group === nest && task?.done() === false)
      if (left.length > 0) this.say(nest.actor, `${nest.name} has ended before ${left.map(({ name }) => name).join(', ')}`)
      return
    }
    if (!isCancelled(body[0]) || !isOver(nest, this.world.now())) return
    if (ending.length === 0 && !(nest.manager instanceof CancelScope)) this.say(nest.actor, `${nest.name} has swallowed a cancellation`)
    if (isCancelled(error) && !this.isAskedFurtherOut(nest.actor, new Set())) {
      this.say(nest.actor, `${nest.name} is over, nothing further out is, and the cancellation leaves it`)
    }
    if (ending.length > 0 && !isCancelled(error) && !(error instanceof TimeoutError)) this.say(nest.actor, `${nest.name} has changed the error`)
  }

  /** Is there a request to the task, or does something end in which it is? */
  private isAskedFurtherOut(actor: Actor, seen: Set<Actor>): boolean {
    if (seen.has(actor)) return false
    seen.add(actor)
    if ((actor.task?.cancelling() ?? 0) > 0) return true
    if (this.nestsOf(actor).some(nest => isOver(nest, this.world.now()))) return true
    return [actor.parent, actor.group?.actor ?? null, actor.starter].some(next => next !== null && this.isAskedFurtherOut(next, seen))
  }

  // Cleanups

  override tries(actor: Actor): void { this.triedBy(actor).open++ }

  override cleansUp(actor: Actor): void {
    const tried = this.triedBy(actor)
    if (--tried.open < 0) this.say(actor, 'a finally ran twice')
    tried.cleaning++
  }

  override cleanedUp(actor: Actor): void { this.triedBy(actor).cleaning-- }

  private triedBy(actor: Actor): { open: number; cleaning: number } {
    const tried = this.tried.get(actor) ?? { open: 0, cleaning: 0 }
    this.tried.set(actor, tried)
    return tried
  }

  /** Only what came from outside: what a limit or a group asked for is its own. */
  override mayTakeBack(actor: Actor): boolean {
    return (actor.task as CountingTask<unknown>).fromOutside > 0 && !this.nestsOf(actor).some(nest => isOver(nest, this.world.now()))
  }
}

function isOver({ manager, deadline }: Nest, now: number): boolean {
  if (manager instanceof CancelScope) return manager.cancelCalled
  if (manager instanceof Timeout) return manager.expired()
  return manager === null ? now >= deadline : manager.toString().includes('cancelling')
}

/** More turns than any program of this size needs. */
const TURNS = 5000

/** Run a program. @returns what it breaks, and what it logged. */
export function judge(program: Program): { broken: string[]; log: string[] } {
  const laws = new Laws()
  const log: string[] = []
  const world = new World(program, (now, who, words) => {
    log.push(`${now} ${who?.name ?? 'loop'}${who?.task ? ` (${who.task.cancelling()})` : ''} ${words.map(String).join(' ')}`)
  }, laws, undefined, (coroutine, options) => new CountingTask(coroutine, options))
  laws.world = world
  begin(world)
  for (let turns = 0; ; turns++) {
    const { ready, nextTimerAt } = world.loop.tick()
    if (turns === TURNS) laws.broken.push('the run does not end')
    if (turns === TURNS || (ready === 0 && nextTimerAt === null)) break
    if (ready === 0 && nextTimerAt !== null) world.host.wait(nextTimerAt - world.now())
  }
  const left = world.actors.filter(({ task }) => task?.done() === false).map(({ name }) => name)
  if (left.length > 0) laws.broken.push(`${left.join(', ')} never ended`)
  else world.loop.close()
  return { broken: laws.broken, log }
}
