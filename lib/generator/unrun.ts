import { isThenable } from '../base/advice.ts'
import { ArgumentError } from '../base/errors.ts'
import { isCoroutine } from './coroutine.ts'
import { Frame } from './frame.ts'
import { ANONYMOUS, nameOfGenerator } from './names.ts'
import { Request } from './request.ts'

/**
 * Look at what a callback or a handler returned, which is nearly always nothing. Nobody runs a coroutine that is returned there.
 * @param who what returned it: `a callback`.
 * @throws TypeError when it is a coroutine.
 */
export function refuseCoroutine(result: unknown, who: string): void { if (result !== undefined) refuse(result, who) }

function refuse(result: unknown, who: string): void {
  if (!runsLater(result)) return
  const [what, write] = result instanceof Request ? [String(result), String(result)] : inWords(result)
  throw new ArgumentError(`${who} returned ${what}, which nobody runs. Write createTask(${write}) in it`, 'COROUTINE_AS_CALLBACK')
}

/**
 * Check what a predicate returned.
 * @param what the function that has called the predicate.
 * @returns the same. @throws TypeError when it is a coroutine or a promise.
 */
export function checkedAnswer<T>(answer: T, what: string): T {
  if (typeof answer !== 'object' || answer === null) return answer
  const kind = runsLater(answer) ? 'a coroutine' : isThenable(answer) ? 'a promise' : null
  if (kind === null) return answer
  throw new ArgumentError(`the predicate of ${what} returned ${kind}, which is always true. Write a plain function`, 'PREDICATE_NOT_PLAIN')
}

/** Is it a coroutine, or a request such as `sleep()`? Nothing of these happens until somebody waits for them. */
function runsLater(value: unknown): value is object { return typeof value === 'object' && (isCoroutine(value) || value instanceof Request) }

/** What it is, and how one makes it. */
function inWords(coroutine: object): readonly [string, string] {
  const name = coroutine instanceof Frame ? coroutine.name : nameOfGenerator(coroutine)
  return name === ANONYMOUS ? ['a coroutine', 'f(...)'] : [`the coroutine ${name}()`, `${name}(...)`]
}
