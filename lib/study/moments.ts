import { INSPECT } from '../base/inspect.ts'
import { checkedNumber } from '../base/checked.ts'
import { checkedEvents } from './checked-events.ts'
import type { StudyEvent } from './event.ts'

/** A generator that is alive at some moment. */
export interface LiveFrame {
  /** The name of the generator. */
  readonly frame: string
  /** The name of the generator that delegates to it, or `null`. */
  readonly parent: string | null
  /** Was it only made, does it run, or does it stand at a `yield`? */
  readonly state: 'made' | 'runs' | 'suspended'
  /** Where it stands in the source; `null` when that is not known. */
  readonly line: number | null
  /** The file of that line; `null` when that is not known. */
  readonly file: string | null
  /** The program's own variables, in short words. */
  readonly locals: Readonly<Record<string, string>>
}

/** What is true at one event of a recording. */
export interface Moment {
  /** All generators that are alive, in the order in which they were made or began. */
  readonly frames: readonly LiveFrame[]
  /** The generators that delegate to each other at this event, outermost first. */
  readonly stack: readonly LiveFrame[]
  /** The names of the tasks that wait for their turn, as far as the recording tells. */
  readonly ready: readonly string[]
  /** The timers that are set, in words. */
  readonly timers: readonly string[]
}

interface State {
  readonly frames: Map<string, LiveFrame>
  ready: readonly string[]
  timers: readonly { readonly task: string | null; readonly words: string }[]
  /** What each task waits for, by the name of the task. */
  readonly waits: Map<string, string>
}

/** The number of events between two states that are kept. With them, a jump to any event costs little. */
const EVERY = 500
/** After these events, a generator runs. */
const GOES_ON = ['enter', 'send', 'answer', 'result', 'throw', 'fail', 'catch', 'finally', 'close', 'return', 'raise']

/** Tells what is true at any event of a recording. */
export class Moments {
  private readonly kept: State[] = []

  constructor(private readonly events: readonly StudyEvent[]) {
    checkedEvents('Moments()', events)
    const state: State = { frames: new Map(), ready: [], timers: [], waits: new Map() }
    events.forEach((event, i) => {
      if (i % EVERY === 0) this.kept.push(copy(state))
      follow(state, event)
    })
  }

  /** What is true at an event. @param at the place of the event in the recording, from 0. */
  at(at: number): Moment {
    const from = Math.floor(checkedNumber('at()', at) / EVERY)
    const kept = this.kept[from]
    if (kept === undefined) return { frames: [], stack: [], ready: [], timers: [] }
    const state = copy(kept)
    const until = this.events.slice(from * EVERY, at + 1)
    const last = until[until.length - 1] as StudyEvent
    for (const event of until.slice(0, -1)) follow(state, event)
    const before = state.frames.get(last.frame ?? '')
    follow(state, last)
    const frames = Array.from(state.frames.values())
    return { frames, stack: stackOf(state.frames, last, before), ready: state.ready, timers: state.timers.map(({ words }) => words) }
  }

  /** @returns what it is, in words. */
  toString(): string { return `<Moments of ${this.events.length} events>` }

  /** @internal */
  [INSPECT](): string { return this.toString() }
}

function copy({ frames, ready, timers, waits }: State): State { return { frames: new Map(frames), ready, timers, waits: new Map(waits) } }

function stackOf(frames: ReadonlyMap<string, LiveFrame>, event: StudyEvent, before: LiveFrame | undefined): LiveFrame[] {
  const stack: LiveFrame[] = []
  let live = event.frame === null ? undefined : frames.get(event.frame) ?? (before && liveOf(event.frame, event, before)) // if it ends with this event, it is shown for the last time
  while (live !== undefined && !stack.includes(live)) {
    stack.unshift(live)
    live = live.parent === null ? undefined : frames.get(live.parent)
  }
  return stack
}

function follow(state: State, event: StudyEvent): void {
  if (event.internal === true) return
  followTasks(state, event)
  const { frame, kind } = event
  if (frame === null) return
  if (kind === 'return' || kind === 'raise') state.frames.delete(frame)
  else state.frames.set(frame, liveOf(frame, event, state.frames.get(frame)))
  if (GOES_ON.includes(kind)) rest(state.frames, event.parent)
}

/** A generator goes on, so those that delegate to it stand still: it may be resumed by the one that delegates, without a new `delegate`. */
function rest(frames: Map<string, LiveFrame>, delegator: string | null): void {
  for (let live = frames.get(delegator ?? ''); live?.state === 'runs'; live = frames.get(live.parent ?? '')) frames.set(live.frame, { ...live, state: 'suspended' })
}

function liveOf(frame: string, event: StudyEvent, before: LiveFrame | undefined): LiveFrame {
  const { kind, parent } = event
  return {
    frame,
    parent,
    state: kind === 'made' ? 'made' : GOES_ON.includes(kind) ? 'runs' : 'suspended',
    line: event.line ?? before?.line ?? null,
    file: event.file ?? before?.file ?? null,
    locals: event.locals ?? (event.line === undefined ? before?.locals : undefined) ?? {}, // an event with a line tells all variables that can be seen there
  }
}

function followTasks(state: State, { kind, to, task, value, why }: StudyEvent): void {
  if (kind === 'task' && to !== undefined) makeReady(state, to)
  if (kind === 'timer') state.timers = [...state.timers, { task, words: value }]
  if (kind === 'due') due(state, value)
  if (kind === 'suspend' && task !== null) state.waits.set(task, value)
  if (kind === 'cancel' && to !== undefined && state.waits.has(to)) makeReady(state, to)
  if (kind === 'done' && to !== undefined) {
    for (const [waiting, what] of state.waits) if (what.includes(`name='${to}'`)) makeReady(state, waiting)
  }
  if (kind === 'switch' && why === 'wait' && task !== null && !state.waits.has(task)) makeReady(state, task) // a bare yield
  if (kind === 'switch' && why === 'wake' && to !== undefined) {
    state.ready = state.ready.filter(name => name !== to)
    state.waits.delete(to)
    state.timers = state.timers.filter(timer => timer.task !== to || timer.words.startsWith('<'))
  }
}

function makeReady(state: State, task: string): void {
  if (!state.ready.includes(task)) state.ready = [...state.ready, task]
}

function due(state: State, words: string): void {
  const at = state.timers.findIndex(timer => timer.words === words)
  const timer = state.timers[at]
  if (timer === undefined) return
  state.timers = state.timers.filter((_, i) => i !== at)
  if (timer.task !== null && state.waits.get(timer.task) === words) makeReady(state, timer.task)
}
