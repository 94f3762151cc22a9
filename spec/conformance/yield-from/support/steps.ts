/** What a program does to a generator, logged the same in both languages. */
import { GeneratorExit, type PyGenerator, RuntimeError, StopIteration } from '../../../../lib/greenlet/index.ts'
import { type Log, isWord } from '../../programs.ts'

export type Result = IteratorResult<unknown, unknown>

/**
 * The messages that are a promise. Others are worded on purpose for each language, and are not compared; a program's
 * own are single words.
 */
const PROMISED = new Set([
  'generator already executing',
  'generator ignored GeneratorExit',
  'generator raised StopIteration',
  'cannot reuse already awaited coroutine',
  'coroutine is being awaited already',
])

/** Log what next(), send() or throw() gives. */
export function step(log: Log, action: () => Result): void {
  try {
    const { value, done } = action()
    log(done === true ? 'done' : 'value', value)
  } catch (error) {
    if (error instanceof StopIteration) log('done', error.value)
    else log('raised', error, said(error))
  }
}

/** Log what anything else gives: close(), or a line of a body. */
export function attempt(log: Log, action: () => unknown): void {
  try {
    log('returned', action())
  } catch (error) {
    log('raised', error, said(error))
  }
}

/** The message of an error, if it is to be compared. */
export function said(error: unknown): string {
  const [sentence = ''] = (error as Error).message.split('. ') // after it comes what to write instead, which is ours alone
  return PROMISED.has(sentence) || isWord(sentence) ? sentence : '-'
}

/** The names of a generator and of those that it delegates to, outermost first. */
export function frames(generator: PyGenerator): string[] {
  return generator.stack.map(frame => frame.name)
}

export const WAYS = ['next', 'send', 'throw', 'exit', 'close'] as const

/** Enter a generator in one of the ways there are. */
export function enter(log: Log, way: typeof WAYS[number], generator: PyGenerator): void {
  if (way === 'next') {
    step(log, () => generator.next())
  } else if (way === 'send') {
    step(log, () => generator.send('sent'))
  } else if (way === 'throw') {
    step(log, () => generator.throw(new RuntimeError('thrown')))
  } else if (way === 'exit') {
    step(log, () => generator.throw(new GeneratorExit('thrown')))
  } else {
    attempt(log, () => generator.close())
  }
}
