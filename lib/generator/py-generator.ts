import { describe } from '../base/describe.ts'
import { ArgumentError, GeneratorBusyError, GeneratorExit } from '../base/errors.ts'
import { INSPECT } from '../base/inspect.ts'
import { type ErrorClass, instantiate, isError, isErrorClass } from '../base/throwable.ts'
import { closeDelegate, closeFrame } from './close.ts'
import { FAILED, type Mode, SEND, THROW, YIELDED } from './resume.ts'
import { drive } from './drive.ts'
import { Frame } from './frame.ts'
import { rememberName } from './names.ts'
import { isNativeGenerator } from './native-generator.ts'
import { CLOSED, CREATED, Stack, type StackFrame } from './stack.ts'
import { ANSWER, takeValue } from './registers.ts'
import { RESUME } from './request.ts'
import type { TrapToken } from './types.ts'
import type { FrameView } from './watch.ts'

/** Y14, in the words of `inspect.getgeneratorstate`. */
export type GeneratorState = 'GEN_CREATED' | 'GEN_RUNNING' | 'GEN_SUSPENDED' | 'GEN_CLOSED'

/** The frame of a `PyGenerator`, which stands for it wherever frames are shown. */
class PyFrame extends Frame {
  constructor(generator: Generator<unknown, unknown, unknown>, readonly owner: object) { super(generator) }

  override get iterator(): object { return this.owner }
}

/** Stands behind `yieldFrom(generator)`: who has the `PyGenerator` may delegate to it at any time, however far it has come. */
class SharedDelegate {
  constructor(private readonly frame: Frame) {}

  [Symbol.iterator](): Frame {
    if (this.frame.state === CREATED) this.frame.take()
    return this.frame
  }
}

/**
 * A generator object with Python's rules (PEP 342, 380, 479): `send`, `throw`, `close`, and the truth about itself.
 * In its body, `yield* yieldFrom(child)` is Python's `yield from child`. Made by `pyGenerator()`.
 */
export class PyGenerator<Y = unknown, R = unknown, N = unknown> implements IterableIterator<Y, R, N> {
  /** Its own frame; the stack of a delegator may hold it for a while. @internal */
  readonly $frame: Frame
  private $own = new Stack()

  /** @internal */
  constructor(body: Generator<unknown, unknown, unknown> | Frame) {
    this.$frame = body instanceof Frame ? body : new PyFrame(body, this)
  }

  /** What `yield*` may be applied to, to delegate to it. @internal */
  get $delegate(): object { return this.$frame instanceof PyFrame ? this.$frame : new SharedDelegate(this.$frame) }

  /** The name of its function (`__name__`). */
  get name(): string { return this.$frame.name }

  /** Where it is in its life. */
  get state(): GeneratorState {
    if (this.$frame.state === CLOSED) return 'GEN_CLOSED'
    if (this.$frame.running) return 'GEN_RUNNING'
    return this.$frame.state === CREATED ? 'GEN_CREATED' : 'GEN_SUSPENDED'
  }

  /** The iterator that it delegates to right now (`gi_yieldfrom`), or `null`. */
  get yieldingFrom(): object | null {
    return this.$frame.above?.iterator ?? null
  }

  /** Its frame and those that it delegates to, outermost first; none when it is closed. */
  get stack(): readonly FrameView[] {
    const frames: FrameView[] = []
    for (let frame: StackFrame | null = this.$frame; frame !== null && frame.state !== CLOSED; frame = frame.above) {
      frames.push(frame)
    }
    return frames
  }

  /** `next(g)`; with a value the same as `send(value)`, as native `yield*` over it expects. */
  next(value?: N): IteratorResult<Y, R> { return this.$resume(SEND, value) }

  /**
   * Resume it; its `yield` evaluates to `value`.
   * @throws TypeError when it is just started and the value is not `undefined` (Y11); GeneratorBusyError when it is
   * running (Y10); else what its body throws.
   */
  send(value: N): IteratorResult<Y, R> { return this.$resume(SEND, value) }

