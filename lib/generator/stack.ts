import type { Arriving, Question } from './registers.ts'
import type { FrameView } from './watch.ts'

/**
 * A frame is one generator, on a stack of frames that delegate to each other.
 *
 *     outer()  ── yield* ──▶  middle()  ── yield* ──▶  inner()
 *        ▲ ──────── below ─────── ▲ ──────── below ─────── ▲
 *                                                         top       resumed first, at any depth
 *
 * `yield* yieldFrom(child)` yields a trap. So the delegator is parked, and the stack drives the child itself. To resume the
 * innermost of a million frames takes one `next()`, and nothing nests on JavaScript's own stack.
 *
 * Python allows two delegators to share one generator. Two stacks may then have different ideas of who delegates to whom.
 * The generators themselves know it: each is parked at its own `yield*`. If somebody resumes a generator without knowing that
 * it delegates, it asks for its delegate again. A stack is only a cache of what the generators know. A frame belongs to the
 * stack that drove it last, and a stack that has lost its top begins again at its base.
 *
 * This interface is the part of a frame that a stack and the driver use. The class is `Frame`.
 */
export interface StackFrame extends FrameView, Question, Arriving {
  readonly body: Generator<unknown, unknown, unknown>
  state: FrameState
  stack: Stack | null
  /** The frame that delegates to it, in the stack that it belongs to. */
  below: StackFrame | null
  /** The frame that it delegates to, as soon as that frame waits. */
  delegate: StackFrame | null
  /** The frame that it delegates to, even while that frame makes its first step. */
  readonly above: StackFrame | null
  /** A drive is in the middle of it, or of what it delegates to (Y10). */
  readonly running: boolean
  /** True for a generator, whose end follows the rules of generators; false for any other iterator. */
  readonly isGenerator: boolean
  /** It is the body of an asynchronous generator. */
  readonly emits?: boolean
}

export const CREATED = 0
export const SUSPENDED = 1
export const CLOSED = 2
export type FrameState = typeof CREATED | typeof SUSPENDED | typeof CLOSED

export const IDLE = 0
/** A drive is inside, in this state and in any that is greater. */
export const DRIVEN = 2

/** Frames on top of each other. The top one is resumed. */
export class Stack {
  /** @internal */
  $top: StackFrame | null = null
  /** `IDLE` or `DRIVEN`. A fiber has more states. @internal */
  $state: number = IDLE

  /** Is a drive inside its frames, even if control is elsewhere? Then nobody else may drive them. @internal */
  get $busy(): boolean { return this.$state >= DRIVEN }

  /** @internal */
  $push(frame: StackFrame): void {
    this.$put(frame)
    frame.delegate = null // if it waits at a delegate, it will ask for it
    if (frame.below !== null) frame.below.delegate = frame
  }

  /** Push a new frame. The frame below does not learn of it yet, for the new one may end in its first step. @internal */
  $put(frame: StackFrame): void {
    frame.below = this.$top
    frame.stack = this
    this.$top = frame
  }

  /** Take the top off. @returns the frame below. @internal */
  $pop(): StackFrame | null {
    const frame = this.$top as StackFrame
    const below = frame.below
    if (below !== null) below.delegate = null
    frame.below = null
    frame.stack = null
    this.$top = below
    return below
  }
}
