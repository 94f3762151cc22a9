import { current } from '../context/context.ts'
import { forgetTrail } from '../generator/fail.ts'
import { forgetValues, registers } from '../generator/registers.ts'
import { arrival } from './deliver.ts'
import { type Fiber, type FiberState, HOSTING } from './fiber.ts'
import { SWITCH } from './switch-request.ts'

/** The state before a drive of fibers, which is put back when the drive ends. */
export interface Outside {
  readonly main: Fiber
  readonly state: FiberState
  readonly stack: unknown
}

/**
 * A drive of fibers begins. The plain code that begins it runs in `main`. Control comes back to `main` when the drive
 * returns.
 */
export function enterDrive(main: Fiber): Outside {
  const outside = { main, state: main.$state, stack: registers.stack }
  main.$state = HOSTING
  registers.stack = null
  registers.depth++
  return outside
}

/** The drive has ended, and `main` goes on. */
export function leaveDrive({ main, state, stack }: Outside): void {
  main.$state = state
  current.fiber = main
  registers.stack = stack
  registers.depth--
  forgetPassed()
}

/** Forget values that have arrived, so that they are not kept alive. To be called when nothing is on its way. */
export function forgetPassed(): void {
  forgetValues()
  forgetTrail()
  SWITCH.forget()
  arrival.value = undefined
}
