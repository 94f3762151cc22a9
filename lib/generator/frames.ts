import { describe } from '../base/describe.ts'
import { ArgumentError, GeneratorBusyError, GeneratorExit, RuntimeError, StopIteration } from '../base/errors.ts'
import { currentFiber } from '../context/context.ts'
import { type PlainIterator, iteratorBody } from './iterator-body.ts'
import { nameOfGenerator } from './names.ts'
import { isNativeGenerator, nativeNext, nativeThrow } from './native.ts'
import {
  ANSWER, ASK, ASKING, type Asked, BEGINNING, BEGUN, BUSY, KEEP, PLAIN, type Question, RESUME, type Request, forget,
  refuseForgotten, registers, takeForgotten, undriven,
} from './trap.ts'
import { type FrameView, notify } from './watch.ts'

/**
 * The frame stack: `send`, `throw`, `close`, delegate and return, with the meaning of PEP 342, 380 and 479.
 *
 *     outer()  ── yield* ──▶  middle()  ── yield* ──▶  inner()      each is a frame: one generator
 *        ▲ ──────── below ─────── ▲ ──────── below ─────── ▲
 *                                                         top       resumed first, at any depth
 *
 * `yield* yieldFrom(child)` yields a trap, so the delegator is parked while the stack drives the child itself: to
 * resume the innermost of a million frames takes one `next()`, and nothing nests on JavaScript's own stack.
 *
 * Python allows two delegators to share one generator. Which stack is right about it then? The generators are: each
 * is parked at its own `yield*` and, resumed by somebody who does not know that it delegates, asks again for the
 * delegate that it is parked at. A stack is only a cache of what the generators know. A frame belongs to the stack
 * that drove it last, and a stack that has lost its top begins again at its base.
 */
export class Frame implements Question, FrameView {
  state: FrameState = CREATED
  stack: Stack | null = null
  /** The frame that delegates to it, in the stack it belongs to. */
  below: Frame | null = null
  /** The frame it delegates to, once that waits. */
  delegate: Frame | null = null

  constructor(readonly body: Generator<unknown, unknown, unknown>) {}

  /** The frame it delegates to, even if that is making its first step. */
  get above(): Frame | null {
    const top = this.stack?.top ?? null
    return top?.below === this ? top : this.delegate
  }

  /** A drive is in the middle of it, or of what it delegates to (Y10). */
  get running(): boolean { return this.stack !== null && this.stack.busy }

  /** Nothing is promised: a frame may be asked for more than once, and `yieldFrom()` may be far from its `yield*`. */
  [Symbol.iterator](): this { return this }

  /** As the iterator of the delegator's `yield*`: at first, and when it is asked again, hand over to the stack. */
  next(sent?: unknown): Asked {
    if (sent === RESUME) return ANSWER
    if (this.state === CLOSED) return { value: undefined, done: true }
    if (this.state === CREATED && sent === undefined && !this.running && !registers.beginning && registers.stack !== PLAIN &&
      registers.asked === null) return this.begin((registers.stack ?? currentFiber()) as Stack)
    return this.ask(sent)
  }

  /**
   * The first step is made here and now, inside of the delegator: many a delegate returns at once, and then nobody need
   * ever know that it was one. If it waits, both wait, and go on as frames of the stack. What begins inside of a first
   * step is left to the driver: JavaScript's own stack is finite.
   */
  private begin(stack: Stack): Asked {
    stack.put(this)
    const delegator = this.below as Frame
    if (registers.observed) {
      notify('delegate', delegator, this)
      notify('enter', this, undefined)
    }
    registers.beginning = true
    this.state = SUSPENDED
    let result: IteratorResult<unknown, unknown>
    try {
      result = nativeNext.call(this.body)
    } catch (error) {
      registers.beginning = false
      throw failing(stack, this, error)
    }
    registers.beginning = false
    const out = result.value
    if (!result.done) {
      if (this.below !== null) this.below.delegate = this
      registers.begun = out
      registers.arriving = this
      registers.asked ??= this
      return BEGINNING
    }
    if (registers.asked !== null || registers.promised !== null) {
      throw failing(stack, this, takeForgotten())
    }
    if (registers.observed) {
      notify('return', this, out)
      notify('send', delegator, out)
    }
    this.state = CLOSED
    stack.pop()
    return result
  }

