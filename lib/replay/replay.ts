import { describe } from '../base/describe.ts'
import { ArgumentError } from '../base/errors.ts'
import { type Plain, plainCopy } from '../base/plain.ts'
import { DivergenceError } from '../base/task-errors.ts'
import type { Awaitable } from '../generator/types.ts'
import { suspend } from '../greenlet/suspend.ts'
import { ManualHost } from '../host/manual-host.ts'
import { EventLoop } from '../task/event-loop.ts'
import { getRunningLoop } from '../task/loops.ts'
import type { RecordingData } from '../tick/recording.ts'

/** What begins the scripts of a program. `state` is what it said at its last `trim()`, `null` at the beginning. */
export type Program = (loop: EventLoop, state: Plain) => void

/**
 * Run a program with what came in when it was recorded.
 * @param program what was run then: it begins the scripts, and asks the outside by nothing but inputs and `loop.external()`.
 * @param json what `recording.toJSON()` gave, also as text that was parsed.
 * @returns a loop in the state at the end of the recording.
 * @throws DivergenceError that names the first event that differs; TypeError when it is no recording.
 */
export function replay(program: Program, json: RecordingData): EventLoop {
  const loop = restore(program, json)
  loop.$recording = null
  return loop
}

/** The same, and the recording goes on: `loop.record()` gives it. For games that are loaded, and for going back in time. */
export function restore(program: Program, json: RecordingData): EventLoop {
  if (typeof program !== 'function') throw new ArgumentError(`restore() takes the program first, a function, not ${describe(program)}`, 'PROGRAM_NOT_CALLABLE')
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
      loop.input(event[1], event[2])
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
 * Cut the recording here: `trim({ wave: 3 })`, called by the first script of the program, when all the others that run are ones that
 * the program begins anew from this state. A replay calls the program with the state instead of repeating what came before.
 * Without a recording it does nothing.
 */
export function trim(state: Plain): void { getRunningLoop().$recording?.$trim(plainCopy('trim()', state)) }

/** Wait for the next input of that name: `const key = yield* waitInput<string>('key')`. */
export function waitInput<T extends Plain>(name: string): Awaitable<T> {
  return suspend<T>(resume => {
    const stop = getRunningLoop().onInput(name, value => {
      stop()
      resume(value as T)
    })
    return stop
  })
}

function check(json: RecordingData): void {
  const { version, start, events } = (json as Partial<RecordingData> | null | undefined) ?? {}
  if (version === 1 && start !== undefined && Array.isArray(events)) return
  throw new ArgumentError(`restore() takes what recording.toJSON() gave, not ${describe(json)}. Text is to be parsed first`, 'NOT_A_RECORDING')
}
