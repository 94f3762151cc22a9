import { current } from '../context/context.ts'
import { forgetTrail } from '../generator/fail.ts'
import { forgetValues, registers } from '../generator/registers.ts'
import { arrival } from './deliver.ts'
import { type Fiber, type FiberState, HOSTING } from './fiber.ts'
import { SWITCH } from './switch-request.ts'

/** What a drive of fibers has to put back when it ends. */
export interface Outside {
  readonly main: Fiber
  readonly state: FiberState
  readonly stack: unknown
}

/**
 * A drive of fibers begins. The plain code that makes it runs in `main`, which hosts the drive: control comes back there by
 * returning.
 */
export function enterDrive(main: Fiber): Outside {
  const outside = { main, state: main.$state, stack: registers.stack }
  main.$state = HOSTING
  registers.stack = null
  registers.depth++
  return outside
}

/** The drive has ended: `main` goes on. */
export function leaveDrive({ main, state, stack }: Outside): void {
  main.$state = state
  current.fiber = main
  registers.stack = stack
  registers.depth--
  forgetPassed()
}

/** Keep nothing alive that was passed on and has arrived. To be called when nothing is on its way. */
export function forgetPassed(): void {
  forgetValues()
  forgetTrail()
  SWITCH.forget()
  arrival.value = undefined
}
