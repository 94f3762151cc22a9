import { describe } from '../base/describe.ts'
import { ArgumentError } from '../base/errors.ts'
import { hooks } from '../generator/hooks.ts'
import { made } from '../generator/made.ts'
import type { Awaitable, Coroutine } from '../generator/types.ts'
import { NEXT_FRAME, NextFrame } from '../task/pass-turn.ts'

/**
 * Wait for the next frame: `yield* nextFrame()`. That is the next `loop.frame()`, or the next step of a clock that goes in steps; a
 * loop that is driven otherwise takes a turn for a frame.
 */
export function nextFrame(): Awaitable<void> {
  return (hooks.made === null ? NEXT_FRAME : made(new NextFrame(), 'nextFrame()')) as unknown as Awaitable<void>
}

/** Wait for so many frames. @throws TypeError when `count` is no whole number from 0 on. */
export function waitFrames(count: number): Coroutine<void> {
  if (!Number.isInteger(count) || count < 0) {
    throw new ArgumentError(`waitFrames() takes a whole number of frames that is not negative, not ${describe(count)}`, 'NOT_A_COUNT')
  }
  return made(frames(count), `waitFrames(${count})`)
}

function* frames(count: number): Coroutine<void> {
  for (let i = 0; i < count; i++) yield* nextFrame()
}

/**
 * Wait until a function says true. It is asked now, and then once in each frame: where something can tell you, wait for that.
 * @throws TypeError when it is no function.
 */
export function waitUntil(predicate: () => boolean): Coroutine<void> {
  return made(asking(checkedPredicate('waitUntil', predicate), true), 'waitUntil(…)')
}

/** Wait as long as a function says true. */
export function waitWhile(predicate: () => boolean): Coroutine<void> {
  return made(asking(checkedPredicate('waitWhile', predicate), false), 'waitWhile(…)')
}

function* asking(predicate: () => boolean, answer: boolean): Coroutine<void> {
  while (predicate() !== answer) yield* nextFrame()
}

function checkedPredicate(name: string, predicate: () => boolean): () => boolean {
  if (typeof predicate === 'function') return predicate
  throw new ArgumentError(`${name}() takes a function that returns true or false, not ${describe(predicate)}. Write ${name}(() => x > 3)`,
    'PREDICATE_NOT_CALLABLE')
}
