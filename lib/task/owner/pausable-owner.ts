import { INSPECT } from '../../base/inspect.ts'
import type { Plain } from '../../base/plain.ts'
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

/** The loop of owners, as far as this file needs it. */
export interface OwnerLoop extends TickingLoop {
  createTask<T>(coroutine: Awaitable<T>, options: InnerTaskOptions): Task<T>
}

/** The part of an owner that can be paused. Its scripts stand still then, and so does their time. */
export abstract class PausableOwner {
  /** The clock of the scripts. */
  readonly clock: Clock
  /** The loop that the tasks of this owner run in. @internal */
  readonly $loop: OwnerLoop
  /** Is the clock that of the loop? */
  private readonly $isOfLoop: boolean
  /** The stage of its life: it can take tasks, it is being closed, or everything in it has ended. @internal */
  protected $stage: 'open' | 'closing' | 'closed' = 'open'
  /** Was `pause()` called on this owner itself? */
  private $isPaused = false
  /** How many owners are paused, of this one and all those around it. */
  private $pauses = 0
  /** When the pause began, by the clock, and for how long the owner had been paused before. Both in milliseconds. */
  private $heldSince = 0
  private $heldFor = 0
  /** Tasks that became ready, and timers that became due, during the pause. @internal */
  protected $held: Set<Runnable> | null = null
  /** The closing that ends this owner now, or one around it. @internal */
  protected $closing: Closing | null = null
  /** Tasks may not go into the loop's queue or run now. @internal */
  $isGated = false

  /** @internal */
  protected constructor(loop: OwnerLoop, clock: Clock) {
    this.$loop = loop
    this.clock = clock
    this.$isOfLoop = clock === loop.$clock
  }

  /** The time of the scripts, in milliseconds: the time of the clock, less the time of all pauses. Deadlines of scripts use it. */
  now(): number {
    const now = this.clock.now()
    return now - this.$heldUntil(now)
  }

  /** @internal */
  [INSPECT](): string { return this.toString() }

  abstract toString(): string

  /** Is this owner paused, or one that it belongs to? */
  get paused(): boolean { return this.$pauses > 0 }

  /**
   * Stop the scripts of this owner, and their time: a sleep with 30 ms left still has 30 ms left after the pause. What becomes
   * ready meanwhile runs after `resume()`. Pausing twice does nothing.
   */
  pause(): void {
    if (this.$isPaused || this.$stage === 'closed') return
    this.$change('pause', null, () => {
      this.$isPaused = true
      for (const owner of this.$allOwners()) owner.$hold()
    })
  }

  /** Let the scripts go on. */
  resume(): void {
    if (!this.$isPaused) return
    this.$change('resume', null, () => {
      this.$isPaused = false
      for (const owner of this.$allOwners().reverse()) owner.$letGo()
    })
  }

  /** All owners in this one, the latest first, and then this one. @internal */
  abstract $allOwners(): PausableOwner[]

  /** Make a change that a recording repeats when it comes from outside. @internal */
  protected $change(action: string, options: Plain, change: () => void): void {
    const { $border: border } = this.$loop
    if (border === null) change()
    else border.change(this, action, options, change)
  }

  // How the tasks wait for their turns. `OwnerLink` says what each of these does.

  /** @internal */
  $detain(task: Task): void {
    if (this.$closing === null) {
      (this.$held ??= new Set()).add(task)
      this.$loop.$onReady?.(task)
    } else {
      this.$closing.queue(task)
    }
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

  // How the tasks wait for a time.

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

  /** A timer of a paused owner is held. It is set again by `$letGo()`. @internal */
  $isDue(timer: OwnedTimer): boolean {
    if (this.$isGated && this.$closing === null) {
      (this.$held ??= new Set()).add(timer)
      return false
    }
    return timer.$heldBefore === this.$heldFor || this.$isDueNow(timer)
  }

  /**
   * The clock has reached the deadline of a timer. If the owner was paused meanwhile, the deadline moves by that time. @returns
   * whether the timer is due.
   */
  private $isDueNow(timer: OwnedTimer): boolean {
    timer.$deadline += this.$heldFor - timer.$heldBefore
    timer.$heldBefore = this.$heldFor
    if (timer.$deadline <= this.clock.now() + RESOLUTION) return true
    this.clock.$schedule(timer)
    return false
  }

  /** For how many milliseconds the owner has been paused, up to `now`. */
  private $heldUntil(now: number): number { return this.$heldFor + (this.$pauses > 0 ? now - this.$heldSince : 0) }

  // The owner is paused, and goes on.

  /** The owner begins inside of a parent, which may be paused. @internal */
  protected $pauseWith(parent: PausableOwner): void {
    this.$pauses = parent.$pauses
    this.$heldSince = this.clock.now()
    this.$setGate()
  }

  /** This owner is paused, or one that it belongs to. @internal */
  protected $hold(): void {
    if (this.$pauses++ === 0) this.$heldSince = this.clock.now()
    this.$setGate()
  }

  /** This owner goes on, or one that it belongs to. If none of them is paused any more, what was held goes on. @internal */
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
  protected $setClosing(closing: Closing | null): void {
    this.$closing = closing
    this.$setGate()
  }

  /** Find out anew whether tasks may go into the loop's queue and run. */
  private $setGate(): void { this.$isGated = this.$closing !== null || (this.$pauses > 0 && this.$stage === 'open') }
}
