import { checkedCount, checkedFunction } from '../base/checked.ts'
import { RuntimeError } from '../base/errors.ts'
import { INSPECT } from '../base/inspect.ts'
import { checkOptions } from '../base/options.ts'
import { type FrameView, type WatchEvent, watch } from '../generator/watch.ts'
import { Greenlet } from '../greenlet/greenlet.ts'
import { Task } from '../task/task.ts'
import type { StudyEvent } from './event.ts'
import { isInternal, isInternalTask } from './internal.ts'
import { json } from './json.ts'
import { Names } from './names.ts'
import { oneLine } from './one-line.ts'
import { show } from './show.ts'

/** How to record. */
export interface RecorderOptions {
  /** How many events are kept; 100,000 by default. When there are more, the oldest are forgotten. */
  readonly limit?: number
  /** Called with each event when it is recorded, for instance to write it to a stream. */
  readonly onEvent?: (event: StudyEvent) => void
}

/** An event before it has its number, its time, its task and its greenlet. */
export type Told = Pick<StudyEvent, 'kind' | 'frame' | 'parent' | 'depth' | 'value'> & Partial<StudyEvent>

/** A generator of which something is told: the name of its function, and its own name in the recording. */
interface Known { readonly name: string; readonly frame: string }

const RECORDER = { call: 'new Recorder({ limit: 1000 })', names: ['limit', 'onEvent'] }
/** The events that both `watch()` and a transformed program tell. They are recorded once. */
const TOLD_TWICE = ['enter', 'send', 'answer', 'result', 'throw', 'fail', 'yield', 'return', 'raise', 'delegate']

/**
 * Records the events of `watch()` as plain data, which outlives the program. It writes names instead of objects, and words instead
 * of values.
 *
 * ```ts
 * const recorder = new Recorder()
 * recorder.start()
 * run(main())
 * recorder.stop()
 * console.log(marbles(recorder.events))
 * ```
 */
export class Recorder {
  private readonly $limit: number
  private readonly $onEvent: ((event: StudyEvent) => void) | null
  private $kept: StudyEvent[] = []
  /** The place of the oldest event in `$kept`, once the limit is reached. */
  private $oldest = 0
  private $count = 0
  private $end: (() => void) | null = null
  private readonly $greenlets = new Names()
  /** @internal */
  readonly $frames = new Names()
  /** A generator of a transformed program has asked for something: which one, and where. The next event of `watch()` tells what it is. @internal */
  $asking: Told | null = null
  /** The frames of which a transformed program tells itself. @internal */
  readonly $sourced = new Set<object>()
  /** An `enter` of `watch()`. It is kept back until it is clear whether a transformed program tells the same. */
  private $entering: { readonly view: FrameView; readonly parent: string | null; readonly depth: number } | null = null
  /** A `delegate` whose delegate is known by the name of its function only. It is kept back until the delegate says which one of that name it is. */
  private $delegating: { readonly told: Told; readonly name: string } | null = null
  /** The library's own task: it runs, or it is over and the loop still has to stop for it. */
  private $own: 'none' | 'runs' | 'over' = 'none'
  // The task, greenlet and time of the last event of `watch()`. A transformed program does not tell them.
  private $task: string | null = null
  private $greenlet = 'main'
  private $time: number | null = null

  /**
   * @param options.limit how many events are kept.
   * @param options.onEvent called with each event when it is recorded.
   * @throws TypeError when the limit is not a whole number, or an option is unknown.
   */
  constructor(options: RecorderOptions = {}) {
    checkOptions(options, RECORDER)
    this.$limit = options.limit === undefined ? 100_000 : checkedCount('Recorder({ limit })', options.limit)
    this.$onEvent = options.onEvent === undefined ? null : checkedFunction('Recorder({ onEvent })', options.onEvent)
    this.$greenlets.fresh('main') // so that a greenlet of a generator of that name has another one
  }

  /** Begin to record. @throws RuntimeError when this recorder records already. */
  start(): void {
    if (this.$end !== null) throw new RuntimeError('this recorder records already. Write recorder.stop() first', { code: 'RECORDING' })
    this.$end = watch(event => { this.$see(event) })
  }

  /** Stop recording. The recorded events stay. If nothing is being recorded, the call does nothing. */
  stop(): void {
    const end = this.$end
    this.$end = null
    this.$flush()
    end?.()
  }

