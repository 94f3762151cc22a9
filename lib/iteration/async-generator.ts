import { describe } from '../base/describe.ts'
import { ArgumentError, GeneratorExit, RuntimeError } from '../base/errors.ts'
import { INSPECT } from '../base/inspect.ts'
import { type ErrorClass, instantiate, isError } from '../base/throwable.ts'
import { checkGeneratorFunction } from '../generator/coroutine.ts'
import { rememberName } from '../generator/names.ts'
import { isNativeGenerator } from '../generator/native-generator.ts'
import { made } from '../generator/made.ts'
import type { Coroutine, Emitted, Passing, Trap } from '../generator/types.ts'
import { running } from '../loop/loop.ts'
import type { EventLoop } from '../task/event-loop.ts'
import { BodyFrame, Emission, type EmittedBy, type SentTo } from './emit.ts'
import type { Stream, StreamIterator } from './stream.ts'

/**
 * Make a function that returns asynchronous generators (Python's `async def` with a `yield` in it, PEP 525):
 * `const ticks = asyncGenerator(function* () { yield* emit(1) })`. The body may wait, like any coroutine. Calling the function
 * runs nothing. TypeScript reads from the body what its items are, what may be sent, and what it returns.
 * @throws TypeError when it does not get a generator function.
 */
export function asyncGenerator<A extends unknown[], Y extends Passing, R>(
  fn: (...args: A) => Generator<Y, R>,
): (...args: A) => PyAsyncGenerator<EmittedBy<Y>, R, SentTo<Y>> {
  checkGeneratorFunction(fn, 'asyncGenerator')
  rememberName(fn)
  const make = (...args: A): PyAsyncGenerator<EmittedBy<Y>, R, SentTo<Y>> => {
    const body: unknown = fn(...args)
    if (isNativeGenerator(body)) return new PyAsyncGenerator(new BodyFrame(body))
    throw new ArgumentError(`asyncGenerator() takes a generator function, and ${describe(fn)} returned ${describe(body)}`,
      'NOT_A_GENERATOR_FUNCTION')
  }
  return Object.defineProperty(make, 'name', { value: fn.name, configurable: true })
}

/**
 * An asynchronous generator (PEP 525). It is a stream, and a coroutine makes its items when somebody asks for them. The
 * coroutine runs in the task that asks, and with the context variables of that task. If it is not run to its end, `aclose()`
 * or `forEach()` closes it, or at the latest the shutdown of the loop.
 *
 * `Y` is the type of its items, `R` is the type of what its body returns, and `Sent` is the type of what each `emit()` gets in
 * return. As with all iterators of JavaScript, the first `{ done: true }` has the value that was returned, and any further one
 * has `undefined`.
 */
export class PyAsyncGenerator<Y = unknown, R = unknown, Sent = unknown> implements Stream<Y> {
  private $emission: Emission | null = null
  private $closed = false
  private $busy = false
  private $loop: EventLoop | null = null

  /** @internal */
  constructor(private readonly $frame: BodyFrame) {}

  /** The name of its function. */
  get name(): string { return this.$frame.name }

  /** Ask for the next item (Python's `__anext__`). The `emit()` at which the body waits gives `undefined`. @throws as `asend()`. */
  anext(): Coroutine<IteratorResult<Y, R>> { return made(this.$resume('anext', undefined), 'generator.anext()', arguments.length) }

  /**
   * Ask for the next item (Python's `asend`). The `emit()` at which the body waits gives `value`.
   * @returns `{ value, done }`: the item, or what the body returned.
   * @throws TypeError when it has not started yet and the value is not `undefined`; RuntimeError when it is running already;
   * or whatever the body throws.
   */
  asend(value?: Sent): Coroutine<IteratorResult<Y, R>> { return made(this.$resume('asend', value), 'generator.asend(…)', arguments.length - 1) }

  /**
   * Throw an error at the `emit()` at which the body waits, and ask for the next item (Python's `athrow`). A class stands for
   * a new instance of it.
   * @returns as `asend()`.
   * @throws the error, when the body does not catch it or has not started; RuntimeError when it is running already.
   */
  athrow(thrown: Error | ErrorClass): Coroutine<IteratorResult<Y, R>> { return made(this.$$athrow(thrown), 'generator.athrow(…)', arguments.length - 1) }

