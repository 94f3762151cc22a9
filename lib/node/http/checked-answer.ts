import { validateHeaderName, validateHeaderValue } from 'node:http'
import { isThenable } from '../../base/advice.ts'
import { describe } from '../../base/describe.ts'
import { ArgumentError, ValueError } from '../../base/errors.ts'
import { closest } from '../../base/options.ts'
import { isGeneratorHere } from '../../generator/native-generator.ts'
import type { Coroutine } from '../../generator/types.ts'
import { bytesOf } from '../net/bytes-of.ts'
import type { Answer } from './answer.ts'
import { isStream } from './body.ts'

const NAMES = ['status', 'headers', 'body']

/**
 * What a handler gave when it was called. `yield*` itself would throw an error of the engine that names nothing, or go through the letters of a text.
 * @throws TypeError when nobody can wait for it.
 */
export function checkedAnswering(given: Coroutine<Answer>): Coroutine<Answer> {
  if (isGeneratorHere(given) || (typeof given === 'object' && (given as object | null) !== null && Symbol.iterator in given && !Array.isArray(given))) return given
  const what = isThenable(given) ? 'a promise' : describe(given)
  throw new ArgumentError(`the handler of serve() returned ${what} instead of a coroutine. Write function* (request) { return { body: 'hello' } }`, 'NOT_AWAITABLE')
}

/** What a handler has returned. @throws TypeError or ValueError when it cannot be sent. */
export function checkedAnswer(answer: unknown): Answer {
  if (describe(answer) !== 'Object') {
    throw new ArgumentError(`the handler of serve() must return an answer, not ${describe(answer)}. Write return { body: 'hello' }`, 'NOT_AN_ANSWER')
  }
  for (const name of Object.keys(answer as object)) {
    if (NAMES.includes(name)) continue
    const meant = closest(name, NAMES)
    throw new ArgumentError(`an answer has no '${name}'. ${meant === null ? `It has ${NAMES.join(', ')}` : `Did you mean '${meant}'?`}`, 'UNKNOWN_OPTION')
  }
  const { status = 200, headers = {}, body } = answer as Answer
  if (!(Number.isInteger(status) && status >= 200 && status < 1000)) {
    throw new ValueError(`the status of an answer must be a number such as 200 or 404, not ${describe(status)}`, { code: 'BAD_STATUS' })
  }
  for (const [name, value] of Object.entries(headers)) {
    validateHeaderName(name)
    for (const one of Array.isArray(value) ? value as string[] : [value as string]) validateHeaderValue(name, one)
  }
  if (body !== undefined && !isStream(body)) bytesOf(body)
  return answer as Answer
}
