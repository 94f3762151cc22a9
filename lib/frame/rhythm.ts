import { describe } from '../base/describe.ts'
import { ArgumentError, ValueError } from '../base/errors.ts'
import { checkedRun } from '../generator/body.ts'
import { made } from '../generator/made.ts'
import { refuseGeneratorFunction } from '../generator/plain-function.ts'
import type { Coroutine } from '../generator/types.ts'
import { refuseCoroutine } from '../generator/unrun.ts'
import { isTimeOver, scriptTime } from '../task/script-time.ts'
import { sleep } from '../task/sleep.ts'
import { nextFrame } from './frames.ts'

/**
 * Call a function every `ms` milliseconds, until it returns `false`: `yield* repeat(1000, function* (n) {...})`. The first call
 * comes after `ms` milliseconds. The times do not drift. Calls that are late, because a frame or the body took too long, are left
 * out. While the owner of the script is being closed, it ends without more calls.
 * @param ms the time between two calls, in milliseconds.
 * @param body a plain function, or a generator function. It gets 0, 1, 2…
 * @throws ValueError when `ms` is not positive; TypeError when the body is not a function.
 */
export function repeat(ms: number, body: (count: number) => Coroutine<boolean | void> | boolean | void): Coroutine<void> {
  if (typeof ms !== 'number' || !(ms > 0)) throw new ValueError(`repeat() takes a positive number of milliseconds, not ${describe(ms)}`, { code: 'NOT_A_TIME' })
  if (typeof body !== 'function') throw new ArgumentError(`repeat() takes a function, not ${describe(body)}`, 'BODY_NOT_CALLABLE')
  return made(repeating(ms, body), 'repeat(…)')
}

function* repeating(ms: number, body: (count: number) => Coroutine<boolean | void> | boolean | void): Coroutine<void> {
  const start = scriptTime()
  let intervals = 0
  for (let count = 0; ; count++) {
    intervals = Math.max(intervals + 1, Math.floor((scriptTime() - start) / ms) + 1)
    yield* sleep(start + intervals * ms - scriptTime())
    if (isTimeOver()) return
    const result = body(count)
    const answer: unknown = typeof result === 'object' ? yield* checkedRun(result, 'repeat(ms, function* () {...})') : result
    if (answer === false) return
    if (typeof answer === 'symbol') throw new ArgumentError('the body of repeat() returned a symbol, as BREAK is. To end it, write return false', 'NOT_BREAK')
  }
}

/**
 * Call a function in each frame for `ms` milliseconds, with a value that goes from 0 to 1: `yield* tween(500, t => t * t, t => {
 * door.x = 100 * t })`.
 * @param ms how long it takes, in milliseconds.
 * @param ease changes how the value goes from 0 to 1. It gets the part of the time that is over, from 0 to 1. `null` leaves it as
 * it is.
 * @param step is called with the value: now, in each frame, and at the end with `ease(1)`. While the owner of the script is being
 * closed, only the end is left.
 * @throws ValueError when `ms` is negative; TypeError when `ease` or `step` is not a function.
 */
export function tween(ms: number, ease: ((t: number) => number) | null, step: (value: number) => void): Coroutine<void> {
  if (typeof ms !== 'number' || !(ms >= 0)) throw new ValueError(`tween() takes a number of milliseconds that is not negative, not ${describe(ms)}`, { code: 'NOT_A_TIME' })
  refuseGeneratorFunction('the ease of tween()', ease)
  refuseGeneratorFunction('the step of tween()', step)
  if (ease !== null && typeof ease !== 'function') throw new ArgumentError(`tween() takes a function or null for ease, not ${describe(ease)}`, 'EASE_NOT_CALLABLE')
  if (typeof step !== 'function') throw new ArgumentError(`tween() takes a function as its third argument, not ${describe(step)}`, 'STEP_NOT_CALLABLE')
  return made(tweening(ms, ease ?? (t => t), step), 'tween(…)')
}

function* tweening(ms: number, ease: (t: number) => number, step: (value: number) => unknown): Coroutine<void> {
  const start = scriptTime()
  for (;;) {
    const passed = scriptTime() - start
    const t = passed >= ms || isTimeOver() ? 1 : passed / ms
    const eased = ease(t)
    if (typeof eased !== 'number') throw new ArgumentError(`the ease of tween() gives a number, and gave ${describe(eased)}`, 'NOT_A_NUMBER')
    refuseCoroutine(step(eased), 'the step of tween()')
    if (t === 1) return
    yield* nextFrame()
  }
}