  private *$$athrow(thrown: Error | ErrorClass): Coroutine<IteratorResult<Y, R>> {
    const error = instantiate(thrown)
    if (!isError(error)) {
      throw new ArgumentError(`athrow() takes an error or a class of errors, not ${describe(thrown)}`, 'NOT_AN_ERROR')
    }
    if (!this.$begin('athrow')) return END as IteratorResult<never, R>
    return yield* this.$raise(error)
  }

  /**
   * End it (Python's `aclose`). A GeneratorExit is thrown at the `emit()` at which the body waits.
   * @throws RuntimeError when the body emits another value, or is running already.
   */
  aclose(): Coroutine<void> { return made(this.$$aclose(), 'generator.aclose()', arguments.length) }

  private *$$aclose(): Coroutine<void> {
    if (!this.$begin('aclose')) return
    try {
      const { done } = yield* this.$raise(new GeneratorExit())
      if (done !== true) throw new RuntimeError('async generator ignored GeneratorExit', { code: 'IGNORED_GENERATOR_EXIT' })
    } catch (error) {
      if (!(error instanceof GeneratorExit)) throw error
    }
  }

  /** @returns an iterator over the items that are left, for `forEach()`. */
  iterate(): StreamIterator<Y> { return { next: () => made(this.$resume('forEach', undefined), 'generator.anext()'), close: () => this.aclose() } }

  /** @internal */
  [INSPECT](): string { return this.toString() }

  toString(): string { return `<async_generator ${this.name}>` }

  private *$resume(method: string, value: unknown): Coroutine<IteratorResult<Y, R>> {
    if (!this.$begin(method)) return END as IteratorResult<never, R>
    const emission = this.$emission
    if (emission !== null) return yield* this.$step(emission.answer(value))
    if (value === undefined) return yield* this.$step(this.$frame)
    throw new ArgumentError("can't send non-None value to a just-started async generator. Call anext() first", 'SEND_BEFORE_START')
  }

  private *$raise(error: unknown): Coroutine<IteratorResult<Y, R>> {
    if (this.$emission !== null) return yield* this.$step(this.$emission.refuse(error))
    this.$end()
    throw error
  }

  /** Go on with the body until it emits or ends. */
  private *$step(request: unknown): Coroutine<IteratorResult<Y, R>> {
    this.$busy = true
    let outcome: unknown
    try {
      outcome = yield* request as Coroutine<unknown>
    } catch (error) {
      this.$end()
      throw error
    } finally {
      this.$busy = false
    }
    if (outcome instanceof Emission && outcome.arrived) {
      this.$emission = outcome
      return { value: outcome.value as Y, done: false }
    }
    this.$end()
    if (outcome instanceof Emission) {
      throw new RuntimeError('the body returned an emit() that it did not yield. Write yield* emit(value)', { code: 'EMIT_NOT_YIELDED' })
    }
    return { value: outcome as R, done: true }
  }

  /** Begin a call of one of the methods above. @returns false when the generator has ended. */
  private $begin(method: string): boolean {
    if (this.$busy) {
      const hint = method === 'forEach' ? '. Give each consumer its own, by calling its function again, or share the items by a broadcast()' : ''
      throw new RuntimeError(`${method}(): asynchronous generator is already running${hint}`, { code: 'GENERATOR_BUSY' })
    }
    if (this.$closed) return false
    if (this.$loop === null && running.loop !== null) {
      this.$loop = running.loop as EventLoop
      this.$loop.$noteGenerator(this)
    }
    return true
  }

  private $end(): void {
    this.$closed = true
    this.$loop?.$generators.delete(this)
  }
}

const END: IteratorResult<never, undefined> = Object.freeze({ value: undefined, done: true })

/**
 * The return type to declare for the body of an asynchronous generator, or for a part of it. It emits values of type `T`,
 * returns an `R`, and can be sent a `Sent`.
 */
export type Emitting<T, R = void, Sent = unknown> = Generator<Trap | Emitted<T, Sent>, R>
