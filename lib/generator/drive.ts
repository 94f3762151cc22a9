import { REQUESTED, type Mode, RAISE, SEND, type Signal } from './control.ts'
import { run } from './machine.ts'
import { DRIVEN, IDLE, type Stack } from './stack.ts'
import { ANSWER, RESUME, type Request, throwIfForgotten, registers } from './trap.ts'

/**
 * Drive a stack from plain code, which does itself what the frames ask of their driver.
 * @throws whatever was forgotten before: the slip belongs to the code that calls.
 */
export function drive(stack: Stack, mode: Mode, value: unknown): Signal {
  throwIfForgotten()
  const outer = registers.stack
  registers.depth++
  registers.stack = stack
  stack.$state = DRIVEN
  try {
    for (;;) {
      const signal = run(stack, mode, value)
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
  }
}
