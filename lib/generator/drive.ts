import { type Mode, RAISE, REQUESTED, SEND, type Signal, resumeTop } from './resume.ts'
import { DRIVEN, IDLE, type Stack } from './stack.ts'
import { ANSWER, registers, throwIfForgotten } from './registers.ts'
import { RESUME, type Request } from './request.ts'

/**
 * Drive a stack from plain code. The plain code does itself what the frames ask of their driver.
 * @returns why control left. `registers.value` has the value or the error, and the caller has to take it out.
 * @throws the error for a request that the calling code made before and never yielded.
 */
export function drive(stack: Stack, mode: Mode, value: unknown): Signal {
  throwIfForgotten()
  const outer = registers.stack
  registers.depth++
  registers.stack = stack
  stack.$state = DRIVEN
  try {
    for (;;) {
      const signal = resumeTop(stack, mode, value)
      if (signal !== REQUESTED) return signal
      try {
        ANSWER.value = (registers.value as Request).perform()
        mode = SEND
        value = RESUME
      } catch (error) {
        mode = RAISE
        value = error
      }
    }
  } finally {
    stack.$state = IDLE
    registers.stack = outer
    registers.depth--
    ANSWER.value = undefined
  }
}