  /**
   * The error that ended the delegate arrives with `raising` set. Any other was thrown into the delegator by somebody
   * who does not know that it delegates, and goes on to the delegate.
   */
  throw(error: unknown): Asked {
    if (registers.raising) {
      registers.raising = false
      throw error
    }
    if (this.state === CLOSED) {
      if (!(error instanceof StopIteration)) throw error
      ANSWER.value = error.value
      return ANSWER
    }
    if (error instanceof GeneratorExit) {
      close(this)
      throw error
    }
    return this.ask(new Thrown(error))
  }

  /** The delegator was finished by JavaScript's own `return()`: the delegate is closed first. */
  return(value?: unknown): Asked {
    if (registers.arriving === this) this.withdraw()
    close(this)
    return { value, done: true }
  }

  /** It has begun, and what it yielded never came to the driver: plain code got it. */
  withdraw(): void {
    registers.arriving = null
    this.stack?.pop()
  }

  private ask(sent: unknown): Asked {
    if (registers.depth === 0) throw undriven(this)
    if (registers.asked !== null) throw takeForgotten()
    registers.asked = this
    registers.sent = sent
    return ASKING
  }

  /** What the program knows it by. */
  get iterator(): object { return this.body }

  get name(): string { return nameOfGenerator(this.body) }

  toString(): string { return `delegation to ${this.name}` }

  forgotten(): Error { return undriven(this) }
}

/** The frame of an iterator that is no generator. */
export class IteratorFrame extends Frame {
  constructor(private readonly plain: PlainIterator) { super(iteratorBody(plain)) }

  override get iterator(): object { return this.plain }

  override get name(): string { return describe(this.plain) }
}

/** An error on its way to a delegate, in the register for what is sent. */
class Thrown {
  constructor(readonly error: unknown) {}
}

export const CREATED = 0
export const SUSPENDED = 1
export const CLOSED = 2
export type FrameState = typeof CREATED | typeof SUSPENDED | typeof CLOSED

export const IDLE = 0
/** This, and whatever is more. */
export const DRIVEN = 2

/** Frames on top of each other. */
export class Stack {
  /** @internal */
  top: Frame | null = null
  /** `IDLE` or `DRIVEN`; a fiber's says more. @internal */
  state: number = IDLE

  /** A drive is under way in its frames, even if control is elsewhere: nobody else may drive them. @internal */
  get busy(): boolean { return this.state >= DRIVEN }

  /** @internal */
  push(frame: Frame): void {
    this.put(frame)
    frame.delegate = null // if it waits at another, it will ask for it
    if (frame.below !== null) frame.below.delegate = frame
  }

  /** Push a new frame, which may be gone before the one below need know it. @internal */
  put(frame: Frame): void {
    frame.below = this.top
    frame.stack = this
    this.top = frame
  }

  /** Take the top off, and give the frame below. @internal */
  pop(): Frame | null {
    const frame = this.top as Frame
    const below = frame.below
    if (below !== null) below.delegate = null
    frame.below = null
    frame.stack = null
    this.top = below
    return below
  }
}

/** How a frame is resumed. `THROW` throws at a `yield`, `RAISE` at a `yield*` that waits for its driver. */
export const SEND = 0
export const THROW = 1
export const RAISE = 2
export type Mode = typeof SEND | typeof THROW | typeof RAISE

/** Why control left a stack. `registers.value` has the value, the error or the request. */
export const YIELDED = 0
export const RETURNED = 1
export const FAILED = 2
export const ASKED = 3
export type Signal = typeof YIELDED | typeof RETURNED | typeof FAILED | typeof ASKED

/**
 * Resume the top of a stack, and go on until control leaves the stack. A promised request may hop: go on in another
 * stack at once, and then the stack that control leaves is that one.
 */
export function run(stack: Stack, mode: Mode, value: unknown): Signal {
  const frame = stack.top as Frame
  if (registers.observed) notifyResume(frame, mode, value)
  return follow(stack, frame, step(frame, mode, value))
}

/**
 * One step of a generator: it runs until it yields or ends.
 * @returns null when it ends with an error, which is in `registers.value`.
 */
export function step(frame: Frame, mode: Mode, value: unknown): IteratorResult<unknown, unknown> | null {
  try {
    if (mode !== SEND) return throwInto(frame, mode, value)
    frame.state = SUSPENDED
    return nativeNext.call(frame.body, value)
  } catch (error) {
    registers.value = error
    return null
  }
}

