import type { Loop } from '../loop/loop.ts'
import { running } from '../loop/loop.ts'
import type { Timer } from '../loop/runnable.ts'

/** A loop, as far as its clocks need it. */
export interface ClockLoop extends Loop {
  /** The clocks that go in steps. */
  readonly $stepping: object[]
  /** The clocks for whose next frame something waits. */
  readonly $turning: Set<object>
  $schedule(timer: Timer): void
  $cancelTimer(timer: Timer): void
}

/** The clock of the current loop; `null` when there is none. */
export function currentRoot(): object | null {
  return ((running.loop ?? running.chosen) as (Loop & { readonly $clock: object }) | null)?.$clock ?? null
}
