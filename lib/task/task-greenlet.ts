import type { Context } from '../context/context.ts'
import type { Mode } from '../generator/resume.ts'
import type { StackFrame } from '../generator/stack.ts'
import { type Parcel, WAITING } from '../greenlet/fiber.ts'
import { Greenlet, mainGreenlet } from '../greenlet/greenlet.ts'
import type { LoopWaiter } from './waiter.ts'
import { BARE_YIELD } from './waits.ts'

/** A task, as far as its greenlet needs it. */
interface Ending extends LoopWaiter {
  /** The greenlet has ended. @returns what its parent gets. */
  $finish(mode: Mode, value: unknown): Parcel
}

/** The greenlet in which a task runs. Others may switch to it, and it may switch to others. Its parent is the main greenlet. */
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
  override $finish(mode: Mode, value: unknown): Parcel { return this.task.$finish(mode, value) }

  protected override $initialize(): void { this.$ancestor = mainGreenlet() }
}
