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

/** The state of a generator, in the words of Python's `inspect.getgeneratorstate` (Y14). */
export type GeneratorState = 'GEN_CREATED' | 'GEN_RUNNING' | 'GEN_SUSPENDED' | 'GEN_CLOSED'

/** The frame of a `PyGenerator`. Where frames are shown, it shows the `PyGenerator`. */
class PyFrame extends Frame {
  constructor(generator: Generator<unknown, unknown, unknown>, readonly owner: object) { super(generator) }

  override get iterator(): object { return this.owner }
}

/** What `yieldFrom(generator)` gives for a `PyGenerator` of a coroutine: it can be delegated to at any time, even when it has started. */
class SharedDelegate {
  constructor(private readonly frame: Frame) {}

  [Symbol.iterator](): Frame {
    if (this.frame.state === CREATED) this.frame.take()
    return this.frame
  }
}

/**
 * A generator object with Python's rules (PEP 342, 380, 479). It has `send`, `throw` and `close`, and tells its state. In its
 * body, `yield* yieldFrom(child)` is Python's `yield from child`. `pyGenerator()` makes it.
 */
export class PyGenerator<Y = unknown, R = unknown, N = unknown> implements IterableIterator<Y, R, N> {
  /** Its own frame; the stack of a delegator may hold it for a while. @internal */
  readonly $frame: Frame
  private $own = new Stack()

  /** @internal */
  constructor(body: Generator<unknown, unknown, unknown> | Frame) {
    this.$frame = body instanceof Frame ? body : new PyFrame(body, this)
  }

  /** The object that `yieldFrom()` gives to `yield*`. @internal */
  get $delegate(): object { return this.$frame instanceof PyFrame ? this.$frame : new SharedDelegate(this.$frame) }

  /** The name of its function (`__name__`). */
  get name(): string { return this.$frame.name }

  /** Whether it is new, running, suspended or closed (Y14). */
  get state(): GeneratorState {
    if (this.$frame.state === CLOSED) return 'GEN_CLOSED'
    if (this.$frame.running) return 'GEN_RUNNING'
    return this.$frame.state === CREATED ? 'GEN_CREATED' : 'GEN_SUSPENDED'
  }

  /** The iterator that it delegates to right now (`gi_yieldfrom`), or `null`. */
  get yieldingFrom(): object | null {
    return this.$frame.above?.iterator ?? null
  }

  /** Its own frame and the frames that it delegates to, outermost first. The array is empty when the generator is closed. */
  get stack(): readonly FrameView[] {
    const frames: FrameView[] = []
    for (let frame: StackFrame | null = this.$frame; frame !== null && frame.state !== CLOSED; frame = frame.above) {
      frames.push(frame)
    }
    return frames
  }

  /** Python's `next(g)`. With a value it is `send(value)`, because native `yield*` calls it so. */
  next(value?: N): IteratorResult<Y, R> { return this.$resume(SEND, value) }

  /**
   * Resume it. The `yield` at which it waits evaluates to `value` (Python's `g.send(value)`).
   * @returns `{ value, done }`: the value that it yields next, or the value that it returns.
   * @throws TypeError when it has not started yet and the value is not `undefined` (Y11); GeneratorBusyError when it is
   * running (Y10); or whatever its body throws.
   */
  send(value: N): IteratorResult<Y, R> { return this.$resume(SEND, value) }

  /**
   * Raise an error at its `yield` (Python's `g.throw(error)`). A class stands for a new instance of it, made with `message`
   * (Y13).
   * @returns as `send()`.
   * @throws the error itself when the generator is finished or has not started; otherwise as `send()`.
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
   * Raise `GeneratorExit` at its `yield` (Python's `g.close()`). The same is done first to what it delegates to (Y6, Y9).
   * @returns the value that the generator then returns, as in Python 3.13.
   * @throws RuntimeError `generator ignored GeneratorExit` when it yields instead; otherwise the error that it ends with.
   */
  close(): R | undefined { return closeFrame(this.$frame) as R | undefined }

  /** Close it. `for...of` calls this when the loop is left early. */
  return(value?: R): IteratorResult<Y, R> {
    this.close()
    return { value: value as R, done: true }
  }

  /** A generator is its own iterator (Python's `__iter__`). */
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

  /** Its stack is new, or another stack has taken its top. Begin with its own frame, which asks for the rest. */
  private $begin(): void {
    this.$own = new Stack()
    this.$own.$push(this.$frame)
  }
}

/** Y13: a class stands for a new instance. If the constructor fails, the class stands for the error of the constructor. */
function make(thrown: unknown, message: unknown): unknown {
  if (!isErrorClass(thrown)) return instantiate(thrown, message)
  try {
    return instantiate(thrown, message)
  } catch (error) {
    return error
  }
}

/**
 * The `PyGenerator` of a generator. It is inferred from the generator as a whole: a `yield` of a function that says nothing of its
 * type would get the name of a type parameter.
 */
type Ruled<G> = G extends Generator<infer Y, infer R, infer N> ? PyGenerator<Exclude<Y, TrapToken>, R, N> : never

/**
 * Give a generator Python's rules: `pyGenerator(generator)`, or `pyGenerator(function, ...args)`, which calls the function.
 * @returns a `PyGenerator`, which has not run anything yet.
 * @throws TypeError when it does not get a generator.
 */
export function pyGenerator<G extends Generator<unknown, unknown, unknown>, A extends unknown[]>(fn: (...args: A) => G, ...args: A): Ruled<G>
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
