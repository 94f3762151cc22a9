import { describe } from '../base/describe.ts'
import { ArgumentError, RuntimeError, ValueError } from '../base/errors.ts'
import { INSPECT } from '../base/inspect.ts'
import { checkOptions } from '../base/options.ts'
import { ReadyQueue } from '../loop/ready-queue.ts'
import { NOWHERE, type Runnable, type Timer } from '../loop/runnable.ts'
import { Timers } from '../loop/timers.ts'
import { type ClockLoop, currentRoot } from './root.ts'

/** The options of `new Clock()` and `clock.child()`. */
export interface ClockOptions {
  /** The clock that this one follows. The default is the clock of the current loop; outside of a loop, that of the first owner that gets this clock. */
  readonly parent?: Clock
  /** How fast the clock goes: `0.5` is half as fast as its parent. The default is 1. */
  readonly scale?: number
  /** Does the clock stand still at first? */
  readonly paused?: boolean
  /** The clock goes in steps of this many milliseconds, as simulations of physics do. */
  readonly step?: number
  /** How many steps the clock may make in one tick or frame. If the time was long enough for more, they are left out. */
  readonly maxSteps?: number
}

const CLOCK = { call: 'loop.clock.child({ scale: 0.5 })', names: ['parent', 'scale', 'paused', 'step', 'maxSteps'] }

/**
 * A clock for the scripts of an owner: `loop.owner('enemies', { clock: loop.clock.child({ scale: 0.5 }) })`. Their sleeps, time
 * limits and deadlines follow it. It may be slowed down and stopped at any time. What waits for it is neither lost nor early.
 *
 * Timers of a clock are in a heap of that clock. The clock itself is a timer in the heap of its parent, for the first of them. So
 * no clock is ever asked whether something is due.
 */
export class Clock {
  /** The loop in which the clock goes; `null` while no owner has got it. @internal */
  readonly $loop: ClockLoop | null
  /** The clock that this one follows; `null` for the clock of a loop, and for a clock that no owner has got yet. */
  readonly parent: Clock | null
  /** The time of the parent when the first timer of this clock is due. @internal */
  $deadline = Infinity
  /** The slot of this clock among the timers of its parent. @internal */
  $slot = NOWHERE
  /** The timers that follow this clock; `null` while there were none yet. @internal */
  protected $timers: Timers | null = null
  /** What waits for the next frame or step of this clock. @internal */
  readonly $turns = new ReadyQueue()
  /** The time of this clock when the time of the parent was `$then`. */
  private $own = 0
  private $then: number
  private $speed: number
  private $stopped: boolean
  private readonly $step: number | null
  private readonly $maxSteps: number
  /** How many steps were made since `$own`. */
  private $steps = 0
  /** For a clock with steps: time that was not enough for a step when the speed changed. */
  private $rest = 0

  /** @throws ValueError when the scale or the step is not positive. */
  constructor(options: ClockOptions = {}) {
    checkOptions(options, CLOCK)
    const { scale = 1, paused = false, step, maxSteps = Infinity } = options
    const parent: unknown = options.parent === undefined ? currentRoot() : options.parent
    if (parent !== null && !(parent instanceof Clock)) {
      throw new ArgumentError(`the parent of a clock is a Clock, not ${describe(parent)}. Write loop.clock.child({ scale: 0.5 })`, 'NOT_A_CLOCK')
    }
    this.parent = parent
    this.$loop = parent?.$loop ?? null
    this.$speed = checkedScale(scale)
    this.$stopped = paused
    this.$step = step === undefined ? null : checkedStep('step', step, Number.MAX_VALUE)
    this.$maxSteps = checkedStep('maxSteps', maxSteps, Infinity)
    this.$then = this.$parentNow
    if (this.$step !== null) this.$loop?.$stepping.push(this)
  }

  /** The clock is given to an owner. If it belongs to no loop yet, it follows the clock of this one. @internal */
  $follow(root: Clock): void {
    if (this.$loop !== null) return
    const unbound = this as { parent: Clock | null; $loop: ClockLoop | null }
    if (this.parent === null) {
      unbound.parent = root
      this.$then = root.now()
    } else {
      this.parent.$follow(root)
    }
    const loop = unbound.$loop = root.$loop as ClockLoop
    if (this.$step !== null) loop.$stepping.push(this)
  }

