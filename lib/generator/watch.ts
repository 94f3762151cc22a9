import { describe } from '../base/describe.ts'
import { ArgumentError } from '../base/errors.ts'
import { currentFiber } from '../context/context.ts'
import { hooks, setHook } from './hooks.ts'
import { refuseGeneratorFunction } from './plain-function.ts'
import { ANSWER, registers } from './registers.ts'

/** What a program can see of a frame, which is one generator on a stack. */
export interface FrameView {
  /** The name of the generator's function, or of the iterator's class. */
  readonly name: string
  /** The generator or iterator that the frame drives. */
  readonly iterator: object
  /** The frame it delegates to (`gi_yieldfrom`), or `null`. */
  readonly delegate: FrameView | null
}

/**
 * What an event says.
 *
 * | kind | frame | value |
 * |---|---|---|
 * | `enter` | the one that begins | what the first `next()` carries: always `undefined` |
 * | `send` | who gets it | what its `yield` evaluates to: somebody sent it |
 * | `answer` | who gets it | what its `yield*` evaluates to: a switch or a wait has brought it |
 * | `result` | the delegator | what its `yield*` evaluates to: its delegate has returned it |
 * | `throw` | who gets it | the error raised at its `yield` or `yield*`: somebody has thrown it in |
 * | `fail` | the delegator | the error raised at its `yield*`: its delegate has ended with it |
 * | `yield` | the innermost | the value that leaves the stack |
 * | `emit` | the innermost | the value that an asynchronous generator gives to who asked for it |
 * | `delegate` | the delegator | the frame that it delegates to |
 * | `return` | the one that ends | its return value |
 * | `raise` | the one that ends | the error that ends it |
 * | `close` | the one that was asked to close; its delegates are closed first | `undefined` |
 * | `switch` | the origin's, if it has one | a `SwitchView` |
 * | `suspend` | the one that waits | the request that it waits for |
 * | `turn` | none | the loop that begins a turn |
 * | `task` | none | the task that was made |
 * | `timer`, `due` | none | the timer that was set, and whose time has come |
 * | `callback` | none | the handle whose callback is called |
 * | `done` | none | the future or task that is done |
 * | `cancel` | none | the future or task that is asked to end |
 */
export type EventKind = 'enter' | 'send' | 'answer' | 'result' | 'throw' | 'fail' | 'yield' | 'emit' | 'delegate' | 'return' | 'raise' |
  'close' | 'switch' | 'suspend' | 'turn' | 'task' | 'timer' | 'due' | 'callback' | 'done' | 'cancel'

/** How control moves from one greenlet to another. */
export interface SwitchView {
  /** The greenlet that control leaves. */
  readonly origin: object
  /** The greenlet that control enters. */
  readonly target: object
  /** Why: somebody switches or throws, a greenlet ends or begins to wait, or its wait is over. */
  readonly why: 'switch' | 'throw' | 'end' | 'wait' | 'wake'
  /** The function that the target begins with; `undefined` when it has begun before. */
  readonly run: unknown
  /** What the target is brought: a value or an error. */
  readonly value: unknown
}

interface EventOf<Kind extends EventKind, Frame extends FrameView | null, Value> {
  /** Its number: each event has the next one, as long as anybody watches. */
  readonly seq: number
  readonly kind: Kind
  readonly frame: Frame
  readonly value: Value
  /** The time of the loop that runs, in milliseconds; `null` when none does. */
  readonly time: number | null
  /** The task whose turn it is, or `null`. */
  readonly task: object | null
  /** The greenlet that runs. */
  readonly greenlet: object
  /** The frame that delegates to `frame`, or `null`. */
  readonly parent: FrameView | null
  /** How many frames `frame` stands on. To count them takes time for each. */
  readonly depth: number
}

/**
 * One event. `seq`, `kind`, `frame` and `value` stay. The others tell of the moment: read them while the watcher runs.
 */
export type WatchEvent =
  | EventOf<Exclude<EventKind, 'switch' | 'turn' | 'task' | 'timer' | 'due' | 'callback' | 'done' | 'cancel' | 'delegate'>, FrameView, unknown>
  | EventOf<'delegate', FrameView, FrameView>
  | EventOf<'switch', FrameView | null, SwitchView>
  | EventOf<'turn' | 'task' | 'timer' | 'due' | 'callback' | 'done' | 'cancel', null, object>

export type Watcher = (event: WatchEvent) => void

interface Watching {
  readonly watcher: Watcher
  failure: { readonly error: unknown } | null
}

