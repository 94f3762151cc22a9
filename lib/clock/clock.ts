import { describe } from '../base/describe.ts'
import { ArgumentError, RuntimeError, ValueError } from '../base/errors.ts'
import { checkOptions } from '../base/options.ts'
import { ReadyQueue } from '../loop/ready-queue.ts'
import { NOWHERE, type Runnable, type Timer } from '../loop/runnable.ts'
import { Timers } from '../loop/timers.ts'
import { type ClockLoop, currentRoot } from './root.ts'

export interface ClockOptions {
  /** The clock that it goes by; `loop.clock` of the current loop by default. */
  readonly parent?: Clock
  /** How fast it goes: `0.5` is half as fast as its parent. */
  readonly scale?: number
  /** Does it stand still at first? */
  readonly paused?: boolean
  /** It goes in steps of so many milliseconds, as a simulation of physics does. */
  readonly step?: number
  /** How many steps it makes in one tick or frame at most; what is left of the time is lost. */
  readonly maxSteps?: number
}

const CLOCK = { call: 'loop.clock.child({ scale: 0.5 })', names: ['parent', 'scale', 'paused', 'step', 'maxSteps'] }

/**
 * A clock for the scripts of an owner: `loop.owner('enemies', { clock: loop.clock.child({ scale: 0.5 }) })`. Their sleeps, time
 * limits and deadlines go by it. It may be slowed down and stopped at any time, and what waits for it is neither lost nor early.
 *
 * Who waits for a clock stands in a heap of its own; the clock waits in the heap of its parent for the first of them. So no
 * clock is ever asked whether something is due.
 */
export class Clock {
  /** @internal */
  readonly $loop: ClockLoop
  /** The clock that it goes by; `null` for that of the loop. */
  readonly parent: Clock | null
  /** When, in the time of its parent, the first of those is due that wait for it. @internal */
  $deadline = Infinity
  /** @internal */
  $slot = NOWHERE
  /** @internal */
  protected $timers: Timers | null = null
  /** Who waits for its next frame, or step. @internal */
  readonly $turns = new ReadyQueue()
  /** Its time, at `$then` in the time of its parent. */
  private $own = 0
  private $then: number
  private $speed: number
  private $stopped: boolean
  private readonly $step: number | null
  private readonly $maxSteps: number
  /** Steps that were made since `$own`. */
  private $steps = 0
  /** Of one that goes in steps: time that was not enough for a step when its speed changed. */
  private $rest = 0

  /** @throws ValueError for a scale or a step that is not positive; RuntimeError when there is no loop, and no parent is given. */
  constructor(options: ClockOptions = {}) {
    checkOptions(options, CLOCK)
    const { scale = 1, paused = false, step, maxSteps = Infinity } = options
    const parent: unknown = options.parent === undefined ? currentRoot() : options.parent
    if (parent !== null && !(parent instanceof Clock)) {
      throw new ArgumentError(`a clock goes by a Clock, not ${describe(parent)}. Write loop.clock.child({ scale: 0.5 })`, 'NOT_A_CLOCK')
    }
    this.parent = parent
    this.$loop = (parent === null ? null : parent.$loop) as ClockLoop
    this.$speed = checkedScale(scale)
    this.$stopped = paused
    this.$step = step === undefined ? null : checkedStep('step', step)
    this.$maxSteps = checkedStep('maxSteps', maxSteps)
    this.$then = this.parent?.now() ?? 0
    if (this.$step !== null) this.$loop.$stepping.push(this)
  }

  /** What time it is here, in milliseconds since the clock was made. */
  now(): number {
    if (this.$step !== null) return this.$own + this.$steps * this.$step
    return this.$stopped ? this.$own : this.$own + ((this.parent as Clock).now() - this.$then) * this.$speed
  }

  /** How fast it goes. */
  get scale(): number { return this.$speed }

  set scale(scale: number) {
    this.$change(checkedScale(scale), this.$stopped)
  }

  /** Does it stand still? Who waits for it, for frames too, goes on waiting. */
  get paused(): boolean { return this.$stopped }

  set paused(paused: boolean) {
    if (paused !== this.$stopped) this.$change(this.$speed, paused)
  }

  /** A clock that goes by this one. */
  child(options: Omit<ClockOptions, 'parent'> = {}): Clock { return new Clock({ ...options, parent: this }) }

  toString(): string { return `<Clock ${this.now()}${this.$stopped ? ' paused' : ''}>` }

  // Who waits for it.

  /** Does it go in steps? @internal */
  get $hasSteps(): boolean { return this.$step !== null }

  /** Does it, or a clock that it goes by, stand still? @internal */
  get $stands(): boolean { return this.$stopped || this.parent?.$stands === true }

