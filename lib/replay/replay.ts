import { checkedName } from '../base/checked.ts'
import { describe } from '../base/describe.ts'
import { ArgumentError } from '../base/errors.ts'
import { type Plain, plainCopy } from '../base/plain.ts'
import { DivergenceError } from '../base/task-errors.ts'
import { made } from '../generator/made.ts'
import type { Awaitable } from '../generator/types.ts'
import { suspension } from '../greenlet/suspend.ts'
import { ManualHost } from '../host/manual-host.ts'
import { EventLoop } from '../task/event-loop.ts'
import { getRunningLoop } from '../task/loops.ts'
import type { RecordingData } from '../tick/recording.ts'

/** Begins the scripts of a program. `state` is what the program gave to its last `trim()`; `null` at the start. */
export type Program = (loop: EventLoop, state: Plain) => void

/**
 * Run a program again with everything that came in when it was recorded.
 * @param program the program that was recorded. It begins the scripts. It must ask for things outside only through inputs and
 * `loop.external()`.
 * @param json the value of `recording.toJSON()`. Text must be parsed first.
 * @returns a loop in the state at the end of the recording.
 * @throws DivergenceError with the first event that differs; TypeError when `json` is not a recording, or the program is not a
 * function.
 */
export function replay(program: Program, json: RecordingData): EventLoop {
  const loop = restore(program, json)
  loop.$stopRecording()
  return loop
}

/** `replay()`, after which the recording goes on: `loop.record()` gives it. It is for loading games, and for going back in time. */
export function restore(program: Program, json: RecordingData): EventLoop {
  if (typeof program !== 'function') throw new ArgumentError(`restore() takes the program, which is a function, as its first argument, not ${describe(program)}`, 'PROGRAM_NOT_CALLABLE')
  check(json)
  const loop = new EventLoop({ host: new ManualHost(json.start.time) })
  const recording = loop.record()
  recording.$replay(json)
  program(loop, json.start.state)
  for (let event = recording.$next(); event !== null; event = recording.$next()) {
    const index = recording.$index
    if (event.length === 5) {
      loop.$passAgain(event)
      recording.$compare(event, index)
    } else if (event[0] === 'input') {
      const [, name, value] = event
      loop.$again(() => { loop.input(name, value) })
    } else if (event[0] === 'owner') {
      loop.$changeAgain(event[1], event[2] as never, index)
    } else {
      throw recording.$differs(index, event, 'the program does not ask for it')
    }
  }
  recording.$goOn()
  if (loop.trace() !== json.trace) {
    throw new DivergenceError(json.events.length, `the trace ${json.trace} at the end`, `it is ${loop.trace()}`)
  }
  return loop
}

/**
 * Let the recording begin here: `trim({ wave: 3 })`. A replay then calls the program with this state, and does not repeat what came
 * before. The first script of the program must call it, at a moment when all other scripts have ended, or have not begun yet.
 * Without a recording, it does nothing.
 * @param state what the program needs to begin here; `null` by default.
 * @throws TypeError when JSON cannot hold the state; RuntimeError when another script is under way, or a timer is set, because a
 * replay could not bring it back; RuntimeError when no loop runs.
 */
export function trim(state: Plain = null): void { getRunningLoop().$recording?.$trim(plainCopy('trim()', state)) }

/**
 * Wait for the next `loop.input()` with this name: `const key = yield* waitInput<string>('key')`. @returns an awaitable, which
 * gives the value.
 */
export function waitInput<T extends Plain>(name: string): Awaitable<T> {
  checkedName('waitInput()', name)
  const words = `waitInput(${describe(name)})`
  return made(suspension<T>(resume => {
    const stop = getRunningLoop().onInput(name, value => {
      stop()
      resume(value as T)
    })
    return stop
  }, words), words)
}

function check(json: RecordingData): void {
  const { version, start, events } = (json as Partial<RecordingData> | null | undefined) ?? {}
  if (version === 1 && start !== undefined && Array.isArray(events)) return
  throw new ArgumentError(`restore() takes what recording.toJSON() gave, not ${describe(json)}. Write JSON.parse(text) for text`, 'NOT_A_RECORDING')
}
