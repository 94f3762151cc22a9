/// <reference lib="esnext.disposable" preserve="true" />
import { isAsyncFunction } from '../base/advice.ts'
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

/** What a plain function may return to a greenlet. It is anything, except a generator that yields other things than traps. */
export type PlainResult = string | number | boolean | bigint | symbol | null | undefined | void | (object & { next?: never })

/** What a greenlet runs: a generator function, or a plain function. With a plain function the greenlet ends when it returns. */
export type Run = (...args: never) => Coroutine<unknown> | PlainResult

/**
 * `run` is an accessor. Until the greenlet starts, it can be read and set (G1, G3). TypeScript sees it as a method, so that a
 * subclass can write `*run() {...}`. TypeScript does not let a method override an accessor.
 */
const RUN: string = 'run'

// eslint-disable-next-line @typescript-eslint/no-unused-vars -- the class below has them, and both have to be alike
export interface Greenlet<In extends unknown[] = unknown[], Out = unknown> {
  /** What the greenlet runs when somebody first switches to it. A subclass may have it as a method, or as a getter. */
  run(...args: never[]): unknown
}

/**
 * A coroutine that says itself where control goes: `yield* other.switch(value)`. When it ends, its parent goes on.
 * It is Python's `greenlet.greenlet`.
 *
 * `In` is the type of the arguments that others switch to it with, and `Out` is the type of what comes back. `greenlet(run)`
 * reads both from `run`: from its parameters, from what its switches give and get, and from what it returns. A `Greenlet`
 * without them takes any arguments. TypeScript cannot read the types of two greenlets that switch to each other. Write
 * `const a: Greenlet = greenlet(...)` for one of them. TypeScript does not know, either, when a third greenlet switches back
 * instead of this one.
 */
export class Greenlet<In extends unknown[] = unknown[], Out = unknown> extends Fiber {
  private $body: Run | undefined

  /**
   * Make a greenlet. Nothing runs yet (G1).
   * @param run what to run at the first switch. A subclass may have it as a method instead.
   * @param parent the greenlet that gets what this one ends with; the current greenlet by default.
   * @throws TypeError when `run` is not a function, or `parent` is not a greenlet.
   */
  constructor(run?: Run | null, parent?: Greenlet | null) {
    super()
    this.$initialize(run, parent)
  }

  /**
   * Give control to this greenlet: `const received = yield* g.switch(value)`. If it waits in a `switch()`, that `switch()`
   * gives the value: `undefined` for no argument, the argument itself for one, an array for several (G5). If it has not
   * started, its `run` gets the arguments (G4). A dead greenlet hands the value on to its parent (G17).
   * @returns an object for `yield*`, which gives the value that somebody switches back with.
   * @throws GreenletError when it is called in plain code, when it is not yielded, or when control cannot get to the target.
   */
  switch<R = Out, A extends In = In>(...args: A): Switch<Arrival<A>, R>
  switch(value?: unknown): unknown {
    // A rest parameter would be slower: V8 would make the array even for one argument, and no call is made more often.
    return promiseSwitch(this, arguments.length > 1 ? Array.from(arguments) : value, arguments.length)
  }

  /**
   * Give control to this greenlet, and raise an error where it waits: `yield* g.throw(error)` (G12–G16).
   * @param thrown the error. A class stands for a new instance of it. The default is `GreenletExit`.
   * @param message what to make the instance with.
   * @returns as `switch()`.
   * @throws as `switch()`.
   */
  throw<R = Out | GreenletExit>(thrown: unknown = GreenletExit, message?: string | Error): Awaitable<R> {
    return promiseSwitch(this, instantiate(thrown, message), THROWN) as unknown as Awaitable<R>
  }

  /**
   * `switch()` for plain code. The call returns when control comes back to the caller.
   * @returns the value that control comes back with; `undefined` when the greenlet waits for something. The main greenlet
   * gets back what it gives itself (G6).
   * @throws the error that control comes back with; GreenletError when this greenlet is running already.
   */
  resume(...args: In): Out {
    this.$refuseToResume()
    return this.$drive(parcel(SEND, args.length > 1 ? args : args[0], args.length)) as Out
  }

  /**
   * `throw()` for plain code. The parameters are those of `throw()`.
   * @returns as `resume()`. If the greenlet lets a GreenletExit pass, that is what it returns (G10).
   * @throws as `resume()`; if the greenlet does not catch the error, that error.
   */
  resumeThrow(thrown: unknown = GreenletExit, message?: string | Error): Out | GreenletExit {
    this.$refuseToResume()
    return this.$drive(parcel(THROW, instantiate(thrown, message))) as Out
  }