  /** For `for…of`: the events, the oldest first. */
  [Symbol.iterator](): Iterator<StudyEvent> { return this.events[Symbol.iterator]() }

  /** The recorded events, the oldest first. */
  get events(): readonly StudyEvent[] {
    this.$flush()
    return [...this.$kept.slice(this.$oldest), ...this.$kept.slice(0, this.$oldest)]
  }

  /** How many events were forgotten because of the limit. */
  get dropped(): number { return this.$count - this.$kept.length }

  /** The data for `JSON.stringify(recorder)`. */
  toJSON(): { readonly version: 1; readonly dropped: number; readonly events: readonly StudyEvent[] } {
    const { events, dropped } = this
    return { version: 1, dropped, events }
  }

  /** The events as JSON, one on each line. @throws RuntimeError where the engine has no JSON. */
  toNDJSON(): string { return this.events.map(event => `${json(event)}\n`).join('') }

  /** @returns what it is, in words. */
  toString(): string { return `<Recorder events=${this.events.length}${this.$end === null ? '' : ' recording'}>` }

  /** @internal */
  [INSPECT](): string { return this.toString() }

  /** Record an event. @param name the name of the function of its generator. @internal */
  $note(told: Told, name = ''): void {
    this.$flush(told.frame === null ? null : { name, frame: told.frame })
    this.$keep(told)
  }

  /** A generator delegates to one of this name. @internal */
  $delegates(told: Told, name: string): void {
    this.$flush(told.frame === null ? null : { name: '', frame: told.frame })
    this.$delegating = { told, name }
  }

  /**
   * A transformed program tells that a generator begins.
   * @returns what `watch()` has just told of the same generator, or `null`. From now on, the program tells of it.
   * @internal
   */
  $claim(name: string): { readonly view: FrameView; readonly parent: string | null; readonly depth: number } | null {
    const entering = this.$entering
    if (entering === null || entering.view.name !== name) return null
    this.$entering = null
    this.$sourced.add(entering.view)
    return entering
  }

  /** Record what was kept back. @param next the generator of which something is told now. */
  private $flush(next: Known | null = null): void {
    const entering = this.$entering
    this.$entering = null
    this.$flushDelegate(entering === null ? next : { name: entering.view.name, frame: this.$nameOfFrame(entering.view) })
    if (entering === null) return
    const { view, parent, depth } = entering
    this.$keep({ kind: 'enter', frame: this.$nameOfFrame(view), parent, depth, value: '', ...internal(view) })
  }

  /** The first of whom something is told after a `delegate` is the delegate, if it has the right name. A finished delegate tells nothing. */
  private $flushDelegate(next: Known | null): void {
    const delegating = this.$delegating
    this.$delegating = null
    if (delegating === null) return
    const { told, name } = delegating
    const isDelegate = next !== null && next.name === name && next.frame !== told.frame
    this.$keep({ ...told, value: isDelegate ? next.frame : oneLine(name), ...isDelegate ? { to: next.frame } : {} })
  }

  private $keep(told: Told): void {
    const event: StudyEvent = { seq: ++this.$count, time: this.$time, task: this.$task, greenlet: this.$greenlet, ...told }
    if (this.$kept.length < this.$limit) {
      this.$kept.push(event)
    } else if (this.$limit > 0) {
      this.$kept[this.$oldest] = event
      this.$oldest = (this.$oldest + 1) % this.$limit
    }
    this.$onEvent?.(event)
  }

  private $see(event: WatchEvent): void {
    const { kind, frame } = event
    if (frame !== null && this.$sourced.has(frame) && TOLD_TWICE.includes(kind)) {
      this.$noteMoment(event)
    } else if (event.kind === 'enter') {
      if (this.$entering !== null) this.$flush()
      this.$noteMoment(event)
      this.$entering = { view: event.frame, parent: event.parent === null ? null : this.$nameOfFrame(event.parent), depth: event.depth }
    } else {
      this.$flush()
      this.$noteMoment(event)
      if (event.kind === 'delegate' && this.$frames.known(event.value) === null) this.$delegates(this.$toldOf(event), event.value.name)
      else this.$keep({ ...this.$toldOf(event), ...this.$valueOf(event) })
    }
    if (frame !== null && (kind === 'return' || kind === 'raise')) {
      this.$frames.forget(frame)
      this.$sourced.delete(frame)
    }
  }

