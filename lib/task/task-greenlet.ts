import type { Frame, Mode } from '../generator/frames.ts'
import { type Fiber, type Parcel, WAITING } from '../greenlet/fiber.ts'
import { Greenlet, getCurrent } from '../greenlet/greenlet.ts'
import { BARE_YIELD, type Strand } from './strand.ts'

/** Who is told what a greenlet ends with. */
interface Ending extends Strand {
  /** @returns what the parent of the greenlet gets. */
  finish(mode: Mode, value: unknown): Parcel
}

/** The greenlet that a task runs in. Others may switch to it, and it to them; its parent is the main greenlet. */
export class TaskGreenlet extends Greenlet {
  constructor(private readonly task: Ending, frame: Frame) {
    super()
    this.push(frame)
    this.busy = true
    this.state = WAITING
    this.waitingFor = BARE_YIELD
    this.waker = task
  }

  /** @internal */
  override end(mode: Mode, value: unknown): Parcel { return this.task.finish(mode, value) }

  protected override adopt(): void {
    let root: Fiber = getCurrent()
    while (root.ancestor !== null) root = root.ancestor
    this.ancestor = root
  }
}
