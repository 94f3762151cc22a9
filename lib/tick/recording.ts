import { type Plain, plainCopy } from '../base/plain.ts'
import { DivergenceError } from '../base/task-errors.ts'
import type { TraceHash } from '../base/trace-hash.ts'
import type { Meter } from './meter.ts'
import type { PassKind } from './ticking-loop.ts'

/**
 * One thing that came into the loop: a tick with its time, how many had a turn in it, a check, and 1 if its limits cut it; or a
 * value from outside.
 */
export type RecordedEvent = RecordedTick | readonly [kind: 'input' | 'external', name: string, value: Plain]

export type RecordedTick = readonly [kind: PassKind, now: number, ran: number, check: number, isCut: 0 | 1]

/** Where a recording begins: with the loop, or at the last `trim()`. */
export interface RecordingStart {
  /** The time of the loop. */
  readonly time: number
  /** How many tasks without a name there were. */
  readonly unnamed: number
  /** What the program said at its `trim()`; `null` at the beginning. */
  readonly state: Plain
  /** It begins at a `trim()`. */
  readonly isCut: boolean
}

/** A recording, or a checkpoint, as JSON. */
export interface RecordingData {
  readonly version: 1
  readonly start: RecordingStart
  readonly events: readonly RecordedEvent[]
  /** `loop.trace()` at its end. */
  readonly trace: string
}

/** The loop that is recorded, seen from below. */
interface RecordableLoop {
  time(): number
  $unnamed: number
  readonly $hash: TraceHash
  input(name: string, value: Plain): void
}

/** A tick that is under way, and its place among the events. */
interface OpenTick {
  readonly kind: PassKind
  readonly now: number
  place: number
  readonly meter: Meter
}

/** Everything that comes into a loop, in order. Made by `loop.record()`. */
export class Recording {
  private $start: RecordingStart
  private $events: RecordedEvent[] = []
  /** The tick that is under way. */
  private $open: OpenTick | null = null
  /** What a script was told that asked for something else than when this was recorded. */
  private $divergence: DivergenceError | null = null
  /** The place of the last tick. */
  private $last = 0
  /** What is replayed, and how far. */
  private $source: readonly RecordedEvent[] | null = null
  private $at = 0

  /** @internal */
  constructor(private readonly $loop: RecordableLoop) {
    this.$start = { time: $loop.time(), unnamed: $loop.$unnamed, state: null, isCut: false }
  }

  /** Something comes in from outside: the same as `loop.input(name, value)`. */
  input(name: string, value: Plain): void { this.$loop.input(name, value) }

  /** Plain JSON from which `restore(program, json)` makes the loop as it is now. To be called between ticks. */
  checkpoint(): RecordingData { return this.toJSON() }

  toJSON(): RecordingData {
    return { version: 1, start: this.$start, events: this.$events.slice(), trace: this.$loop.$hash.toString() }
  }

  // What the loop tells it.

  /** @internal */
  $tickBegins(kind: PassKind, meter: Meter): void {
    const now = this.$loop.time()
    this.$open = { kind, now, place: this.$events.length, meter }
    this.$events.push([kind, now, 0, 0, 0])
  }

  /** @internal */
  $tickEnds(): void {
    const { kind, now, place, meter } = this.$open as OpenTick
    this.$events[place] = [kind, now, meter.counted, this.$loop.$hash.check, meter.isSpent ? 1 : 0]
    this.$last = place
    this.$open = null
  }

  /** @internal */
  $input(name: string, value: Plain): void { this.$events.push(['input', name, value]) }

  /** Ask the outside, or what it answered when this was recorded. @internal */
  $external<T extends Plain>(name: string, read: () => T): T {
    if (this.$source === null) {
      const value = plainCopy('external()', read())
      this.$events.push(['external', name, value])
      return value as T
    }
    const event = this.$source[this.$at]
    if (event?.[0] !== 'external' || event[1] !== name) {
      throw this.$divergence ??= this.$differs(this.$at, event, `the program asks for '${name}'`)
    }
    this.$at++
    this.$events.push(event)
    return event[2] as T
  }

  /** What came before is not needed any more. @internal */
  $trim(state: Plain): void {
    const loop = this.$loop
    if (this.$source !== null && this.$start.isCut && this.$open?.place === 0) loop.$unnamed = this.$start.unnamed // it begins here
    this.$start = { time: loop.time(), unnamed: loop.$unnamed, state, isCut: true }
    loop.$hash.reset()
    this.$events = []
    if (this.$open === null) return
    this.$open.place = 0
    this.$open.meter.begunAt = this.$open.meter.ran
    this.$events.push([this.$open.kind, this.$open.now, 0, 0, 0])
  }

  // A replay.

  /** @internal */
  $replay(data: RecordingData): void {
    this.$start = data.start
    this.$source = data.events
  }

  /** The next event that is not asked for by the program. @internal */
  $next(): RecordedEvent | null { return (this.$source as readonly RecordedEvent[])[this.$at++] ?? null }

  /** Which event that was. @internal */
  get $index(): number { return this.$at - 1 }

  /** A tick is replayed: has it done the same? @throws DivergenceError @internal */
  $compare([kind, now, ran, check]: RecordedTick, index: number): void {
    if (this.$divergence !== null) throw this.$divergence // a script has it, or has caught it
    const [, , ranNow, checkNow] = this.$events[this.$last] as RecordedTick
    if (ran !== ranNow) throw new DivergenceError(index, `a ${kind} at ${now} with ${ran} turns`, `${ranNow} had a turn`)
    if (check !== checkNow) throw new DivergenceError(index, `a ${kind} at ${now} with the check ${check}`, `it is ${checkNow}: other tasks or timers took part`)
  }

  /** @internal */
  $differs(index: number, event: RecordedEvent | undefined, actual: string): DivergenceError {
    return new DivergenceError(index, event === undefined ? 'nothing more' : inWords(event), actual)
  }

  /** All is replayed, and what comes is recorded. @internal */
  $goOn(): void { this.$source = null }
}

function inWords(event: RecordedEvent): string {
  const [kind, detail] = event
  return kind === 'input' || kind === 'external' ? `${kind} '${detail}'` : `a ${kind} at ${detail}`
}
