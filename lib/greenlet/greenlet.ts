/// <reference lib="esnext.disposable" preserve="true" />
import { describe } from '../base/describe.ts'
import { dispose } from '../base/dispose.ts'
import { ArgumentError, AttributeError, GreenletError, GreenletExit, ValueError } from '../base/errors.ts'
import { instantiate } from '../base/throwable.ts'
import { Context, type ContextHolder, current, currentFiber } from '../context/context.ts'
import { SEND, THROW } from '../generator/resume.ts'
import type { StackFrame } from '../generator/stack.ts'
import type { Awaitable, Coroutine } from '../generator/types.ts'
import type { FrameView } from '../generator/watch.ts'
import { DEAD, Fiber, type FiberState, HOSTING, type Parcel, UNSTARTED, parcel } from './fiber.ts'
import { THROWN, promiseSwitch } from './switch-request.ts'
import type { Arrival, Given, Switch, Taken } from './switched.ts'
import { trampoline } from './trampoline.ts'

/** What a plain function may return to a greenlet: anything but a generator of other things than traps. */
export type PlainResult = string | number | boolean | bigint | symbol | null | undefined | void | (object & { next?: never })

/** What a greenlet runs: a generator function, or a plain function, which is over when it returns. */
export type Run = (...args: never) => Coroutine<unknown> | PlainResult

/**
 * `run` is an accessor: there until the greenlet starts, settable until then (G1, G3). To TypeScript it is a method, so
 * that a subclass can write `*run() {...}`, which its types would refuse in the place of an accessor.
 */
const RUN: string = 'run'

// eslint-disable-next-line @typescript-eslint/no-unused-vars -- the class below has them, and both have to be alike
export interface Greenlet<In extends unknown[] = unknown[], Out = unknown> {
  /** What the greenlet runs when it is first switched to. A subclass may have it as a method, or as a getter. */
  run(...args: never[]): unknown
}

/**
 * A coroutine that says itself where control goes: `yield* other.switch(value)`. When it ends, its parent goes on.
 * Python's `greenlet.greenlet`.
 *
 * `In` are the arguments that it may be switched to with, and `Out` is what comes back. `greenlet(run)` reads both from
 * `run`: from its parameters, from what its switches give and get, and from what it returns. A `Greenlet` without them takes
 * whatever it is given. TypeScript cannot read them from two that switch to each other: write `const a: Greenlet =
 * greenlet(...)` for one of them. Nor can it know of a third one that switches back in the place of this one.
 */
export class Greenlet<In extends unknown[] = unknown[], Out = unknown> extends Fiber {
  private $body: Run | undefined

  /**
   * Nothing runs yet (G1).
   * @param run what to run at the first switch. A subclass may have it as a method instead.
   * @param parent who gets what this greenlet ends with; the current greenlet by default.
   * @throws TypeError when `run` is no function, or `parent` no greenlet.
   */
  constructor(run?: Run | null, parent?: Greenlet | null) {
    super()
    this.$initialize(run, parent)
  }

  /**
   * Give control to this greenlet: `const received = yield* g.switch(value)`. The value arrives as the result of the
   * `switch()` that it waits in, or as the arguments of its `run`: no argument as `undefined`, one as itself, several
   * as an array (G4, G5). The expression gets what somebody switches back with. A dead greenlet hands on to its parent
   * (G17).
   * @throws GreenletError when it is not yielded, in plain code, or when the target cannot be reached.
   */
  switch<R = Out, A extends In = In>(...args: A): Switch<Arrival<A>, R>
  switch(value?: unknown): unknown {
    // Not a rest parameter: V8 would make the array even for one argument, and this is the hottest call there is.
    return promiseSwitch(this, arguments.length > 1 ? Array.from(arguments) : value, arguments.length)
  }

  /**
   * Give control to this greenlet by an error that is raised where it waits: `yield* g.throw(error)` (G12–G16). A class
   * stands for a new instance of it; nothing stands for `GreenletExit`.
   */
  throw<R = Out | GreenletExit>(thrown: unknown = GreenletExit, message?: string | Error): Awaitable<R> {
    return promiseSwitch(this, instantiate(thrown, message), THROWN) as unknown as Awaitable<R>
  }