  /**
   * Raise an error at its `yield`. A class stands for a new instance of it, made with `message` (Y13).
   * @throws the error, when the generator is finished or not started; else as `send()`.
   */
  throw(thrown: Error | ErrorClass, message?: string | Error): IteratorResult<Y, R> {
    const error = make(thrown, message)
    if (!isError(error)) {
      throw new ArgumentError(`throw() takes an error or a class of errors, not ${describe(thrown)}. ` +
        'Write throw(new Error(...))', 'NOT_AN_ERROR')
    }
    const frame = this.$frame
    if (frame.state === CLOSED) throw error
    if (frame.running) throw new GeneratorBusyError()
    if (!(error instanceof GeneratorExit) || frame.delegate === null) return this.$resume(THROW, error)
    const { mode, value } = closeDelegate(frame, frame.delegate, error)
    if (mode !== SEND) return this.$resume(mode, value)
    ANSWER.value = value
    return this.$resume(SEND, RESUME)
  }

  /**
   * Raise `GeneratorExit` at its `yield`, after the same was done to what it delegates to (Y6, Y9).
   * @returns what the generator returns on it (Python 3.13).
   * @throws RuntimeError `generator ignored GeneratorExit` when it yields instead; else the error it ends with.
   */
  close(): R | undefined { return closeFrame(this.$frame) as R | undefined }

  /** What `for...of` calls when its body leaves early: close it. */
  return(value?: R): IteratorResult<Y, R> {
    this.close()
    return { value: value as R, done: true }
  }

  [Symbol.iterator](): this { return this }

  /** @internal */
  [INSPECT](): string { return this.toString() }

  toString(): string { return `<generator ${this.name} ${this.state}>` }

  private $resume(mode: Mode, value: unknown): IteratorResult<Y, R> {
    const frame = this.$frame
    if (frame.running) throw new GeneratorBusyError()
    if (frame.state === CLOSED) return { value: undefined as R, done: true }
    if (frame.state === CREATED && mode === SEND && value !== undefined) {
      throw new ArgumentError("can't send non-None value to a just-started generator: call next() or send(undefined) first",
        'SEND_BEFORE_START')
    }
    if (frame.state === CREATED) frame.take()
    if (this.$own.$top?.stack !== this.$own) this.$begin()
    const signal = drive(this.$own, mode, value)
    const outcome = takeValue()
    if (signal === FAILED) throw outcome
    return signal === YIELDED ? { value: outcome as Y, done: false } : { value: outcome as R, done: true }
  }

  /** Its stack is new, or lost its top to somebody else: begin with its own frame, which asks for the rest. */
  private $begin(): void {
    this.$own = new Stack()
    this.$own.$push(this.$frame)
  }
}

/** Y13: a class stands for an instance; if it cannot make one, for the error that it fails with. */
function make(thrown: unknown, message: unknown): unknown {
  if (!isErrorClass(thrown)) return instantiate(thrown, message)
  try {
    return instantiate(thrown, message)
  } catch (error) {
    return error
  }
}

/**
 * Give a generator Python's rules: `pyGenerator(generator)`, or `pyGenerator(function, ...args)`, which calls it.
 * @throws TypeError for anything else.
 */
export function pyGenerator<Y, R, N, A extends unknown[]>(
  fn: (...args: A) => Generator<Y, R, N>, ...args: A
): PyGenerator<Exclude<Y, TrapToken>, R, N>
export function pyGenerator<Y, R, N>(generator: Generator<Y, R, N>): PyGenerator<Exclude<Y, TrapToken>, R, N>
export function pyGenerator(source: unknown, ...args: unknown[]): PyGenerator {
  if (typeof source !== 'function') return fromGenerator(source, source)
  rememberName(source)
  return fromGenerator((source as (...args: unknown[]) => unknown)(...args), source)
}

function fromGenerator(generator: unknown, source: unknown): PyGenerator {
  if (generator instanceof PyGenerator) return generator
  if (isNativeGenerator(generator)) return new PyGenerator(generator)
  if (generator instanceof Frame) return new PyGenerator(generator)
  throw new ArgumentError(`pyGenerator() takes a generator or a generator function, not ${describe(source)}. ` +
    'Write pyGenerator(function* () {...})', 'NOT_A_GENERATOR')
}
