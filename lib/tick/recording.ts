import { RuntimeError } from '../base/errors.ts'
import { type Plain, plainCopy } from '../base/plain.ts'
import { DivergenceError } from '../base/task-errors.ts'
import type { TraceHash } from '../base/trace-hash.ts'
import { RecordedBorder } from './border.ts'
import type { Meter } from './meter.ts'
import type { PassKind } from './ticking-loop.ts'

/**
 * Something that came into the loop. One kind is a tick: its time, the number of turns in it, a check of what happened, and 1 if
 * its limits cut it short. The other kinds are values from outside, and changes of owners: what was done to which owner.
 */
export type RecordedEvent = RecordedTick | readonly [kind: 'input' | 'external' | 'owner', name: string, value: Plain]

/** A tick, as it is recorded. */
export type RecordedTick = readonly [kind: PassKind, now: number, ran: number, check: number, isCut: 0 | 1]

/** The place where a recording begins: the start of the loop, or the last `trim()`. */
export interface RecordingStart {
  /** The time of the loop, in milliseconds. */
  readonly time: number
  /** How many tasks without a name were made before. New tasks are numbered from there. */
  readonly unnamed: number
  /** The state that the program gave to `trim()`; `null` at the start of the loop. */
  readonly state: Plain
  /** Does the recording begin at a `trim()`? */
  readonly isCut: boolean
}

/** A recording, or a checkpoint, as JSON. It does not change any more. */
export interface RecordingData {
  /** The version of the format. */
  readonly version: 1
  /** Where the recording begins. */
  readonly start: RecordingStart
  /** What came in, in order. */
  readonly events: readonly RecordedEvent[]
  /** The value of `loop.trace()` at the end of the recording. */
  readonly trace: string
}

/** The loop that is recorded, as far as this file needs it. */
interface RecordableLoop {
  time(): number
  isRunning(): boolean
  readonly $tasks: Iterable<object>
  readonly $nextDeadline: number | null
  readonly $taskOfTurn: object | null
  $unnamed: number
  readonly $hash: TraceHash
  readonly $priorities: { forget(): void } | null
  input(name: string, value: Plain): void
}

/** A task that is not done, as far as this file needs it. */
interface BegunTask {
  readonly $hasBegun: boolean
  getName(): string
}

/** A tick that runs now, and its place among the events. */
interface OpenTick {
  readonly kind: PassKind
  readonly now: number
  place: number
  readonly meter: Meter
}

/** Everything that comes into a loop, in order. `loop.record()` makes it. */
export class Recording {
  private $start: RecordingStart
  private $events: RecordedEvent[] = []
  /** The tick that runs now. */
  private $open: OpenTick | null = null
  /** The error of a script that asked for something else than the recorded program. It is thrown again at the end of the tick. */
  private $divergence: DivergenceError | null = null
  /** The place of the last tick among the events. */
  private $last = 0
  /** The events that are replayed, and the number of those that were replayed already. */
  private $source: readonly RecordedEvent[] | null = null
  private $at = 0
  /** What was recorded when the loop was closed. */
  private $final: RecordingData | null = null
  /** Guards the loop against changes that are not recorded. @internal */
  readonly $border: RecordedBorder

  /** @internal */
  constructor(private readonly $loop: RecordableLoop) {
    this.$start = { time: $loop.time(), unnamed: $loop.$unnamed, state: null, isCut: false }
    this.$border = new RecordedBorder($loop, (action, value) => {
      this.$events.push(['owner', action, value])
    })
  }

  /** Bring a value in from outside. It does the same as `loop.input(name, value)`. */
  input(name: string, value: Plain): void { this.$loop.input(name, value) }

  /**
   * The recording up to now, as plain JSON. `restore(program, json)` makes the same loop from it. Call it between two ticks.
   * @throws RuntimeError in the middle of a tick, and when something has changed the loop from outside without being recorded.
   */
  checkpoint(): RecordingData {
    this.$border.throwIfLeaky()
    if (this.$final !== null) return this.$final
    if (!this.$border.isOutside) {
      throw new RuntimeError('a checkpoint is made between two frames, and not while something happens in the loop. Let the script set a flag, and ' +
        'write if (wantsToSave) save(recording.checkpoint()) after loop.frame()', { code: 'CHECKPOINT_IN_TICK' })
    }
    return this.$data()
  }

