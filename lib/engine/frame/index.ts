/**
 * The door `yieldfrom/engine/frame`: a loop that takes its frames from whoever calls once per frame, `requestAnimationFrame` for
 * one.
 */
import type { FrameOptions, TickReport } from '../../tick/tick-report.ts'

/** A loop, as far as these adapters use it. */
export interface FramedLoop {
  frame(options?: FrameOptions): TickReport
  isClosed(): boolean
}

/** Calls a function once, when the next frame is to be made, with the time in milliseconds: `requestAnimationFrame`. */
export type RequestFrame = (callback: (now: number) => void) => number

export interface AttachOptions extends Omit<FrameOptions, 'now' | 'dt'> {
  /** No frame counts for more than so many milliseconds, 100 by default: after a pause of the page the scripts do not catch up. */
  readonly longest?: number
  /** Is called after each frame. */
  readonly onFrame?: (report: TickReport) => void
}

/**
 * Let a loop run once in each frame: `attachToFrames(loop, requestAnimationFrame)`. The time of the scripts is that of the frames.
 * @returns a function that ends it. A loop that is closed ends it, too.
 */
export function attachToFrames(loop: FramedLoop, requestFrame: RequestFrame, options: AttachOptions = {}): () => void {
  const { longest = 100, onFrame, ...limits } = options
  let last: number | null = null
  let isAttached = true
  const onNextFrame = (now: number): void => {
    if (!isAttached || loop.isClosed()) return
    requestFrame(onNextFrame) // first, so that an error of this frame does not end the game
    const dt = last === null ? 0 : Math.min(Math.max(now - last, 0), longest)
    last = now
    const report = loop.frame({ ...limits, dt })
    onFrame?.(report)
  }
  requestFrame(onNextFrame)
  return () => { isAttached = false }
}