  /** Keep what a transformed program does not tell. */
  private $noteMoment(event: WatchEvent): void {
    const { kind, frame, task, time } = event
    this.$time = time
    this.$task = task instanceof Task ? this.$nameOfTask(task) : null
    if (kind !== 'switch') this.$greenlet = this.$nameOfGreenlet(event.greenlet, frame)
  }

  private $toldOf(event: WatchEvent): Told {
    const { kind, frame, parent } = event
    return {
      kind,
      frame: frame === null ? null : this.$nameOfFrame(frame),
      parent: parent === null ? null : this.$nameOfFrame(parent),
      depth: parent === null ? 0 : event.depth,
      value: '',
      ...internal(frame),
      ...this.$askerOf(event),
      ...this.$isOwn(event) ? { internal: true as const } : {},
    }
  }

  /** Who has asked for the wait, the switch or the like. By native `yield*`, it may stand on top of the frame that `watch()` knows. */
  private $askerOf({ kind, frame }: WatchEvent): Partial<Told> {
    if (this.$asking === null || frame === null || (kind !== 'suspend' && kind !== 'switch' && kind !== 'emit')) return {}
    const asker = this.$asking
    this.$asking = null
    return { ...asker, kind }
  }

  /** Does the event belong to the library's own tasks? `run()` makes some at its end, and each takes a turn or two. */
  private $isOwn({ kind, frame, value }: WatchEvent): boolean {
    if (kind === 'task' && isInternalTask(value)) this.$own = 'runs'
    if (this.$own === 'none' || frame !== null) return false
    if (kind === 'done' && isInternalTask(value)) this.$own = 'over'
    else if (kind === 'callback' && this.$own === 'over') this.$own = 'none'
    return !(kind === 'task' || kind === 'done' || kind === 'cancel') || isInternalTask(value)
  }

  private $valueOf(event: WatchEvent): Partial<Told> {
    switch (event.kind) {
      case 'delegate': {
        const name = this.$nameOfFrame(event.value)
        return { value: name, to: name }
      }
      case 'switch': {
        const { origin, target, why, run, value } = event.value
        const from = this.$nameOfGreenlet(origin, event.frame)
        return { value: show(value), greenlet: from, from, to: this.$nameOfGreenlet(target, null, run), why }
      }
      case 'task': case 'done': case 'cancel': {
        const name = event.value instanceof Task ? this.$nameOfTask(event.value) : this.$greenlets.of(event.value, () => 'future')
        return { value: show(event.value), to: name }
      }
      case 'turn': case 'close': return {}
      default: return { value: show(event.value) }
    }
  }

  private $nameOfFrame(frame: FrameView): string { return this.$frames.of(frame, () => frame.name) }

  /** A task may get another name later, and two tasks may have the same name. */
  private $nameOfTask(task: Task): string {
    const name = task.getName() || '<anonymous>'
    const known = this.$greenlets.known(task)
    if (known !== null && (known === name || known.startsWith(`${name}#`))) return known
    const fresh = this.$greenlets.fresh(name)
    this.$greenlets.alias(task, fresh)
    return fresh
  }

  /** The greenlet of a task has the name of the task. Another greenlet has the name of its outermost generator. Plain code is `main`. */
  private $nameOfGreenlet(greenlet: object, frame: FrameView | null, run?: unknown): string {
    const known = this.$greenlets.known(greenlet)
    if (known !== null) return known
    if (!(greenlet instanceof Greenlet) || greenlet.parent === null) return 'main'
    const waiter = greenlet.$waiter
    if (waiter instanceof Task) {
      this.$greenlets.alias(greenlet, this.$nameOfTask(waiter))
      return this.$nameOfTask(waiter)
    }
    const outermost = greenlet.frames[0] ?? frame
    return this.$greenlets.of(greenlet, () => outermost?.name ?? (typeof run === 'function' && run.name !== '' ? run.name : 'greenlet'))
  }
}

function internal(frame: FrameView | null): { readonly internal?: true } {
  return frame !== null && isInternal(frame.name) ? { internal: true } : {}
}