/**
 * See every event, in order, as it happens. Several may watch: each is told, in the order in which they began. Watching changes
 * nothing in what is watched: what a watcher drives itself nobody sees, and one that throws is dropped, its error waiting for
 * whoever ends the watch.
 * @returns a function that ends the watch; it throws the watcher's error if there was one.
 * @throws TypeError when the watcher is no function.
 */
export function watch(watcher: Watcher): () => void {
  refuseGeneratorFunction('watch()', watcher)
  if (typeof watcher !== 'function') {
    throw new ArgumentError(`watch() takes a function, not ${describe(watcher)}`, 'WATCHER_NOT_CALLABLE')
  }
  const watching: Watching = { watcher, failure: null }
  setWatchers([...watchers(), watching])
  return () => {
    drop(watching)
    if (watching.failure === null) return
    const { error } = watching.failure
    watching.failure = null
    throw error
  }
}

/** Report an event to whoever watches. Callers check `registers.observed` first, so that it costs nothing otherwise. */
export function notify(kind: EventKind, frame: FrameView | null, value: unknown): void {
  if (isHeard()) tellSafely(new Moment(kind, frame, value))
}

/** Would anybody be told of an event? What a watcher drives itself nobody sees. */
export function isHeard(): boolean { return hooks.audience !== null && !hooks.telling }

/** A watcher may drive what it likes: the registers are empty for it, and afterwards as before. */
function tellSafely(event: Moment): void {
  const { asked, promised, arriving, sentToDelegate, value } = registers
  const answer = ANSWER.value
  registers.asked = registers.promised = registers.arriving = null
  tell(event)
  registers.asked = asked
  registers.promised = promised
  registers.arriving = arriving
  // A watcher seldom drives anything, and to write is dearer than to look: V8 keeps a record of pointers from old objects to young ones.
  if (registers.sentToDelegate !== sentToDelegate) registers.sentToDelegate = sentToDelegate
  if (registers.value !== value) registers.value = value
  if (ANSWER.value !== answer) ANSWER.value = answer
}

/**
 * Tell an event while nothing is asked of the driver. A caller that still needs a value out of the registers keeps it, as `tellSafely()`
 * does. It is small, so that V8 puts the whole of it into the turn of a task.
 */
export function tell(event: Moment): void {
  const audience = hooks.audience as Watching | null
  if (audience === null) return // the last watcher has ended its watch, in this turn
  hooks.telling = true
  try {
    audience.watcher(event as WatchEvent)
  } catch (error) {
    fail(audience, error)
  }
  hooks.telling = false
  // The watcher may have forgotten a `yield*`. To look is cheaper than to write.
  if (registers.asked !== null || registers.promised !== null || registers.arriving !== null) registers.asked = registers.promised = registers.arriving = null
}

function watchers(): readonly Watching[] { return hooks.watchers as readonly Watching[] | null ?? [] }

function setWatchers(watchings: readonly Watching[]): void {
  hooks.audience = watchings.length > 1 ? allOf(watchings) : watchings[0] ?? null
  setHook('watchers', watchings.length === 0 ? null : watchings)
}

/** Several who watch, as one. */
function allOf(watchings: readonly Watching[]): Watching {
  const watcher = (event: WatchEvent): void => {
    for (const watching of watchings) {
      try {
        watching.watcher(event)
      } catch (error) {
        fail(watching, error)
      }
    }
  }
  return { watcher, failure: null }
}

function fail(watching: Watching, error: unknown): void {
  watching.failure = { error }
  drop(watching)
}

function drop(watching: Watching): void { setWatchers(watchers().filter(other => other !== watching)) }

/** An event. What it says of the moment, it finds out when somebody asks. */
export class Moment implements EventOf<EventKind, FrameView | null, unknown> {
  readonly seq = ++hooks.seq

  constructor(readonly kind: EventKind, readonly frame: FrameView | null, readonly value: unknown) {}

  get time(): number | null { return hooks.moment === null ? null : hooks.moment.time() }

  get task(): object | null { return hooks.moment === null ? null : hooks.moment.$taskOfTurn }

  get greenlet(): object { return currentFiber() }

  get parent(): FrameView | null { return below(this.frame) }

  get depth(): number {
    let depth = 0
    for (let frame = below(this.frame); frame !== null; frame = below(frame)) depth++
    return depth
  }
}

/** Every frame is a `StackFrame`, which imports this. */
function below(frame: FrameView | null): FrameView | null {
  return (frame as { readonly below?: FrameView | null } | null)?.below ?? null
}
