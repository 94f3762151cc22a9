import {
  BaseException, CancelledError, GeneratorExit, GreenletExit, KeyboardInterrupt, RuntimeError, StopIteration,
  TimeoutError, ValueError,
} from '../../lib/index.ts'

class Boom extends Error {}
class Finished extends StopIteration {}
class Leave extends GeneratorExit {}
class Quit extends GreenletExit {}

/** The errors that random programs raise; the twin is `errors.py`. */
export const errors = {
  ValueError, Boom, RuntimeError, StopIteration, Finished, GeneratorExit, Leave, GreenletExit, Quit,
  CancelledError, KeyboardInterrupt, TimeoutError,
} satisfies Record<string, new (message?: string) => Error>

export type ErrorName = keyof typeof errors

/** What stands behind `except` in Python. */
export type Catches = 'nothing' | 'everything' | 'Exception' | ErrorName

export function catches(name: Catches, error: unknown): boolean {
  switch (name) {
    case 'nothing': return false
    case 'everything': return true
    case 'Exception': return !(error instanceof BaseException)
    default: return error instanceof errors[name]
  }
}
