import { describe } from '../base/describe.ts'
import { ArgumentError, RuntimeError } from '../base/errors.ts'
import { INSPECT } from '../base/inspect.ts'
import { CancelledError } from '../base/task-errors.ts'
import type { Coroutine } from '../generator/types.ts'
import type { ContextManager } from '../scope/use.ts'
import { Event } from '../sync/event.ts'

/**
 * Makes tasks do their parts in an order that a spec decides (trio's `Sequencer`):
 * `yield* use(sequencer.at(0), function* () {...})`. A task waits at its position until the position before it is over.
 */
export class Sequencer {
  private readonly $turns = new Map<number, Event>()
  private readonly $taken = new Set<number>()
  private $broken = false

  /**
   * @param position a whole number, 0 or more. Each can be used once.
   * @returns a manager for `use()`. It throws a RuntimeError when the position was used already, or when a task was cancelled
   * while it waited.
   * @throws TypeError when `position` is not such a number.
   */
  at(position: number): ContextManager<void> {
    if (!Number.isInteger(position) || position < 0) {
      throw new ArgumentError(`at() takes a whole number, 0 or more, not ${describe(position)}`, 'NOT_A_POSITION')
    }
    return {
      enter: () => this.$enter(position),
      exit: () => this.$exit(position),
    }
  }

  /** @returns which places were taken, in words. */
  toString(): string { return `<Sequencer ${this.$broken ? 'broken, ' : ''}taken=${this.$taken.size}>` }

  /** @internal */
  [INSPECT](): string { return this.toString() }

  private *$enter(position: number): Coroutine<void> {
    if (this.$taken.has(position)) {
      throw new RuntimeError(`attempted to reuse sequence point ${position}`, { code: 'SEQUENCE_POINT_REUSED' })
    }
    this.$taken.add(position)
    this.$refuseIfBroken()
    if (position === 0) return
    try {
      yield* this.$turn(position).wait()
    } catch (error) {
      if (!(error instanceof CancelledError)) throw error
      this.$broken = true
      for (const turn of this.$turns.values()) turn.set()
      throw new RuntimeError('Sequencer wait cancelled: sequence broken', { code: 'SEQUENCE_BROKEN', cause: error })
    }
    this.$refuseIfBroken()
  }

  private $refuseIfBroken(): void {
    if (this.$broken) throw new RuntimeError('sequence broken!', { code: 'SEQUENCE_BROKEN' })
  }

  private *$exit(position: number): Coroutine<void> { this.$turn(position + 1).set() }

  private $turn(position: number): Event {
    let turn = this.$turns.get(position)
    if (turn === undefined) this.$turns.set(position, turn = new Event())
    return turn
  }
}