  /**
   * End the greenlet from plain code: `GreenletExit` is thrown into it (G27). Until it has ended, the caller is its parent. A
   * greenlet that has not started never will. A dead one is left alone.
   * @throws GreenletError when the greenlet goes on; otherwise the error that it ends with.
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

  /** For `using`: the greenlet is killed at the end of the block. */
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

  /** The greenlet that gets what this one ends with; `null` for the main greenlet (G19). */
  get parent(): Greenlet | null { return this.$ancestor as Greenlet | null }

  set parent(parent: Greenlet | null) {
    if (!(parent instanceof Greenlet)) throw notAGreenlet(parent)
    for (let ancestor: Fiber | null = parent; ancestor !== null; ancestor = ancestor.$ancestor) {
      if (ancestor === (this as Fiber)) throw new ValueError('cyclic parent chain', { code: 'CYCLIC_PARENTS' })
    }
    this.$ancestor = parent
  }

  /** Is it finished? A greenlet that has not started is not dead (G18). */
  get dead(): boolean { return this.$state === DEAD }

  /** Has it started, and not finished (Python's `bool(g)`, G18)? */
  get active(): boolean { return this.$state !== UNSTARTED && this.$state !== DEAD }

  /**
   * The frames that it waits in, outermost first (Python's `gr_frame`, G30). The array is empty while the greenlet runs,
   * before it has started, and after it has ended.
   */
  get frames(): readonly FrameView[] {
    const frames: FrameView[] = []
    if (this !== currentFiber()) for (let frame: StackFrame | null = this.$top; frame !== null; frame = frame.below) frames.push(frame)
    return frames.reverse()
  }

  /**
   * The context of its context variables (Python's `gr_context`, G28). It is `null` in a new greenlet, until the greenlet
   * first sets a variable.
   */
  get context(): Context | null { return this.$context }

  set context(context: Context | null) {
    this.$context = checkedContext(context)
  }

  /** A greenlet is a running stack, so it cannot be copied (G31). @throws TypeError always. */
  toJSON(): never { throw new ArgumentError('a greenlet cannot be copied or serialised', 'NOT_COPYABLE') }

  /** @returns what Python prints, too: `<Greenlet func1 suspended active started>` (G31). */
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

  /** The work of the constructor. It is a method, so that V8 can inline the constructor into those of subclasses. */
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
 * Make a greenlet, as Python writes it: `greenlet(run, parent)`. The types of what goes in and comes out are read from `run`.
 * @param run what to run at the first switch.
 * @param parent the greenlet that gets what this one ends with; the current greenlet by default.
 * @throws TypeError when `run` is not a function, or `parent` is not a greenlet.
 */
export function greenlet<A extends unknown[], Body extends Coroutine<unknown> | PlainResult>(
  run?: ((...args: A) => Body) | null, parent?: Greenlet | null,
): Greenlet<Taken<A, Body>, Given<Body>> { return new Greenlet(run, parent) }

/** The greenlet that stands for host code. It is always there, is never dead, and has no parent (G20). */
class MainGreenlet extends Greenlet {
  override get parent(): null { return null }

  override set parent(_parent: Greenlet | null) {
    throw new AttributeError('cannot set the parent of a main greenlet', { code: 'MAIN_HAS_NO_PARENT' })
  }

  protected override $initialize(): void { this.$state = HOSTING }

  protected override get $label(): string { return '' }

  protected override get $status(): string { return `${super.$status} main` }
}

/** @returns the greenlet that runs (Python's `getcurrent()`, G20). In host code it is the main greenlet. */
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

/** @returns the greenlet that stands for host code. It is the ancestor of all others. @internal */
export function mainGreenlet(): Greenlet { return main ?? getCurrent() }

function callable(run: Run): Run {
  if (typeof run === 'function' && !isAsyncFunction(run)) return run
  throw new ArgumentError(`run must be a function, not ${isAsyncFunction(run) ? 'an async function' : describe(run)}. Write greenlet(function* () {...})`,
    'RUN_NOT_CALLABLE')
}

/** @returns the context. @throws TypeError when it is neither a context nor `null`. @internal */
export function checkedContext(context: Context | null): Context | null {
  if (context === null || context instanceof Context) return context
  throw new ArgumentError(`greenlet context must be a Context or null, not ${describe(context)}`, 'NOT_A_CONTEXT')
}

function notAGreenlet(value: unknown): Error {
  return new ArgumentError(`parent must be a greenlet, not ${describe(value)}`, 'NOT_A_GREENLET')
}