  /** Let a timer run when it is `timer.$deadline` here. @internal */
  $schedule(timer: Timer): void {
    this.$timers ??= new Timers()
    this.$timers.push(timer)
    this.$reschedule()
  }

  /** @internal */
  $cancelTimer(timer: Timer): void {
    this.$timers?.remove(timer)
    this.$reschedule()
  }

  /** Somebody waits for its next frame. @internal */
  $addTurn(item: Runnable): void {
    this.$turns.push(item)
    this.$loop.$turning.add(this)
  }

  /** The parent's time has come to `$deadline`: the first who waits is due. @internal */
  $release(ready: { push(item: Runnable): void }): void {
    if (this.$step !== null) return // the loop is awake, and makes the steps, which is when it waits again
    this.$pass((this.$timers as Timers).next as number, ready)
    this.$reschedule()
  }

  /** How many steps it is to make by now. The time for more than `maxSteps` is lost. @internal */
  $stepsDue(): number {
    if (this.$stopped) return 0
    const step = this.$step as number
    const parentNow = (this.parent as Clock).now()
    const due = Math.floor((parentNow - this.$then) * this.$speed / step + NEARLY)
    if (due <= this.$maxSteps) {
      this.$then += due * step / this.$speed
      if (due === 0 && this.$slot === NOWHERE) this.$reschedule()
      return due
    }
    this.$then = parentNow
    return this.$maxSteps
  }

  /** Make a step. What is due then becomes ready. @internal */
  $makeStep(ready: ReadyQueue): void {
    this.$steps++
    const now = this.now() + NEARLY
    for (let next = this.$timers?.next ?? null; next !== null && next <= now; next = (this.$timers as Timers).next) this.$pass(next, ready)
    this.$reschedule()
  }

  /** The first timer is due. */
  private $pass(now: number, ready: { push(item: Runnable): void }): void {
    const due = (this.$timers as Timers).takeDue(now) as Timer
    if (due.$release === undefined) ready.push(due)
    else due.$release(ready)
  }

  /** Its speed changes. Time up to now counts as it was. */
  private $change(speed: number, stopped: boolean): void {
    const parentNow = (this.parent as Clock).now()
    if (this.$step === null) this.$own = this.now()
    else if (!this.$stopped) this.$rest = (parentNow - this.$then) * this.$speed
    this.$speed = speed
    this.$stopped = stopped
    this.$then = parentNow - this.$rest / speed
    this.$reschedule()
  }

  /** Its first deadline may be another one: wait for that in the heap of the parent. */
  private $reschedule(): void {
    const parent = this.parent as Clock
    const next = this.$stopped ? null : this.$timers?.next ?? null
    const deadline = next === null ? Infinity : this.$parentTimeOf(next)
    if (deadline === this.$deadline && (this.$slot !== NOWHERE || deadline === Infinity)) return
    parent.$cancelTimer(this)
    this.$deadline = deadline
    if (deadline !== Infinity) parent.$schedule(this)
  }

  private $parentTimeOf(local: number): number {
    const step = this.$step
    if (step === null) return this.$then + (local - this.$own) / this.$speed
    return this.$then + Math.ceil((local - this.now()) / step - NEARLY) * step / this.$speed
  }
}

/** Sums of fractions are not exact. */
const NEARLY = 1e-6

function checkedScale(scale: unknown): number {
  if (typeof scale === 'number' && scale > 0 && scale < Infinity) return scale
  throw new ValueError(`the scale of a clock is a positive number, not ${describe(scale)}. To stop it, write clock.paused = true`,
    { code: 'NOT_A_SCALE' })
}

function checkedStep(name: string, value: unknown): number {
  if (typeof value === 'number' && value > 0) return value
  throw new ValueError(`the ${name} of a clock is a positive number, not ${describe(value)}`, { code: 'NOT_A_STEP' })
}

/** The clock of a loop. It is as fast as the time that the host tells. */
export class RootClock extends Clock {
  constructor(loop: ClockLoop) {
    super({ parent: null as unknown as Clock })
    ;(this as { $loop: ClockLoop }).$loop = loop
  }

  override now(): number { return this.$loop.time() }

  override get scale(): number { return 1 }

  override set scale(_scale: number) { throw ofTheLoop() }

  override get paused(): boolean { return false }

  override set paused(_paused: boolean) { throw ofTheLoop() }

  override $schedule(timer: Timer): void { this.$loop.$schedule(timer) }

  override $cancelTimer(timer: Timer): void { this.$loop.$cancelTimer(timer) }
}

function ofTheLoop(): Error {
  return new RuntimeError('the clock of a loop goes as its host does. Write loop.clock.child({ scale: 0.5 }) and give that to an owner',
    { code: 'CLOCK_OF_THE_LOOP' })
}
