import type { Clock } from '../clock/clock.ts'
import { Loop } from '../loop/loop.ts'
import { NOBODY, type ReadyQueue } from '../loop/ready-queue.ts'
import type { Meter } from './meter.ts'

/**
 * The part of a loop that runs ticks and frames, within their limits.
 *
 * A tick is one turn of the loop. A frame is as many turns as it takes until nothing is ready. Whoever waits at a `yield`, a
 * `sleep(0)` or a `nextFrame()` waits for the next frame, in a queue of its own.
 */
export abstract class FramingLoop extends Loop {
  /** The clocks that go in steps. @internal */
  readonly $stepping: Clock[] = []
  /** The clocks for whose next frame something waits. @internal */
  readonly $turning = new Set<Clock>()

  /** A turn begins. What waits for the next frame becomes ready, and clocks make their steps. @internal */
  protected $gather(): void {
    if (this.$stepping.length > 0) {
      for (const clock of this.$stepping) {
        for (let steps = clock.$stepsDue(); steps > 0; steps--) clock.$makeStep(this.$ready)
      }
    }
    if (this.$nextTurns.size > 0) this.$release(this.$nextTurns)
    for (const clock of Array.from(this.$turning)) this.$releaseClock(clock)
  }

  /** Run one turn: everything that is ready. @internal */
  protected $runTick(meter: Meter): void {
    meter.begin()
    this.$gather()
    this.$runTurnWithin(meter)
  }

  /** First runs what was ready before the frame, then the steps of clocks, then what waited for the frame. @internal */
  protected $runFrame(meter: Meter, isNew: boolean): void {
    meter.begin()
    this.$later = this.$nextTurns
    const waiting = isNew ? this.$nextTurns.size : 0
    const others = isNew ? Array.from(this.$turning).filter(clock => !clock.$hasSteps).map(clock => ({ clock, count: clock.$turns.size })) : []
    if (this.$stepping.length > 0) this.$runSteps(meter)
    const before = this.$ready.size
    const isStraight = waiting > 0 && this.$runsStraight(meter)
    if (!isStraight) this.$release(this.$nextTurns, waiting)
    for (const { clock, count } of others) this.$releaseClock(clock, count)
    if (isStraight) this.$runStraight(meter, before, waiting)
    else this.$runTurnWithin(meter)
    this.$runWhileReady(meter)
  }

  /**
   * May those that wait for the frame have their turns where they are, in their own queue? They must go into the queue of what is
   * ready when its order is arranged, when the turn may be cut short, and when some of them were taken out.
   */
  private $runsStraight(meter: Meter): boolean {
    return meter.isFree && this.$isInOrder && !this.$debug && !this.$nextTurns.passesOver
  }

  /** A turn in which those that wait for the frame stay in their queue. They come after what was ready before, and before the timers. */
  private $runStraight(meter: Meter, before: number, waiting: number): void {
    meter.turns++
    this.$beginTurn()
    const after = this.$ready.size - before
    this.$giveTurns(before, meter)
    this.$giveFrameTurns(waiting, meter)
    this.$giveTurns(after, meter)
  }

  private $runSteps(meter: Meter): void {
    if (this.$ready.size > 0) this.$runUntilQuiet(meter)
    for (const clock of this.$stepping) {
      for (let steps = clock.$stepsDue(); steps > 0 && !meter.isSpent; steps--) {
        clock.$makeStep(this.$ready)
        this.$releaseClock(clock)
        this.$runUntilQuiet(meter)
      }
    }
  }

  private $runUntilQuiet(meter: Meter): void {
    this.$runTurnWithin(meter)
    this.$runWhileReady(meter)
  }

  private $runWhileReady(meter: Meter): void {
    while (this.$ready.size > 0 && !meter.isSpent) this.$runTurnWithin(meter)
  }

  private $runTurnWithin(meter: Meter): void {
    meter.turns++
    this.$beginTurn()
    if (this.$ready.size === 0) {
      if (this.$unread.size > 0) this.$lookAtUnread()
      this.$tellOfQuiet()
    }
    this.$arrange()
    const { $ready: ready } = this
    if (meter.isFree && !this.$debug) {
      this.$giveTurns(ready.size, meter)
      return
    }
    const [start, before] = [this.$debug ? this.$host.now() : 0, meter.ran]
    let left = ready.size
    for (; left > 0 && !meter.isFull; left--) {
      this.$runNext()
      meter.count(left > 1, ready)
    }
    if (this.$debug) this.$reportSlowTurn(start, meter.ran - before)
    this.$priorities?.leave(ready, left)
  }

  /** Give a turn to the first `count` of what is ready. */
  private $giveTurns(count: number, meter: Meter): void {
    const { $ready: ready } = this
    for (; count > 0; count--) {
      meter.ran++
      ready.shift().$run()
    }
  }

  /** Give a turn to the first `count` that wait for the frame. @internal */
  protected abstract $giveFrameTurns(count: number, meter: Meter): void

  /** Make the first `count` items that wait for a frame ready. */
  private $release(turns: ReadyQueue, count = turns.size): void {
    for (; count > 0; count--) {
      const item = turns.shift()
      if (item === NOBODY) continue
      ;(item as { $run(): void; $itsTurn?(): void }).$itsTurn?.()
      this.$ready.push(item)
    }
  }

  private $releaseClock(clock: Clock, count = clock.$turns.size): void {
    if (clock.$stands) return
    if (count === clock.$turns.size) this.$turning.delete(clock)
    this.$release(clock.$turns, count)
  }
}
