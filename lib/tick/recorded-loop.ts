import { checkedName } from '../base/checked.ts'
import { RuntimeError } from '../base/errors.ts'
import { type Plain, plainCopy } from '../base/plain.ts'
import { isInstance } from '../base/throwable.ts'
import { DivergenceError } from '../base/task-errors.ts'
import { checkedPlain } from '../generator/plain-function.ts'
import { refuseCoroutine } from '../generator/unrun.ts'
import type { OwnerPath, RecordedBorder } from './border.ts'
import type { Meter } from './meter.ts'
import { type RecordedTick, Recording } from './recording.ts'
import { type PassKind, TickingLoop } from './ticking-loop.ts'

/** The part of a loop that lets things in from outside, and records them. */
export abstract class RecordedLoop extends TickingLoop {
  /** What `record()` has begun; `null` when nothing is recorded. @internal */
  $recording: Recording | null = null
  declare $border: RecordedBorder | null
  private readonly $inputs = new Map<string, Set<(value: Plain) => void>>()

  /**
   * Record everything that comes in from outside: the time of each tick, inputs, and the values of `external()`. Call it before the
   * program begins. A second call gives the same recording.
   * @returns the recording.
   * @throws RuntimeError when the loop has begun.
   */
  record(): Recording {
    if (this.$recording !== null) return this.$recording
    this.$throwIfClosed()
    if (this.$isTicked || this.$tasks.size > 0) {
      throw new RuntimeError('a recording begins before the program: write const recording = loop.record() first', { code: 'RECORDED_TOO_LATE' })
    }
    this.$setTime(this.time())
    const recording = new Recording(this)
    const border = this.$border = recording.$border
    this.$onReady ??= item => { if (item !== undefined && border.isOutside) border.leaks(`${item.toString()} became ready`) }
    return this.$recording = recording
  }

  /** The loop is recorded no longer. @internal */
  $stopRecording(): void { this.$recording = this.$border = this.$onReady = null }

  /** The recording is over: the loop is closed. What it holds does not change any more. @internal */
  protected $endRecording(): void {
    this.$recording?.$end()
    this.$border = null
  }

  /**
   * Bring a value in from outside, between two ticks. Those who asked for it, with `onInput()` or `waitInput()`, get it at once.
   * What else comes in from outside while a recording runs is an error, except for `pause()`, `resume()`, `cancel()` and `close()` of
   * an owner, which are recorded, too.
   * @param name the name of the input.
   * @param value anything that JSON can hold.
   * @throws TypeError when JSON cannot hold the value.
   */
  input(name: string, value: Plain): void {
    checkedName('input()', name)
    const copy = plainCopy('input()', value)
    const { $border: border } = this
    const tell = (): void => { for (const listener of Array.from(this.$inputs.get(name) ?? [])) listener(copy) }
    if (border === null) {
      tell()
    } else {
      if (border.isOutside) (this.$recording as Recording).$input(name, copy)
      border.within(tell)
    }
  }

  /** Call a function with each input of this name. @returns a function that ends this. @throws TypeError when it is not a function. */
  onInput(name: string, listener: (value: Plain) => void): () => void {
    const call: (value: Plain) => unknown = listener
    checkedName('onInput()', name)
    checkedPlain('onInput()', listener)
    const listeners = this.$inputs.get(name) ?? new Set()
    this.$inputs.set(name, listeners)
    const entry = (value: Plain): void => { refuseCoroutine(call(value), 'the listener of onInput()') }
    listeners.add(entry)
    return () => { listeners.delete(entry) }
  }

  /**
   * Ask for something outside that a replay could not find out: `loop.external('seed', () => Math.random())`. A replay does not
   * call the function. It gives the value that was recorded.
   * @param name names the question in the recording.
   * @param read finds out the value.
   * @throws DivergenceError when a replay asks for something else than the recorded program; RuntimeError when the host asks while a
   * recording runs, because a replay would not ask.
   */
  external<T extends Plain>(name: string, read: () => T): T {
    checkedName('external()', name)
    checkedPlain('external()', read)
    this.$border?.cross('external()')
    return this.$recording === null ? read() : this.$recording.$external(name, read)
  }

  /** @internal */
  protected override $passBegins(kind: PassKind, meter: Meter): void { this.$recording?.$tickBegins(kind, meter) }

  /** @internal */
  protected override $passEnds(): void { this.$recording?.$tickEnds() }

  /** A tick of a recorded loop has one time, so that a replay can give the same. @internal */
  protected override get $isFrozenByTick(): boolean { return this.$recording !== null }

  /** Repeat a recorded change of an owner. Errors were told when it was recorded. @internal */
  $changeAgain(action: string, [path, options]: readonly [OwnerPath, Plain], index: number): void {
    const { $border: border } = this.$recording as Recording
    const owner = border.find(path) as { readonly pause: (options: unknown) => void } | undefined
    if (owner === undefined) throw new DivergenceError(index, `${action}() of the owner ${path.filter(part => typeof part === 'string').join(', ')}`, 'there is no such owner')
    this.$again(() => { owner[action as 'pause'](options ?? undefined) })
  }

  /** Repeat something that came from outside. An error that it throws was thrown when it was recorded, too. @internal */
  $again(body: () => void): void {
    try {
      body()
    } catch (error) {
      if (isInstance(error, DivergenceError)) throw error
    }
  }

  /** Replay a recorded tick. @internal */
  $passAgain([kind, now, ran, , isCut]: RecordedTick): void {
    const limits = isCut === 1 ? { maxCallbacks: ran } : kind === 'tick' ? {} : { maxTurns: Infinity }
    this.$pass(kind, { now, ...limits }, kind !== 'tick', kind !== 'rest')
  }
}
