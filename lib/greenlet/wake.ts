import { current } from '../context/context.ts'
import { hooks } from '../generator/hooks.ts'
import { ANSWER, registers } from '../generator/registers.ts'
import { NEXT_TURN, REQUEST, RESUME } from '../generator/request.ts'
import { type Mode, RAISE, SEND, type Signal, THROW, follow, resumeTop, stepFrame } from '../generator/resume.ts'
import { CLOSED, CREATED, type StackFrame } from '../generator/stack.ts'
import { Moment, type SwitchView, isHeard, notify, tell } from '../generator/watch.ts'
import { arrival, arrive, arriveInMain, finishFiber } from './deliver.ts'
import { type Fiber, STARTED, WAITING, type WaitRequest, type Waiter, parcel, scheduling } from './fiber.ts'
import { SWITCH } from './switch-request.ts'
import { trace } from './tracing.ts'
import { bequeath, bounce, park } from './trampoline.ts'

/**
 * The wait of a fiber is over: give the fiber its turn, in the drive of the loop that runs.
 * @param waiter the waiter for which the fiber waited.
 * @param value with `SEND`, it is what the generator's `next()` gets: `RESUME`, or `undefined` at a bare `yield`.
 */
export function wakeFiber(waiter: Waiter, fiber: Fiber, mode: Mode, value: unknown): void {
  scheduling.inTurn = true
  current.fiber = null
  fiber.$state = STARTED
  if (!registers.observed) takeTurn(waiter, fiber, mode, value)
  else if (hooks.tracer !== null) wakeTraced(fiber, mode, value)
  else if (isHeard()) takeWatchedTurn(waiter, fiber, mode, value)
  else takeTurn(waiter, fiber, mode, value)
}

function takeTurn(waiter: Waiter, fiber: Fiber, mode: Mode, value: unknown): void {
  const frame = fiber.$top as StackFrame
  afterStep(waiter, fiber, frame, stepFrame(frame, mode, value))
}

/** A fiber has made a step in its turn. Do what it asks, until control is back at the loop. */
export function afterStep(waiter: Waiter, fiber: Fiber, frame: StackFrame, result: IteratorResult<unknown, unknown> | null): void {
  // Most turns end by passing the next turn, by a wait, or with the end of the fiber. Each has a short way here. The long
  // way, at the end, does the same. See "A turn has short ways" in docs/architecture.md.
  if (result !== null && registers.promised === null && !registers.observed) {
    const out = result.value
    const { asked } = registers
    if (asked !== null) {
      if (out === REQUEST && asked !== SWITCH) {
        registers.asked = null
        startRequest(fiber, asked as WaitRequest)
        return
      }
    } else if (result.done) {
      if (frame.below === null) {
        frame.state = CLOSED
        fiber.$pop()
        endFiber(fiber, out)
        return
      }
    } else if (out === undefined || out === NEXT_TURN) {
      fiber.$state = WAITING
      waiter.$passTurn(fiber, out === NEXT_TURN)
      return
    }
  }
  goOnUntilLoop(scheduling.main as Fiber, follow(fiber, frame, result))
}

/** The same while somebody watches: the short way is that of a turn which passes the next one, by a bare `yield` or `sleep(0)`. */
function takeWatchedTurn(waiter: Waiter, fiber: Fiber, mode: Mode, value: unknown): void {
  const main = scheduling.main as Fiber
  const frame = fiber.$top as StackFrame
  const answer = ANSWER.value
  const atRequest = mode === SEND && value === RESUME
  const brought = atRequest ? answer : value
  const wakes: SwitchView = { origin: main, target: fiber, why: 'wake', run: undefined, value: brought }
  tell(new Moment('switch', main.$top, wakes))
  tell(new Moment(mode !== SEND ? 'throw' : atRequest ? 'answer' : frame.state === CREATED ? 'enter' : 'send', frame, brought))
  if (ANSWER.value !== answer) ANSWER.value = answer
  const result = stepFrame(frame, mode, value)
  if (result !== null && !result.done && registers.asked === null && registers.promised === null && hooks.tracer === null) {
    const out = result.value
    if (out === undefined || out === NEXT_TURN) {
      tell(new Moment('yield', frame, out))
      fiber.$state = WAITING
      waiter.$passTurn(fiber, out === NEXT_TURN)
      current.fiber = main
      const waits: SwitchView = { origin: fiber, target: main, why: 'wait', run: undefined, value: undefined }
      tell(new Moment('switch', fiber.$top, waits))
      return
    }
  }
  goOnUntilLoop(main, follow(fiber, frame, result))
}

/** The fiber asks for something in its turn. As a rule it asks to wait. */
function startRequest(fiber: Fiber, request: WaitRequest): void {
  const next = request.hop(fiber) as Fiber | null
  if (next !== null) goOnUntilLoop(scheduling.main as Fiber, resumeTop(next, SEND, RESUME))
  else if (!park(fiber, request)) goOnUntilLoop(scheduling.main as Fiber, resumeTop(fiber, arrival.mode, arrival.value))
}

/** The fiber has ended in its turn. */
function endFiber(fiber: Fiber, result: unknown): void {
  const main = scheduling.main as Fiber
  const next = bequeath(main, fiber, finishFiber(fiber, SEND, result))
  goOnUntilLoop(main, next === main ? null : resumeTop(next, arrival.mode, arrival.value))
}

/** Control has left a fiber for the reason in `signal`, or is back at the loop already. Go on until it is back. */
function goOnUntilLoop(main: Fiber, signal: Signal | null): void {
  if (signal !== null) bounce(main, signal)
  if (arrival.mode !== SEND) throw arrival.value
}

function wakeTraced(fiber: Fiber, mode: Mode, value: unknown): void {
  const main = scheduling.main as Fiber
  arrive(fiber, mode, value)
  tellOfWaking(main, fiber)
  goOnUntilLoop(main, resumeTop(fiber, arrival.mode, arrival.value))
}

/** Call the watcher and the tracer. As at any switch, what the tracer throws or switches to comes first (G25, G26). */
function tellOfWaking(main: Fiber, fiber: Fiber): void {
  const { mode, value } = arrival
  const atRequest = mode === RAISE || value === RESUME
  const wakes: SwitchView = { origin: main, target: fiber, why: 'wake', run: undefined, value: mode === SEND && value === RESUME ? ANSWER.value : value }
  notify('switch', main.$top, wakes)
  try {
    arriveInMain(fiber, parcel(mode, value), trace(main, fiber, mode))
  } catch (error) {
    arrive(fiber, THROW, error)
  }
  if (atRequest && arrival.mode === THROW) arrival.mode = RAISE
}