  /** The same, so that `JSON.stringify(recording)` works. */
  toJSON(): RecordingData { return this.checkpoint() }

  /** The loop is closed. What that does is no part of the recording. @internal */
  $end(): void { this.$final = this.$data() }

  private $data(): RecordingData {
    return { version: 1, start: this.$start, events: this.$events.slice(), trace: this.$loop.$hash.toString() }
  }

  // What the loop tells its recording.

  /** A tick begins. Its event is completed when it ends. @internal */
  $tickBegins(kind: PassKind, meter: Meter): void {
    const now = this.$loop.time()
    this.$open = { kind, now, place: this.$events.length, meter }
    this.$events.push([kind, now, 0, 0, 0])
    this.$border.begin()
  }

  /** @internal */
  $tickEnds(): void {
    const { kind, now, place, meter } = this.$open as OpenTick
    this.$events[place] = [kind, now, meter.counted, this.$loop.$hash.check, meter.isSpent ? 1 : 0]
    this.$last = place
    this.$open = null
  }

  /** @internal */
  $input(name: string, value: Plain): void {
    this.$events.push(['input', name, value])
    this.$border.begin()
  }

  /** Ask for a value outside. During a replay, take the recorded one. @internal */
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

  /** Forget the events up to now. @internal */
  $trim(state: Plain): void {
    const loop = this.$loop
    for (const task of loop.$tasks as Iterable<BegunTask>) {
      if (task === loop.$taskOfTurn || !task.$hasBegun) continue
      throw new RuntimeError(`trim() was called while ${task.getName()} is under way, and a replay would begin it anew. ` +
        'Call it when all other scripts have ended, or have not begun yet', { code: 'TRIM_IN_THE_MIDDLE' })
    }
    if (loop.$nextDeadline !== null) {
      throw new RuntimeError('trim() was called while a timer is set, and a replay would not set it. Cancel it first, or write a script that sleeps',
        { code: 'TRIM_IN_THE_MIDDLE' })
    }
    // The replayed recording begins at this `trim()`.
    if (this.$source !== null && this.$start.isCut && this.$open?.place === 0) loop.$unnamed = this.$start.unnamed
    this.$start = { time: loop.time(), unnamed: loop.$unnamed, state, isCut: true }
    loop.$hash.reset()
    loop.$priorities?.forget()
    this.$events = []
    if (this.$open === null) return
    this.$open.place = 0
    this.$open.meter.begunAt = this.$open.meter.ran
    this.$events.push([this.$open.kind, this.$open.now, 0, 0, 0])
  }

  // During a replay.

  /** Begin a replay of these events. @internal */
  $replay(data: RecordingData): void {
    this.$start = data.start
    this.$source = data.events
  }

  /** The next event for the replay, or `null` at the end. Values of `external()` are taken by the program itself. @internal */
  $next(): RecordedEvent | null { return (this.$source as readonly RecordedEvent[])[this.$at++] ?? null }

  /** The index of the event that `$next()` gave last. @internal */
  get $index(): number { return this.$at - 1 }

  /** Compare a replayed tick with the recorded one. @throws DivergenceError when they differ. @internal */
  $compare([kind, now, ran, check]: RecordedTick, index: number): void {
    if (this.$divergence !== null) throw this.$divergence // a script got this error before, and may have caught it
    const [, , ranNow, checkNow] = this.$events[this.$last] as RecordedTick
    if (ran !== ranNow) throw new DivergenceError(index, `a ${kind} at ${now} with ${ran} turns`, `${ranNow} had a turn`)
    if (check !== checkNow) throw new DivergenceError(index, `a ${kind} at ${now} with the check ${check}`, `it is ${checkNow}: other tasks or timers took part`)
  }

  /** The error for a replay that does something else than this event. @internal */
  $differs(index: number, event: RecordedEvent | undefined, actual: string): DivergenceError {
    return new DivergenceError(index, event === undefined ? 'nothing more' : inWords(event), actual)
  }

  /** The replay is over. From now on, what comes in is recorded. @internal */
  $goOn(): void {
    this.$source = null
    this.$border.begin()
  }
}

function inWords(event: RecordedEvent): string {
  const [kind, detail] = event
  return kind === 'input' || kind === 'external' || kind === 'owner' ? `${kind} '${detail}'` : `a ${kind} at ${detail}`
}
