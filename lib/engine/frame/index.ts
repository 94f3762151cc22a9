/**
 * The door `yieldfrom/engine/frame`: a loop that runs once per frame, with a function that calls back once per frame, such as
 * `requestAnimationFrame`.
 * @module
 */
import { checkedFunction, checkedNumber, checkedParts } from '../../base/checked.ts'
import { type FrameSettings, type FramedLoop, checkedSettings, makeFrame } from '../make-frame.ts'

export type { FrameSettings, FramedLoop }

/** Calls a function once, at the next frame, with the time in milliseconds, as `requestAnimationFrame` does. */
export type RequestFrame = (callback: (now: number) => void) => number

/** The options of `attachToFrames()`. Without `errors` and `onFrame`, the loop's exception handler gets the errors of scripts, and logs them. */
export interface AttachOptions extends FrameSettings {
  /**
   * The longest time that one frame counts for, in milliseconds; 100 by default. So after a pause of the page the scripts do not
   * catch up.
   */
  readonly longest?: number
}

/**
 * Let a loop run once in each frame: `attachToFrames(loop, requestAnimationFrame)`. The time of the scripts is the time of the
 * frames.
 * @returns a function that ends this. It ends by itself when the loop is closed.
 */
export function attachToFrames(loop: FramedLoop, requestFrame: RequestFrame, options: AttachOptions = {}): () => void {
  checkedParts('attachToFrames()', 'an event loop', loop, 'frame()', 'isClosed()', 'callExceptionHandler()')
  checkedFunction('attachToFrames()', requestFrame)
  const { longest = 100, ...settings } = checkedSettings('attachToFrames(loop, requestAnimationFrame, { longest: 100 })', options, 'longest')
  checkedNumber('attachToFrames({ longest })', longest)
  let last: number | null = null
  let isAttached = true
  const onNextFrame = (now: number): void => {
    if (!isAttached || loop.isClosed()) return
    requestFrame(onNextFrame) // this comes first, so that an error in this frame does not end the game
    const dt = last === null ? 0 : Math.min(Math.max(now - last, 0), longest)
    last = now
    makeFrame(loop, dt, settings)
  }
  requestFrame(onNextFrame)
  return () => { isAttached = false }
}
