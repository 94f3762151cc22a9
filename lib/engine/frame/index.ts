/**
 * The door `yieldfrom/engine/frame`: a loop that runs once per frame, with a function that calls back once per frame, such as
 * `requestAnimationFrame`.
 * @module
 */
import type { FrameOptions, TickReport } from '../../tick/tick-report.ts'

/** A loop, as far as this door needs it. */
export interface FramedLoop {
  /** Make one frame. @returns what happened in it. */
  frame(options?: FrameOptions): TickReport
  /** @returns whether the loop is closed: then no more frames are made. */
  isClosed(): boolean
}

/** Calls a function once, at the next frame, with the time in milliseconds, as `requestAnimationFrame` does. */
export type RequestFrame = (callback: (now: number) => void) => number

/** The options of `attachToFrames()`, and the limits of its frames. */
export interface AttachOptions extends Omit<FrameOptions, 'now' | 'dt'> {
  /**
   * The longest time that one frame counts for, in milliseconds; 100 by default. So after a pause of the page the scripts do not
   * catch up.
   */
  readonly longest?: number
  /** Is called after each frame. */
  readonly onFrame?: (report: TickReport) => void
}

/**
 * Let a loop run once in each frame: `attachToFrames(loop, requestAnimationFrame)`. The time of the scripts is the time of the
 * frames.
 * @returns a function that ends this. It ends by itself when the loop is closed.
 */
export function attachToFrames(loop: FramedLoop, requestFrame: RequestFrame, options: AttachOptions = {}): () => void {
  const { longest = 100, onFrame, ...limits } = options
  let last: number | null = null
  let isAttached = true
  const onNextFrame = (now: number): void => {
    if (!isAttached || loop.isClosed()) return
    requestFrame(onNextFrame) // this comes first, so that an error in this frame does not end the game
    const dt = last === null ? 0 : Math.min(Math.max(now - last, 0), longest)
    last = now
    const report = loop.frame({ ...limits, dt })
    onFrame?.(report)
  }
  requestFrame(onNextFrame)
  return () => { isAttached = false }
}