/** What came of a step, and of the steps that follow from it. All that generators ask arrives here. */
export function follow(stack: Stack, top: Frame, result: IteratorResult<unknown, unknown> | null): Signal {
  let frame: Frame | null = top
  for (;;) {
    let mode: Mode = SEND
    let value: unknown = RESUME
    if (result === null) {
      frame = fail(stack, frame, registers.value)
      mode = RAISE
      value = registers.value
    } else {
      let out = result.value
      if (out === BEGUN) {
        frame = registers.arriving as Frame
        registers.arriving = null
        out = registers.begun
        if (out !== KEEP && out !== ASK) registers.asked = null
      }
      if (out === KEEP) {
        const request = registers.asked as Request
        registers.asked = null
        const next = request.hop(stack) as Stack | null
        if (next === null) {
          registers.value = request
          return ASKED
        }
        stack = next
        frame = stack.top
      } else if (out === ASK) {
        const delegate = registers.asked as Frame
        registers.asked = null
        if (delegate.stack === null || !delegate.stack.busy) {
          if (registers.observed) notify('delegate', frame, delegate)
          stack.push(delegate)
          frame = delegate
          value = registers.sent
          if (value instanceof Thrown) {
            mode = THROW
            value = value.error
          }
        } else {
          frame = refuse(stack, frame, delegate.below?.body === frame.body)
          mode = RAISE
          value = registers.value
        }
      } else if (registers.asked !== null || registers.promised !== null) {
        // Something was asked for, and it never arrived here: a slip, shown to the frame that made it.
        value = takeForgotten()
        mode = THROW
        if (result.done) {
          frame = fail(stack, frame, value)
          mode = RAISE
        }
      } else if (result.done) {
        if (registers.observed) notify('return', frame, out)
        frame.state = CLOSED
        frame = stack.pop()
        if (frame === null) {
          registers.value = out
          return RETURNED
        }
        ANSWER.value = out
      } else if (out === BUSY) {
        frame = refuse(stack, frame, true)
        mode = RAISE
        value = registers.value
      } else {
        if (registers.observed) notify('yield', frame, out)
        registers.value = out
        return YIELDED
      }
    }
    if (frame === null) return FAILED // the error went past the last frame
    if (registers.observed) notifyResume(frame, mode, value)
    result = step(frame, mode, value)
  }
}

function throwInto(frame: Frame, mode: Mode, error: unknown): IteratorResult<unknown, unknown> {
  registers.raising = mode === RAISE
  try {
    return nativeThrow.call(frame.body, error)
  } finally {
    registers.raising = false
  }
}

/** The way of the last error: the frames that it ended, innermost first. An error that leaves a task shows them. */
export const trail: { error: unknown; frames: Frame[] } = { error: undefined, frames: [] }

/**
 * The frame has ended with an error, which goes to the frame below: it is in `registers.value`.
 */
function fail(stack: Stack, frame: Frame, error: unknown): Frame | null {
  const ran = frame.state !== CREATED // so the error comes from there
  forget()
  if (trail.error !== error) {
    trail.error = error
    trail.frames = []
  }
  trail.frames.push(frame)
  registers.value = error
  if (!isNativeGenerator(frame.body)) {
    frame.state = CLOSED
    registers.value = new ArgumentError(`a generator is expected, not ${describe(frame.body)}. Write coroutine(function* () {...})`,
      'NOT_A_GENERATOR')
  } else if (isRunning(frame.body)) {
    registers.value = new GeneratorBusyError()
  } else {
    frame.state = CLOSED
    if (ran && isStopIteration(error) && !(frame instanceof IteratorFrame)) { // Y8
      registers.value = new RuntimeError('generator raised StopIteration', { code: 'STOP_ITERATION_ESCAPED', cause: error })
    }
  }
  if (registers.observed) notify('raise', frame, registers.value)
  return stack.pop()
}

/** The same for a frame that has just begun: its delegator is told by JavaScript itself. @returns the error. */
function failing(stack: Stack, frame: Frame, error: unknown): unknown {
  const delegator = fail(stack, frame, error)
  const { value } = registers
  if (registers.observed) notify('throw', delegator, value)
  return value
}

function isStopIteration(error: unknown): boolean {
  try {
    return error instanceof StopIteration
  } catch {
    return false // a revoked proxy: it cannot even be asked
  }
}

/**
 * Did the error come from JavaScript, because the generator is running further down (Y10)? One that ended with an
 * error of its own is finished, and to ask it again does nothing, if only there is some stack left.
 */
function isRunning(generator: Generator): boolean {
  try {
    nativeNext.call(generator)
    return false
  } catch (error) {
    return !(error instanceof RangeError)
  }
}

/**
 * Another drive is in the middle of what this one came to (Y10), which is left as it is. The error goes to `frame`, if it
 * just wants to delegate to it; when its own generator is `inUse`, to the one who resumed it.
 */
