import {
  type Awaitable, type Context, type Coroutine, type EventLoop, type Future, Task, coroutine, currentTask, gather, shield,
  sleep, waitFor, yieldFrom,
} from '../../../lib/index.ts'
import type { PrimitiveAwaitable } from '../primitives/language.ts'
import type { Trace } from '../trace.ts'
import type { Awaitable as Description, Call, Program, Reference, Statement } from './programs.ts'

export type Body = (statements: readonly Statement[]) => Coroutine<unknown>

/** Eager tasks nest on the stack. */
const MOST_CALLS = 30
/** Gathers of gathers of the same are cancelled again and again. */
const MOST_GATHERS = 10

/** The tasks, futures and coroutines of a program. */
export class Things {
  /** The tasks and futures. */
  readonly all: Future[] = []
  /** What is cancelled with a thing. */
  private readonly inside = new Map<unknown, unknown[]>()
  private tasks = 0
  private futures = 0
  private calls = 0
  private gathers = 0

  constructor(
    private readonly loop: EventLoop,
    private readonly program: Program,
    private readonly trace: Trace,
    private readonly body: Body,
    private readonly makeOther: (thing: PrimitiveAwaitable) => Awaitable<unknown>,
  ) {
    loop.setTaskFactory((_loop, of, { context }) => this.makeTask(of, program.eager, context))
  }

  make(thing: Description): Awaitable<unknown> {
    switch (thing.is) {
      case 'made': return this.toWaitFor(thing.at)
      case 'future': return this.add(this.loop.createFuture())
      case 'sleep': return sleep(thing.ms, thing.value ?? undefined)
      case 'call': return this.call(thing)
      case 'gather': {
        let of = thing.of.map(one => this.make(one))
        if (++this.gathers > MOST_GATHERS) of = []
        if (thing.twice) of.push(...of.slice(0, 1))
        return this.with(this.add(gather(of, { returnExceptions: thing.errors })), of)
      }
      case 'shield': return this.add(shield(this.make(thing.of)))
      case 'wait_for': {
        const of = this.make(thing.of)
        return this.with(waitFor(of, thing.ms), [of])
      }
      default: return this.makeOther(thing)
    }
  }

  /** Wait for a thing, but not in a circle: what waits in one is cancelled without end. */
  *waitFor(thing: Description): Coroutine<unknown> {
    const made = this.make(thing)
    const task = currentTask()
    if (this.leadsTo(made, task)) return 'a circle'
    const waits = this.inside.get(key(task)) ?? []
    waits.push(made)
    try {
      return yield* made
    } finally {
      waits.splice(waits.indexOf(made), 1)
    }
  }

  /** The current task will wait for it, without `waitFor()`. */
  noteWait<Thing>(thing: Thing): Thing { return this.noteWaitOf(currentTask(), thing) }

  /** A task will wait for it, as for the tasks of a group. */
  noteWaitOf<Thing>(task: Task | null, thing: Thing): Thing {
    this.inside.get(key(task))?.push(thing)
    return thing
  }

  makeTask<T>(of: Awaitable<T>, eager: boolean, context: Context | null = null): Task<T> {
    const name = `t${this.tasks++}`
    this.with(name, this.inside.get(of) ?? [])
    this.with(of, [name])
    return this.add(new Task(of, { loop: this.loop, name, eagerStart: eager, context }))
  }

  /** Nobody is the task that runs in a callback; then it is the first task. */
  at(reference: Reference): Future {
    return (reference === -1 ? currentTask() ?? this.all[0] : nthLast(this.all, reference)) as Future
  }

  toSet(reference: Reference): Future {
    return nthLast(this.all.filter(future => !(future instanceof Task || future.done())), reference) ?? this.at(reference)
  }

  /** A near one is to be pending, if there is one: to cancel what is done does little. */
  toCancel(reference: Reference): Future {
    const near = reference >= 0 && reference <= 3
    return (near ? nthLast(this.all.filter(future => !future.done()), reference) : undefined) ?? this.at(reference)
  }

  private toWaitFor(reference: Reference): Future {
    const task = currentTask()
    return nthLast(this.all.filter(future => !this.leadsTo(future, task)), reference) ?? this.add(this.loop.createFuture())
  }

  private call({ body: index, how }: Call): Coroutine<unknown> {
    const { bodies } = this.program
    const statements = ++this.calls > MOST_CALLS ? [] : bodies[index % bodies.length] ?? []
    const body = how === 'coroutine' ? coroutine(this.body) : how === 'native' ? this.body : owned(this.body)
    return this.with(body(statements), [])
  }

  private add<F extends object>(future: F): F {
    if (this.all.includes(future as Future<never>)) return future
    this.all.push(future as Future<never>)
    return future instanceof Task ? future : this.trace.name(future, `f${this.futures++}`)
  }

  private with<Thing>(thing: Thing, inside: unknown[]): Thing {
    this.inside.set(thing, inside)
    return thing
  }

  /** @param seen what can be come by on many ways is looked at once. */
  private leadsTo(thing: unknown, goal: unknown, seen = new Set<unknown>()): boolean {
    const it = key(thing)
    if (it === key(goal)) return true
    if (seen.has(it)) return false
    seen.add(it)
    return (this.inside.get(it) ?? []).some(part => this.leadsTo(part, goal, seen))
  }
}

/** A task goes by its name: it may be running already when it is still being made. */
function key(thing: unknown): unknown { return thing instanceof Task ? thing.getName() : thing }

/** The same with a frame of its own. */
function owned(body: Body): Body { return function* (statements) { return yield* yieldFrom(body(statements)) } }

export function nthLast<T>(items: readonly T[], index: number): T | undefined {
  return items[items.length - 1 - Math.max(index, 0) % items.length]
}