  /**
   * `switch()` for plain code, which is the main greenlet of the drive that this begins.
   * @returns when control comes back to the caller, with what it comes back with; `undefined` when the greenlet waits.
   * The main greenlet gets what it gives itself (G6).
   * @throws what control comes back with; GreenletError when this greenlet is running already.
   */
  resume(...args: In): Out {
    this.$refuseToResume()
    return this.$drive(parcel(SEND, args.length > 1 ? args : args[0], args.length)) as Out
  }

  /**
   * `throw()` for plain code.
   * @returns as `resume()`; a GreenletExit that the greenlet lets pass is what it returns (G10).
   * @throws as `resume()`: also the error itself, when the greenlet does not catch it.
   */
  resumeThrow(thrown: unknown = GreenletExit, message?: string | Error): Out | GreenletExit {
    this.$refuseToResume()
    return this.$drive(parcel(THROW, instantiate(thrown, message))) as Out
  }

  /**
   * End the greenlet from plain code: `GreenletExit` is thrown into it, with the caller as its parent for the moment
   * (G27). One that has not started never will.
   * @throws GreenletError when it lives on; else the error it ends with.
   */
  kill(): void {
    if (this.$state === DEAD) return
    this.$refuseToResume()
    if (this.$state === UNSTARTED) {
      this.$state = DEAD
      return
    }
    const ancestor = this.$ancestor
    this.$ancestor = getCurrent()
    try {
      this.$drive(parcel(THROW, new GreenletExit('killed')))
    } finally {
      this.$ancestor = ancestor
    }
    if ((this.$state as FiberState) !== DEAD) {
      throw new GreenletError(`GreenletExit did not kill ${this.toString()}: it caught the error and went on. Let ` +
        'GreenletExit pass, or return', { code: 'SURVIVED_KILL' })
    }
  }

  [dispose](): void { this.kill() }

  get [RUN](): Run {
    if (this.$body !== undefined) return this.$body
    throw new AttributeError('run: the greenlet has none. It is given one by greenlet(function* () {...}), and loses it ' +
      'when it starts', { code: 'NO_RUN' })
  }

  set [RUN](run: Run | undefined) {
    if (this.$state !== UNSTARTED) {
      throw new AttributeError('run cannot be set after the start of the greenlet', { code: 'STARTED' })
    }
    this.$body = run === undefined ? run : callable(run)
  }

  /** Who gets what this greenlet ends with; `null` for the main greenlet (G19). */
  get parent(): Greenlet | null { return this.$ancestor as Greenlet | null }

  set parent(parent: Greenlet | null) {
    if (!(parent instanceof Greenlet)) throw notAGreenlet(parent)
    for (let ancestor: Fiber | null = parent; ancestor !== null; ancestor = ancestor.$ancestor) {
      if (ancestor === (this as Fiber)) throw new ValueError('cyclic parent chain', { code: 'CYCLIC_PARENTS' })
    }
    this.$ancestor = parent
  }

  /** Finished (G18). One that has not started is not dead. */
  get dead(): boolean { return this.$state === DEAD }

  /** Started and not finished (`bool(g)`, G18). */
  get active(): boolean { return this.$state !== UNSTARTED && this.$state !== DEAD }

  /** The frames it waits in, outermost first; none while it runs, before, or after (`gr_frame`, G30). */
  get frames(): readonly FrameView[] {
    const frames: FrameView[] = []
    if (this !== currentFiber()) for (let frame: StackFrame | null = this.$top; frame !== null; frame = frame.below) frames.push(frame)
    return frames.reverse()
  }

  /**
   * The context that context variables have here (`gr_context`, G28). A new greenlet begins with none, `null`, and gets
   * one of its own when it first sets a variable.
   */
  get context(): Context | null { return this.$context }

  set context(context: Context | null) {
    this.$context = checkedContext(context)
  }