function refuse(stack: Stack, frame: Frame, inUse: boolean): Frame | null {
  registers.value = new GeneratorBusyError()
  return inUse ? stack.pop() : frame
}

function notifyResume(frame: Frame, mode: Mode, value: unknown): void {
  if (mode !== SEND) notify('throw', frame, value)
  else notify(frame.state === CREATED ? 'enter' : 'send', frame, value === RESUME ? ANSWER.value : value)
}

/**
 * Drive a stack from plain code, which does itself what the frames ask of their driver.
 * @throws whatever was forgotten before: the slip belongs to the code that calls.
 */
export function drive(stack: Stack, mode: Mode, value: unknown): Signal {
  refuseForgotten()
  const outer = registers.stack
  registers.depth++
  registers.stack = stack
  stack.state = DRIVEN
  try {
    for (;;) {
      const signal = run(stack, mode, value)
      if (signal !== ASKED) return signal
      try {
        ANSWER.value = (registers.value as Request).perform()
        mode = SEND
        value = RESUME
      } catch (error) {
        mode = RAISE
        value = error
      }
    }
  } finally {
    stack.state = IDLE
    registers.stack = outer
    registers.depth--
  }
}

/**
 * Close a frame and all that it delegates to, innermost first (Y6, Y9).
 * @returns the return value of the frame's generator, if it gave one on being closed.
 * @throws GeneratorBusyError when it is running; RuntimeError when its generator yields instead of ending; else the
 * error that its generator ends with.
 */
export function close(outermost: Frame): unknown {
  const { mode, value, returned } = closeAll(outermost)
  if (mode === SEND || value instanceof GeneratorExit) return returned
  throw value
}

/**
 * Close what a frame delegates to, before `GeneratorExit` is raised in the frame itself (Y6).
 * @returns how the frame goes on: with the exit as a rule, or with what came of closing.
 */
export function closeDelegate(frame: Frame, delegate: Frame, exit: GeneratorExit): Resumption {
  frame.stack = HELD
  frame.below = null
  let closed: Resumption
  try {
    closed = closeAll(delegate)
  } catch (error) {
    closed = { mode: RAISE, value: error }
  }
  frame.stack = null
  return closed.quiet === true ? { mode: RAISE, value: exit } : closed
}

/** How a frame goes on. */
export interface Resumption {
  readonly mode: Mode
  readonly value: unknown
  /** It is closed, and nothing came of it: the delegator gets its own exit. */
  readonly quiet?: boolean
}

/** Frames belong here while what they delegate to is being closed: they count as running (Y10). */
const HELD = new Stack()
HELD.state = DRIVEN

/** @returns how the delegator of the outermost would go on, and what the outermost returned. */
function closeAll(outermost: Frame): Resumption & { readonly returned: unknown } {
  if (outermost.running) throw new GeneratorBusyError()
  const frames: Frame[] = []
  let next: Resumption = { mode: THROW, value: new GeneratorExit(), quiet: true }
  for (let frame: Frame | null = outermost; frame !== null && frame.state !== CLOSED; frame = frame.delegate) {
    if (frame.running) {
      next = { mode: RAISE, value: new GeneratorBusyError() }
      break
    }
    frames.push(frame)
  }
  frames.forEach((frame, i) => {
    frame.stack = HELD
    frame.below = frames[i - 1] ?? null
  })
  let returned: unknown
  for (let frame = frames.pop(); frame !== undefined; frame = frames.pop()) {
    const stack = new Stack()
    stack.push(frame)
    if (registers.observed) notify('close', frame, next.value)
    const signal = resume(stack, next)
    const { value } = registers
    returned = undefined
    if (signal === YIELDED) {
      next = { mode: RAISE, value: new RuntimeError('generator ignored GeneratorExit', { code: 'IGNORED_GENERATOR_EXIT' }) }
    } else if (signal === FAILED) {
      const quiet = frame instanceof IteratorFrame ? value === next.value : value instanceof GeneratorExit
      next = { mode: RAISE, value: quiet ? new GeneratorExit() : value, quiet }
    } else if (frame instanceof IteratorFrame) {
      next = { mode: SEND, value } // its close() raised StopIteration: that is the end of the delegation (3.12)
    } else {
      next = { mode: RAISE, value: new GeneratorExit(), quiet: true }
      returned = value
    }
  }
  return { ...next, returned }
}

/** Resume a stack whose top waits at a `yield*`. */
function resume(stack: Stack, { mode, value }: Resumption): Signal {
  if (mode !== SEND) return drive(stack, mode, value)
  ANSWER.value = value
  return drive(stack, SEND, RESUME)
}