  /** The time of this clock, in milliseconds since it was made. */
  now(): number {
    if (this.$step !== null) return this.$own + this.$steps * this.$step
    return this.$stopped ? this.$own : this.$own + (this.$parentNow - this.$then) * this.$speed
  }

  /** The time of the parent. For a clock that belongs to no loop yet, it stands still. */
  private get $parentNow(): number { return this.parent?.now() ?? 0 }

  /** How fast the clock goes, compared with its parent. It can be set. @throws ValueError when it is not positive. */
  get scale(): number { return this.$speed }

  set scale(scale: number) {
    this.$change(checkedScale(scale), this.$stopped)
  }

  /** Does the clock stand still? It can be set. What waits for the clock, also for its frames, waits on. */
  get paused(): boolean { return this.$stopped }

  set paused(paused: boolean) {
    if (paused !== this.$stopped) this.$change(this.$speed, paused)
  }

  /** Make a clock that follows this one. */
  child(options: Omit<ClockOptions, 'parent'> = {}): Clock {
    checkOptions(options, CLOCK)
    return new Clock({ ...options, parent: this })
  }

  /** @internal */
  [INSPECT](): string { return this.toString() }

  /** @returns the time and the state of the clock, in words. */
  toString(): string { return `<Clock ${this.now()}${this.$stopped ? ' paused' : ''}>` }

  // What waits for the clock.

  /** Does the clock go in steps? @internal */
  get $hasSteps(): boolean { return this.$step !== null }

  /** Does the clock, or one that it follows, stand still? @internal */
  get $stands(): boolean { return this.$stopped || this.parent?.$stands === true }

  /** Run a timer when the time of this clock is `timer.$deadline`. @internal */
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

  /** Something waits for the next frame of this clock. @internal */
  $addTurn(item: Runnable): void {
    this.$turns.push(item)
    const loop = this.$loop as ClockLoop
    loop.$turning.add(this)
  }

  /** The time of the parent has reached `$deadline`, so the first timer here is due. @internal */
  $release(ready: { push(item: Runnable): void }): void {
    if (this.$step !== null) return // the loop is awake now, and calls $makeStep(), which makes the clock wait again
    this.$pass((this.$timers as Timers).next as number, ready)
    this.$reschedule()
  }

  /** How many steps the clock must make now. The time for more than `maxSteps` is lost. @internal */
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

  /** Take the first timer, which is due, and make it ready. */
  private $pass(now: number, ready: { push(item: Runnable): void }): void {
    const due = (this.$timers as Timers).takeDue(now) as Timer
    if (due.$release === undefined) ready.push(due)
    else due.$release(ready)
  }

  /** The speed changes. The time up to now counts with the old speed. */
  private $change(speed: number, stopped: boolean): void {
    this.$loop?.$border?.cross('changing a clock')
    const parentNow = this.$parentNow
    if (this.$step === null) this.$own = this.now()
    else if (!this.$stopped) this.$rest = (parentNow - this.$then) * this.$speed
    this.$speed = speed
    this.$stopped = stopped
    this.$then = parentNow - this.$rest / speed
    this.$reschedule()
  }

  /** The first deadline may have changed. Wait for the new one in the heap of the parent. */
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

/** Sums of fractions are not exact. So a step counts as due when this small part of it is missing. */
const NEARLY = 1e-6

function checkedScale(scale: unknown): number {
  if (typeof scale === 'number' && scale > 0 && scale < Infinity) return scale
  throw new ValueError(`the scale of a clock is a positive number, not ${describe(scale)}. To stop it, write clock.paused = true`,
    { code: 'NOT_A_SCALE' })
}

/** @param most an endless step would never be over, but there may be any number of steps. */
function checkedStep(name: string, value: unknown, most: number): number {
  if (typeof value === 'number' && value > 0 && value <= most) return value
  throw new ValueError(`the ${name} of a clock is a positive number, not ${describe(value)}`, { code: 'NOT_A_STEP' })
}

/** The clock of a loop. Its time is that of the loop. */
export class RootClock extends Clock {
  declare readonly $loop: ClockLoop

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
  return new RuntimeError('the clock of a loop cannot be changed. Write loop.clock.child({ scale: 0.5 }), and give that clock to an owner',
    { code: 'CLOCK_OF_THE_LOOP' })
}
