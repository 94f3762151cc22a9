import type { Clock } from '../../clock/clock.ts'
import type { Awaitable } from '../../generator/types.ts'
import type { ReadyQueue } from '../../loop/ready-queue.ts'
import type { Runnable } from '../../loop/runnable.ts'
import { RESOLUTION } from '../../loop/turning-loop.ts'
import type { TickingLoop } from '../../tick/ticking-loop.ts'
import type { OwnedTimer } from '../owner-link.ts'
import type { InnerTaskOptions } from '../task-options.ts'
import type { Task } from '../task.ts'
import { LATER, TURN } from '../waiter.ts'
import type { Closing } from './closing.ts'

/** The loop of owners, seen from below. */
export interface OwnerLoop extends TickingLoop {
  createTask<T>(coroutine: Awaitable<T>, options: InnerTaskOptions): Task<T>
}

/** What of an owner is paused: its scripts stand still, and their time does, too. */
export abstract class PausableOwner {
  /** The clock that its scripts go by. */
  readonly clock: Clock
  /** @internal */
  readonly $loop: OwnerLoop
  /** It goes by the clock of the loop. */
  private readonly $isOfLoop: boolean
  /** @internal */
  protected $stage: 'open' | 'closing' | 'closed' = 'open'
  /** How many of itself and those that it belongs to are paused. */
  private $pauses = 0
  /** When the pause began, by its clock, and for how long it was paused before. */
  private $heldSince = 0
  private $heldFor = 0
  /** What was ready, or due, while it was paused. @internal */
  protected $held: Set<Runnable> | null = null
  /** While its `close()` runs, or that of one that it belongs to. @internal */
  protected $closing: Closing | null = null
  /** @internal */
  $isGated = false

  /** @internal */
  protected constructor(loop: OwnerLoop, clock: Clock) {
    this.$loop = loop
    this.clock = clock
    this.$isOfLoop = clock === loop.$clock
  }

  /** What time it is for its scripts: that of its clock, less the time for which it was paused. Their deadlines are in it. */
  now(): number {
    const now = this.clock.now()
    return now - this.$heldUntil(now)
  }

  /** Is it paused, or one that it belongs to? */
  get paused(): boolean { return this.$pauses > 0 }

  // How its tasks wait for their turns.

  /** @internal */
  $detain(task: Task): void {
    if (this.$closing === null) (this.$held ??= new Set()).add(task)
    else this.$closing.queue(task)
  }

  /** @internal */
  $turnsAside(task: Task): boolean {
    if (this.$closing !== null) return false
    this.$detain(task)
    return true
  }

  /** @internal */
  $passTurn(task: Task): void {
    const { $loop: loop, clock, $isOfLoop: isOfLoop } = this
    task.$mode = TURN
    if (this.$isGated) {
      this.$detain(task)
      return
    }
    loop.$readyTasks++
    if (this.$stage === 'closing' || (loop.$later === null && (isOfLoop || !clock.$stands))) {
      loop.$enqueue(task)
      return
    }
    task.$mode = LATER
    if (isOfLoop) loop.$nextTurns.push(task)
    else clock.$addTurn(task)
  }

  /** @internal */
  $losesTurn(task: Task): boolean {
    if (this.$closing !== null) return this.$closing.unqueue(task)
    return this.$held?.delete(task) === true
  }

  /** @internal */
  get $frames(): ReadyQueue { return this.$isOfLoop ? this.$loop.$nextTurns : this.clock.$turns }

  // How its tasks wait for a time.

  /** @internal */
  $schedule(timer: OwnedTimer, when: number): void {
    const now = this.clock.now()
    timer.$heldBefore = this.$heldUntil(now)
    timer.$deadline = when + timer.$heldBefore
    this.clock.$schedule(timer)
  }

  /** @internal */
  $cancelTimer(timer: OwnedTimer): void {
    if (this.$held?.delete(timer) !== true) this.clock.$cancelTimer(timer)
  }

  /** @internal */
  $isDue(timer: OwnedTimer): boolean {
    if (this.$isGated && this.$closing === null) {
      (this.$held ??= new Set()).add(timer)
      return false
    }
    return timer.$heldBefore === this.$heldFor || this.$isDueNow(timer)
  }

  /** It was paused since the timer was set. */
  private $isDueNow(timer: OwnedTimer): boolean {
    timer.$deadline += this.$heldFor - timer.$heldBefore
    timer.$heldBefore = this.$heldFor
    if (timer.$deadline <= this.clock.now() + RESOLUTION) return true
    this.clock.$schedule(timer)
    return false
  }

  /** For how long it was paused. */
  private $heldUntil(now: number): number { return this.$heldFor + (this.$pauses > 0 ? now - this.$heldSince : 0) }

  // It is paused, and goes on.

  /** It belongs to one that may be paused. @internal */
  protected $pauseWith(parent: PausableOwner): void {
    this.$pauses = parent.$pauses
    this.$heldSince = this.clock.now()
    this.$setGate()
  }

  /** It, or one that it belongs to, is paused. @internal */
  protected $hold(): void {
    if (this.$pauses++ === 0) this.$heldSince = this.clock.now()
    this.$setGate()
  }

  /** Neither it is paused any more, nor one that it belongs to. @internal */
  protected $letGo(): void {
    if (this.$pauses === 1) this.$heldFor += this.clock.now() - this.$heldSince
    this.$pauses--
    this.$setGate()
    if (this.$isGated || this.$held === null) return
    const held = this.$held
    this.$held = null
    for (const item of held) {
      if ('$heldBefore' in item) this.$resumeTimer(item as OwnedTimer)
      else (item as Task).$queue()
    }
  }

  private $resumeTimer(timer: OwnedTimer): void { if (this.$isDueNow(timer)) this.$loop.$enqueue(timer) }

  /** @internal */
  protected $setGate(): void { this.$isGated = this.$closing !== null || (this.$pauses > 0 && this.$stage === 'open') }
}