  /** A greenlet is a running stack: it cannot be copied (G31). */
  toJSON(): never { throw new ArgumentError('a greenlet cannot be copied or serialised', 'NOT_COPYABLE') }

  /** As Python prints it: `<Greenlet func1 suspended active started>` (G31). */
  override toString(): string { return `<Greenlet ${[this.$label, this.$status].filter(Boolean).join(' ')}>` }

  /** @internal */
  override $takeRun(): unknown {
    const run: unknown = Reflect.get(this, RUN)
    this.$body = undefined
    return run
  }

  /** @internal */
  override $drive(brought: Parcel): unknown { return trampoline(getCurrent(), this, brought) }

  protected get $label(): string { return this.$body?.name ?? this.$outermost?.name ?? '' }

  protected get $status(): string {
    switch (this.$state) {
      case UNSTARTED: return 'pending'
      case DEAD: return 'dead'
      default: return this === currentFiber() ? 'current active started' : 'suspended active started'
    }
  }

  /** The rest of the constructor, which V8 is to inline into those of subclasses. */
  protected $initialize(run: Run | null | undefined, parent: unknown): void {
    if (parent !== null && parent !== undefined && !(parent instanceof Greenlet)) throw notAGreenlet(parent)
    this.$ancestor = parent ?? getCurrent()
    if (run !== undefined && run !== null) this.$body = callable(run)
  }

  private get $outermost(): StackFrame | null {
    let frame = this.$top
    while (frame !== null && frame.below !== null) frame = frame.below
    return frame
  }

  private $refuseToResume(): void {
    if (this === currentFiber() && this.$ancestor !== null) {
      throw new GreenletError(`${this.toString()} is running: plain code in it cannot resume it`, { code: 'RUNNING' })
    }
  }
}

/**
 * `new Greenlet(run, parent)`, as Python spells it, with the types of what goes in and comes out read from `run`.
 * @throws TypeError when `run` is no function, or `parent` no greenlet.
 */
export function greenlet<A extends unknown[], Body extends Coroutine<unknown> | PlainResult>(
  run?: ((...args: A) => Body) | null, parent?: Greenlet | null,
): Greenlet<Taken<A, Body>, Given<Body>> { return new Greenlet(run, parent) }

/** The greenlet that stands for host code: always there, never dead, without a parent (G20). */
class MainGreenlet extends Greenlet {
  override get parent(): null { return null }

  override set parent(_parent: Greenlet | null) {
    throw new AttributeError('cannot set the parent of a main greenlet', { code: 'MAIN_HAS_NO_PARENT' })
  }

  protected override $initialize(): void { this.$state = HOSTING }

  protected override get $label(): string { return '' }

  protected override get $status(): string { return `${super.$status} main` }
}

/** The greenlet that is running (G20). In host code that is the main greenlet. */
export function getCurrent(): Greenlet {
  const fiber = currentFiber()
  return fiber instanceof Greenlet ? fiber as Greenlet : becomeMain(fiber)
}

function becomeMain(holder: ContextHolder): Greenlet {
  main = new MainGreenlet()
  main.$context = holder.$context
  current.fiber = main
  return main
}

let main: Greenlet | null = null

/** The greenlet that stands for host code, the ancestor of all. @internal */
export function mainGreenlet(): Greenlet { return main ?? getCurrent() }

function callable(run: Run): Run {
  if (typeof run === 'function') return run
  throw new ArgumentError(`run must be a function, not ${describe(run)}. Write greenlet(function* () {...})`,
    'RUN_NOT_CALLABLE')
}

/** @throws TypeError when it is no context. @internal */
export function checkedContext(context: Context | null): Context | null {
  if (context === null || context instanceof Context) return context
  throw new ArgumentError(`greenlet context must be a Context or null, not ${describe(context)}`, 'NOT_A_CONTEXT')
}

function notAGreenlet(value: unknown): Error {
  return new ArgumentError(`parent must be a greenlet, not ${describe(value)}`, 'NOT_A_GREENLET')
}
