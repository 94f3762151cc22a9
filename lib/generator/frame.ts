import { GeneratorExit, StopIteration } from '../base/errors.ts'
import { currentFiber } from '../context/context.ts'
import { closeFrame } from './close.ts'
import { failFirstStep } from './fail.ts'
import { nameOfGenerator } from './names.ts'
import { nativeNext } from './native-generator.ts'
import { CLOSED, CREATED, type FrameState, SUSPENDED, type Stack, type StackFrame } from './stack.ts'
import { ANSWER, DELEGATING, type Asked, DELEGATE_STARTING, PLAIN_CODE, RESUME, Thrown, registers, takeForgotten, noDriver } from './trap.ts'
import { notify } from './watch.ts'

/**
 * A frame, as the `yield*` of its delegator sees it: an iterator, whose methods hand over to the stack. Anything may be
 * delegated to, so all frames are of this class. It derives from none: to make one of a derived class takes longer.
 */
export class Frame implements StackFrame {
  state: FrameState = CREATED
  stack: Stack | null = null
  below: StackFrame | null = null
  delegate: StackFrame | null = null

  constructor(readonly body: Generator<unknown, unknown, unknown>) {}

  get above(): StackFrame | null {
    const top = this.stack?.$top ?? null
    return top?.below === this ? top : this.delegate
  }

  get running(): boolean { return this.stack !== null && this.stack.$busy }

  get isGenerator(): boolean { return true }

  /** What the program knows it by. */
  get iterator(): object { return this.body }

  get name(): string { return nameOfGenerator(this.body) }

  /** Nothing is promised: a frame may be asked for more than once, and `yieldFrom()` may be far from its `yield*`. */
  [Symbol.iterator](): this { return this }

  /** As the iterator of the delegator's `yield*`: at first, and when it is asked again, hand over to the stack. */
  next(sent?: unknown): Asked {
    if (sent === RESUME) return ANSWER
    if (this.state === CLOSED) return { value: undefined, done: true }
    if (this.state === CREATED && sent === undefined && !this.running && !registers.beginning && registers.stack !== PLAIN_CODE &&
      registers.asked === null) return this.begin((registers.stack ?? currentFiber()) as Stack)
    return this.ask(sent)
  }

  /**
   * The first step is made here and now, inside of the delegator: many a delegate returns at once, and then nobody need
   * ever know that it was one. If it waits, both wait, and go on as frames of the stack. What begins inside of a first
   * step is left to the driver: JavaScript's own stack is finite.
   */
  private begin(stack: Stack): Asked {
    stack.$put(this)
    const delegator = this.below as StackFrame
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
      throw failFirstStep(stack, this, error)
    }
    registers.beginning = false
    const out = result.value
    if (!result.done) {
      if (this.below !== null) this.below.delegate = this
      registers.begun = out
      registers.arriving = this
      registers.asked ??= this
      return DELEGATE_STARTING
    }
    if (registers.asked !== null || registers.promised !== null) {
      throw failFirstStep(stack, this, takeForgotten())
    }
    if (registers.observed) {
      notify('return', this, out)
      notify('send', delegator, out)
    }
    this.state = CLOSED
    stack.$pop()
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
      closeFrame(this)
      throw error
    }
    return this.ask(new Thrown(error))
  }

  /** The delegator was finished by JavaScript's own `return()`: the delegate is closed first. */
  return(value?: unknown): Asked {
    if (registers.arriving === this) this.withdraw()
    closeFrame(this)
    return { value, done: true }
  }

  /** It has begun, and what it yielded never came to the driver: plain code got it. */
  withdraw(): void {
    registers.arriving = null
    this.stack?.$pop()
  }

  private ask(sent: unknown): Asked {
    if (registers.depth === 0) throw noDriver(this)
    if (registers.asked !== null) throw takeForgotten()
    registers.asked = this
    registers.sent = sent
    return DELEGATING
  }

  toString(): string { return `delegation to ${this.name}` }

  forgotten(): Error { return noDriver(this) }
}
