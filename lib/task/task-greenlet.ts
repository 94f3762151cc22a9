import type { Context } from '../context/context.ts'
import { type Mode, THROW } from '../generator/resume.ts'
import type { StackFrame } from '../generator/stack.ts'
import { type Parcel, WAITING } from '../greenlet/fiber.ts'
import { Greenlet, mainGreenlet } from '../greenlet/greenlet.ts'
import type { LoopWaiter } from './waiter.ts'
import { BARE_YIELD } from './waits.ts'

/** Who is told what a greenlet ends with. */
interface Ending extends LoopWaiter {
  /** @returns what the parent of the greenlet gets. */
  $finish(mode: Mode, value: unknown): Parcel
}

/** The greenlet that a task runs in. Others may switch to it, and it to them; its parent is the main greenlet. */
export class TaskGreenlet extends Greenlet {
  constructor(private readonly task: Ending, frame: StackFrame, context: Context | null) {
    super()
    this.$top = frame
    frame.stack = this
    this.$state = WAITING
    this.$parkedAt = BARE_YIELD
    this.$waiter = task
    this.$context = context
  }

  /** @internal */
  override $finish(mode: Mode, value: unknown): Parcel {
    try {
      return this.task.$finish(mode, value)
    } catch (error) {
      return this.task.$finish(THROW, error) // what was thrown cannot be looked at, a revoked proxy for one
    }
  }

  protected override $initialize(): void { this.$ancestor = mainGreenlet() }
}
