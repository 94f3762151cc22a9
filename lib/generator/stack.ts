import type { Arriving, Question } from './registers.ts'
import type { FrameView } from './watch.ts'

/**
 * A frame: one generator, on a stack of frames that delegate to each other.
 *
 *     outer()  ── yield* ──▶  middle()  ── yield* ──▶  inner()
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
 *
 * This is what a stack and the machine know of a frame; the class is `Frame`.
 */
export interface StackFrame extends FrameView, Question, Arriving {
  readonly body: Generator<unknown, unknown, unknown>
  state: FrameState
  stack: Stack | null
  /** The frame that delegates to it, in the stack it belongs to. */
  below: StackFrame | null
  /** The frame it delegates to, once that waits. */
  delegate: StackFrame | null
  /** The frame it delegates to, even if that is making its first step. */
  readonly above: StackFrame | null
  /** A drive is in the middle of it, or of what it delegates to (Y10). */
  readonly running: boolean
  /** It drives a generator, with a generator's rules for how it ends; else an iterator that is none. */
  readonly isGenerator: boolean
  /** It is the body of an asynchronous generator. */
  readonly emits?: boolean
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
  $top: StackFrame | null = null
  /** `IDLE` or `DRIVEN`; a fiber's says more. @internal */
  $state: number = IDLE

  /** A drive is under way in its frames, even if control is elsewhere: nobody else may drive them. @internal */
  get $busy(): boolean { return this.$state >= DRIVEN }

  /** @internal */
  $push(frame: StackFrame): void {
    this.$put(frame)
    frame.delegate = null // if it waits at another, it will ask for it
    if (frame.below !== null) frame.below.delegate = frame
  }

  /** Push a new frame, which may be gone before the one below need know it. @internal */
  $put(frame: StackFrame): void {
    frame.below = this.$top
    frame.stack = this
    this.$top = frame
  }

  /** Take the top off, and give the frame below. @internal */
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
