import { describe } from '../base/describe.ts'
import { ArgumentError } from '../base/errors.ts'
import { hooks } from '../generator/hooks.ts'
import { made, tooMany } from '../generator/made.ts'
import type { Awaitable, Coroutine } from '../generator/types.ts'
import { checkedAnswer } from '../generator/unrun.ts'
import { suspend } from '../greenlet/suspend.ts'
import { getRunningLoop } from '../task/loops.ts'
import { isTimeOver } from '../task/script-time.ts'
import { NEXT_FRAME, NextFrame } from '../task/pass-turn.ts'

/**
 * Wait for the next frame: `yield* nextFrame()`. This is the next `loop.frame()`, or the next step of a clock that goes in steps.
 * In a loop that is driven in another way, it is the next turn.
 */
export function nextFrame(): Awaitable<void> {
  if (arguments.length > 0) throw tooMany('nextFrame()', arguments.length, 'Write waitFrames(count)')
  return (hooks.made === null ? NEXT_FRAME : made(new NextFrame(), 'nextFrame()')) as unknown as Awaitable<void>
}

/** Wait for this many frames. @throws TypeError when `count` is not a whole number, or is negative. */
export function waitFrames(count: number): Coroutine<void> {
  if (!Number.isInteger(count) || count < 0) {
    throw new ArgumentError(`waitFrames() takes a whole number of frames that is not negative, not ${describe(count)}`, 'NOT_A_COUNT')
  }
  return made(frames(count), `waitFrames(${count})`)
}

function* frames(count: number): Coroutine<void> {
  for (let i = 0; i < count && (i === 0 || !isTimeOver()); i++) yield* nextFrame()
}

/**
 * Wait until a function returns true, or anything that counts as true. It is called now, and then once in each frame. When there is an event or a future for the
 * same thing, wait for that instead. A loop with a `VirtualHost` that is run has no frames. There it is called in each turn; when it
 * stays false, time passes to the next timer.
 * @throws TypeError when it is not a function.
 */
export function waitUntil(predicate: () => unknown): Coroutine<void> {
  return made(asking('waitUntil', checkedPredicate('waitUntil', predicate), true), 'waitUntil(…)')
}

/** Wait as long as a function returns true. It is called now, and then once in each frame. @throws TypeError when it is not a function. */
export function waitWhile(predicate: () => unknown): Coroutine<void> {
  return made(asking('waitWhile', checkedPredicate('waitWhile', predicate), false), 'waitWhile(…)')
}

function* asking(name: string, predicate: () => unknown, answer: boolean): Coroutine<void> {
  for (let asked = 1; isTrue(predicate(), name) !== answer; asked++) {
    const next = asked % OFTEN === 0 ? getRunningLoop().$skippedTo : null
    yield* next === null ? nextFrame() : time(next)
  }
}

/** @throws TypeError when it is an answer that is always true. */
function isTrue(answer: unknown, name: string): boolean { return Boolean(typeof answer === 'object' ? checkedAnswer(answer, `${name}()`) : answer) }

/** After so many questions without a frame, virtual time goes on. */
const OFTEN = 1000

/** Wait until the time of the loop. */
function time(when: number): Awaitable<void> {
  return suspend(resume => {
    const timer = getRunningLoop().callAt(when, () => { resume(undefined) })
    return () => { timer.cancel() }
  })
}

function checkedPredicate(name: string, predicate: () => unknown): () => unknown {
  if (typeof predicate === 'function') return predicate
  throw new ArgumentError(`${name}() takes a function that returns true or false, not ${describe(predicate)}. Write ${name}(() => x > 3)`,
    'PREDICATE_NOT_CALLABLE')
}
