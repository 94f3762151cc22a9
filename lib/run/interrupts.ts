import { KeyboardInterrupt, isCancelled } from '../base/task-errors.ts'
import type { Future } from '../task/future.ts'
import { Task } from '../task/task.ts'

/** Ctrl-C while a program runs. The first one cancels the main task. A second one ends the program at once (rule 22). */
export class Interrupts {
  private count = 0

  constructor(private readonly main: Future) {}

  /** Ctrl-C was pressed. @throws KeyboardInterrupt when it is not the first time, or when the main task is done. */
  told(): void {
    if (++this.count > 1 || !this.main.cancel()) throw new KeyboardInterrupt()
  }

  /** Did the main task end with this error because of Ctrl-C? Then the request to end it is taken back. */
  claims(error: unknown): boolean {
    return this.count > 0 && isCancelled(error) && !(this.main instanceof Task && this.main.uncancel() > 0)
  }
}
