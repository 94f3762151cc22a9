/** The value of `registers.stack` while plain code runs outside of any drive. */
export const PLAIN_CODE = 'plain code'

/** The answer that a request gives to `yield*`. The driver fills it in just before it resumes the generator. */
export const ANSWER: { value: unknown; done: true } = { value: undefined, done: true }

/**
 * The registers hold what is on its way between a generator and its driver. There is one set of them, because only one
 * generator runs at a time. One side writes a register and the other reads it. It is empty the rest of the time.
 *
 * | register         | written by                       | read by                       | valid                                |
 * |------------------|----------------------------------|-------------------------------|--------------------------------------|
 * | `asked`          | `next()` of a request or a frame | the driver, `follow()`        | while its token travels to the driver |
 * | `promised`       | `yield*`, or `g.switch()`        | `next()` of that request      | until `yield*` asks for it           |
 * | `sentToDelegate` | `Frame.next()`, `Frame.throw()`  | the driver, with `DELEGATE`   | while that token travels             |
 * | `arriving`, `firstYield` | the first step of a delegate | the driver, with `DELEGATE_STARTED` | while that token travels   |
 * | `inFirstStep`    | `Frame.next()`                   | the same, further in          | during the first step of a delegate  |
 * | `raising`        | the driver, before it throws     | `throw()` of a request or a frame | until `yield*` has passed it on  |
 * | `probing`        | who looks for a shared generator | the same                      | during the probe                     |
 * | `value`          | whoever ends a step or a drive   | whoever called it             | until the next step                  |
 * | `ANSWER.value`   | the driver                       | `yield*`, at once             | until the generator goes on          |
 * | `stack`, `depth` | who begins or ends a drive       | `Frame.next()`, and all slips | always                               |
 * | `observed`       | `setHook()`                      | every event                   | always                               |
 *
 * A register that is full when it should be empty shows a slip of the program: plain code swallowed a token.
 */
export const registers = {
  /** The frame to delegate to, or the request to do, whose token is on its way to the driver. */
  asked: null as Question | null,
  /** A request that was made and that no `yield*` has asked for yet. */
  promised: null as Question | null,
  /** What the delegator was sent when it asked for its delegate. The delegate gets it. */
  sentToDelegate: undefined as unknown,
  /** What came out of a step or a drive: the value that was yielded or returned, the error, or the request. */
  value: undefined as unknown,
  /** The stack whose frames run; `null` for that of the current fiber, `PLAIN_CODE` outside of any drive. */
  stack: PLAIN_CODE as unknown,
  /** A delegate makes its first step inside of its delegator. */
  inFirstStep: false,
  /** A delegate whose first step yielded. The driver takes it over when `DELEGATE_STARTED` arrives there. */
  arriving: null as Arriving | null,
  /** What that first step yielded. */
  firstYield: undefined as unknown,
  /** An error is on its way from the driver to the `yield*` that waits for it. */
  raising: false,
  /** The `throw()` that comes is only a probe: refuse it (`shared-generator.ts`). */
  probing: false,
  /** How many drives are running, one inside the other. */
  depth: 0,
  /** Somebody watches or traces: each event is to be reported. */
  observed: false,
}

/** Something that a generator asks of its driver, by a token. Plain code may swallow the token, so that it never arrives. */
export interface Question {
  /** In the words of an error message. */
  toString(): string
  /** The error for a question whose token never reached a driver. @param yielded whether it was yielded itself, without the star. */
  forgotten(yielded: boolean): Error
}

/** A delegate that has made its first step. It stands on top of its stack already. */
export interface Arriving {
  /** Its token will not arrive: take it off the stack. */
  withdraw(): void
}

/** To be called before a new drive begins. @throws the error for a request that the calling code made and did not yield. */
export function throwIfForgotten(): void {
  if (registers.asked !== null || registers.promised !== null) throw takeForgotten()
}

/**
 * A request was made and never reached a driver. The registers are empty after this.
 * @param out what reached the driver instead.
 * @returns the error for it.
 */
export function takeForgotten(out?: unknown): Error {
  const question = (registers.asked ?? registers.promised) as Question
  dropRequests()
  return question.forgotten(question === out)
}

/**
 * Does an error come from the driver, which means that the `yield*` is to throw it on? The next one does not. This is a function of
 * its own, because V8 interprets a `throw()` that never returns, however often it is called, and reads of a property are slow there.
 */
export function takeRaising(): boolean {
  const { raising } = registers
  registers.raising = false
  return raising
}

/** Empty the registers: nothing is on its way any more. */
export function dropRequests(): void {
  registers.asked = registers.promised = null
  registers.arriving?.withdraw()
}

/** @returns what a drive or a step ended with. The registers forget it. */
export function takeValue(): unknown {
  const { value } = registers
  registers.value = undefined
  return value
}

/** Forget values that have arrived, so that they are not kept alive. To be called between drives, and between turns. */
export function forgetValues(): void {
  registers.value = registers.sentToDelegate = registers.firstYield = ANSWER.value = undefined
}
