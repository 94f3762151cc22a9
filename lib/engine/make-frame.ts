import { checkedFunction, checkedParts } from '../base/checked.ts'
import { checkOptions, functionOf } from '../base/options.ts'
import type { ExceptionContext } from '../loop/exception-context.ts'
import type { Owner } from '../task/owner/owner.ts'
import { type FrameOptions, type TickReport, checkedLimits } from '../tick/tick-report.ts'

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

const SETTINGS = ['budget', 'cost', 'maxCallbacks', 'maxTurns', 'errors', 'onFrame']

/**
 * Check the settings of the frames where they are given: the first frame comes later, in a callback of the engine.
 * @param call the call as it should be. @param more the options that are not those of every frame.
 * @throws TypeError when an option does not exist, or is no function.
 */
export function checkedSettings<S extends FrameSettings>(call: string, settings: S, ...more: readonly string[]): S {
  checkOptions(settings, { call, names: [...SETTINGS, ...more] })
  const { budget, maxCallbacks, maxTurns, errors } = settings
  checkedLimits('frame', given({ budget, maxCallbacks, maxTurns, errors }), () => 0)
  if (settings.cost !== undefined) checkedFunction(`${functionOf(call)}, for cost,`, settings.cost)
  if (settings.onFrame !== undefined) checkedFunction(`${functionOf(call)}, for onFrame,`, settings.onFrame)
  return settings
}

/** The options that were given. */
function given(options: { [K in keyof FrameOptions]: FrameOptions[K] | undefined }): FrameOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
}

/** @throws TypeError when it is not an owner. */
export function checkedOwner(what: string, owner: Owner): Owner { return checkedParts(what, 'an owner', owner, 'owner()', 'onClose()') }

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
