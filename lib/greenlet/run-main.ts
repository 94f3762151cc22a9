import { describe } from '../base/describe.ts'
import { ArgumentError } from '../base/errors.ts'
import { FAILED, type Mode, SEND, THROW, YIELDED } from '../generator/resume.ts'
import { drive } from '../generator/drive.ts'
import { Stack } from '../generator/stack.ts'
import { registers } from '../generator/registers.ts'
import type { Coroutine } from '../generator/types.ts'
import { badYieldError } from './slips.ts'
import { frameOf } from './deliver.ts'

/**
 * Run a whole program in the main greenlet: `runMain(function* () { yield* g.switch() })`. If it is called inside a greenlet,
 * the program runs as a part of that greenlet.
 * @param program a generator function, which is called with `args`.
 * @returns what the program returns.
 * @throws what the program throws; TypeError when it is not a function.
 */
export function runMain<A extends unknown[], T>(program: (...args: A) => Coroutine<T>, ...args: A): T {
  if (typeof program !== 'function') {
    throw new ArgumentError(`runMain() takes a function, not ${describe(program)}. Write runMain(main, ...args): it calls it`,
      'PROGRAM_NOT_CALLABLE')
  }
  const result = program(...args)
  const frame = frameOf(result)
  if (frame === null) return result as unknown as T // it is a plain function, which has run
  const stack = new Stack()
  stack.$push(frame)
  let mode: Mode = SEND
  let value: unknown
  for (;;) {
    const signal = drive(stack, mode, value)
    if (signal === FAILED) throw registers.value
    if (signal !== YIELDED) return registers.value as T
    mode = THROW
    value = badYieldError(registers.value)
  }
}
