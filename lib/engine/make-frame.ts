import type { ExceptionContext } from '../loop/exception-context.ts'
import type { Owner } from '../task/owner/owner.ts'
import type { FrameOptions, TickReport } from '../tick/tick-report.ts'

/** A loop, as far as an adapter needs it. */
export interface FramedLoop {
  /** Make one frame. @returns what happened in it. */
  frame(options?: FrameOptions): TickReport
  /** @returns whether the loop is closed: then no more frames are made. */
  isClosed(): boolean
  /** Report an error that no script has caught. */
  callExceptionHandler(context: ExceptionContext): void
}

/** The limits of each frame, what happens to errors of scripts, and who hears of each frame. */
export interface FrameSettings extends Omit<FrameOptions, 'now' | 'dt'> {
  /** Is called after each frame, with its report. The report has the errors of scripts, so then only this takes care of them. */
  readonly onFrame?: (report: TickReport) => void
}

/** @returns a function that gives errors of scripts to the loop's exception handler, which logs them. */
export function reporting(loop: Pick<FramedLoop, 'callExceptionHandler'>): (error: unknown, task: object) => void {
  return (exception, task) => { loop.callExceptionHandler({ message: 'a script has failed', exception, task }) }
}

/** Make a frame. Errors of scripts that neither `errors` nor `onFrame` takes go to the loop's exception handler, which logs them. */
export function makeFrame(loop: FramedLoop, dt: number, { onFrame, ...options }: FrameSettings): void {
  const made = loop.frame({ ...onFrame === undefined && { errors: reporting(loop) }, ...options, dt })
  onFrame?.(made)
}

/**
 * Close an owner in a callback of the engine. What its cleanup fails with must not reach the engine: it goes to `onError` of the
 * owner, or else to the loop's exception handler.
 */
export function closeInCallback(owner: Owner): void {
  try {
    owner.close()
  } catch (exception) {
    owner.$loop.callExceptionHandler({ message: `closing ${owner.toString()} has failed`, exception })
  }
}
