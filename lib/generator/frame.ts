import { GeneratorExit, StopIteration } from '../base/errors.ts'
import { INSPECT } from '../base/inspect.ts'
import { currentFiber } from '../context/context.ts'
import { closeFrame } from './close.ts'
import { failFirstStep } from './fail.ts'
import { nameOfGenerator } from './names.ts'
import { nativeNext } from './native-generator.ts'
import { CLOSED, CREATED, type FrameState, SUSPENDED, type Stack, type StackFrame } from './stack.ts'
import { ANSWER, PLAIN_CODE, registers, takeForgotten, takeRaising } from './registers.ts'
import { type Asked, DELEGATE_STARTING, DELEGATING, REFUSING, RESUME, Thrown, noDriver } from './request.ts'
import { notify } from './watch.ts'

/**
 * A frame. The `yield*` of its delegator sees it as an iterator, whose methods hand the work over to the stack. The frame of
 * a generator is of this class itself. The class has no base class, because an object of a derived class takes longer to make.
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

  /** The generator or iterator, as the program has it. */
  get iterator(): object { return this.body }

  get name(): string { return nameOfGenerator(this.body) }

  /** Unlike a request, a frame promises nothing here: it may be asked for twice, and `yieldFrom()` may stand far from its `yield*`. */
  [Symbol.iterator](): this { return this }

  /** Somebody begins to drive it. @throws RuntimeError when it can be driven once only, and somebody has begun already. */
  take(): void { /* a generator may be shared (Y10) */ }

  /** The `yield*` of the delegator calls this at first, and again when somebody else resumes the delegator. */
  next(sent?: unknown): Asked {
    if (sent === RESUME) return ANSWER
    if (this.state === CLOSED) return { value: undefined, done: true }
    if (this.state === CREATED && sent === undefined && !this.running && !registers.inFirstStep && registers.stack !== PLAIN_CODE &&
      registers.asked === null) return this.begin((registers.stack ?? currentFiber()) as Stack)
    return this.ask(sent)
  }

  /**
   * Make the first step here, inside of the delegator. Many delegates return at once, and then the driver need not know
   * about them. If the delegate yields, both go on as frames of the stack. The driver starts a delegate that begins inside
   * of the first step of another, because JavaScript's own stack is finite.
   */
  private begin(stack: Stack): Asked {
    stack.$put(this)
    const delegator = this.below as StackFrame
    if (registers.observed) {
      notify('delegate', delegator, this)
      notify('enter', this, undefined)
    }
    registers.inFirstStep = true
    this.state = SUSPENDED
    let result: IteratorResult<unknown, unknown>
    try {
      result = nativeNext.call(this.body)
    } catch (error) {
      registers.inFirstStep = false
      throw failFirstStep(stack, this, error)
    }
    registers.inFirstStep = false
    const out = result.value
    if (!result.done) {
      if (this.below !== null) this.below.delegate = this
      registers.firstYield = out
      registers.arriving = this
      registers.asked ??= this
      return DELEGATE_STARTING
    }
    if (registers.asked !== null || registers.promised !== null) {
      throw failFirstStep(stack, this, takeForgotten())
    }
    if (registers.observed) {
      notify('return', this, out)
      notify('result', delegator, out)
    }
    this.state = CLOSED
    stack.$pop()
    return result
  }

  /**
   * With `raising` set, the driver throws the error that ended the delegate. Any other error was thrown into the delegator
   * by somebody who does not know that it delegates, and is passed on to the delegate.
   */
  throw(error: unknown): Asked {
    if (takeRaising()) throw error
    if (registers.probing) return REFUSING
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

  /** JavaScript's own `return()` finishes the delegator. The delegate is closed first. */
  return(value?: unknown): Asked {
    if (registers.arriving === this) this.withdraw()
    closeFrame(this)
    return { value, done: true }
  }

  /** It made its first step, and plain code swallowed the token for the driver: take it off the stack. */
  withdraw(): void {
    registers.arriving = null
    this.stack?.$pop()
  }

  private ask(sent: unknown): Asked {
    if (registers.depth === 0) throw noDriver(this)
    if (registers.asked !== null) throw takeForgotten()
    registers.asked = this
    registers.sentToDelegate = sent
    return DELEGATING
  }

  toString(): string { return `delegation to ${this.name}` }

  /** @internal */
  [INSPECT](): string { return `<frame ${this.name}>` }

  forgotten(): Error { return noDriver(this) }
}
