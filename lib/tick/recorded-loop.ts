import { describe } from '../base/describe.ts'
import { ArgumentError, RuntimeError } from '../base/errors.ts'
import { type Plain, plainCopy } from '../base/plain.ts'
import type { Meter } from './meter.ts'
import { type RecordedTick, Recording } from './recording.ts'
import { type PassKind, TickingLoop } from './ticking-loop.ts'

/** What comes into a loop from outside, and how it is written down. */
export abstract class RecordedLoop extends TickingLoop {
  /** @internal */
  $recording: Recording | null = null
  private readonly $inputs = new Map<string, Set<(value: Plain) => void>>()

  /**
   * Record everything that comes in: the time of each tick, inputs, and what `external()` gives. To be called before the program
   * begins. A second call gives the same recording.
   * @throws RuntimeError when the loop has begun.
   */
  record(): Recording {
    if (this.$recording !== null) return this.$recording
    if (this.$isTicked || this.$tasks.size > 0) {
      throw new RuntimeError('a recording begins before the program: write const recording = loop.record() first', { code: 'RECORDED_TOO_LATE' })
    }
    this.$setTime(this.time())
    return this.$recording = new Recording(this)
  }

  /**
   * Something comes in from outside, between two ticks: those who asked for it by `onInput()` or `waitInput()` are told at once.
   * What is not said in this way is not recorded.
   * @param value what can be written down as JSON.
   */
  input(name: string, value: Plain): void {
    const copy = plainCopy('input()', value)
    if (!this.isRunning()) this.$recording?.$input(name, copy)
    for (const listener of Array.from(this.$inputs.get(name) ?? [])) listener(copy)
  }

  /** Call a function with each input of that name. @returns how to take that back. */
  onInput(name: string, listener: (value: Plain) => void): () => void {
    if (typeof listener !== 'function') throw new ArgumentError(`onInput() takes a function, not ${describe(listener)}`, 'CALLBACK_NOT_CALLABLE')
    const listeners = this.$inputs.get(name) ?? new Set()
    this.$inputs.set(name, listeners)
    const entry = (value: Plain): void => { listener(value) }
    listeners.add(entry)
    return () => { listeners.delete(entry) }
  }

  /**
   * Ask the outside for something that a replay could not find out: `loop.external('seed', () => Math.random())`. When the
   * recording is replayed, the function is not called, and the same comes out.
   * @throws DivergenceError when a replay asks for something else.
   */
  external<T extends Plain>(name: string, read: () => T): T { return this.$recording === null ? read() : this.$recording.$external(name, read) }

  /** @internal */
  protected override $passBegins(kind: PassKind, meter: Meter): void { this.$recording?.$tickBegins(kind, meter) }

  /** @internal */
  protected override $passEnds(): void { this.$recording?.$tickEnds() }

  /** @internal */
  protected override get $isFrozenByTick(): boolean { return this.$recording !== null }

  /** For a replay: a tick again. @internal */
  $passAgain([kind, now, ran, , isCut]: RecordedTick): void {
    const limits = isCut === 1 ? { maxCallbacks: ran } : kind === 'tick' ? {} : { maxTurns: Infinity }
    this.$pass(kind, { now, ...limits }, kind !== 'tick', kind !== 'rest')
  }
}
