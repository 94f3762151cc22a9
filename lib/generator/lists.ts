import { BadYieldError } from '../base/errors.ts'
import { nativeThrow } from './native-generator.ts'

/**
 * Throw the error for a value that was yielded and that nobody understands. It may have come by `yield* [1, 2]`: then the
 * engine finds that the iterator has no `throw`, and throws an error of its own, which explains nothing. So all iterators get
 * one for this step, which says what to write.
 */
export function throwPastList(body: Generator<unknown, unknown, unknown>, error: BadYieldError): IteratorResult<unknown, unknown> {
  const prototype = iteratorPrototype(body)
  const forget = (): void => { Reflect.deleteProperty(prototype, 'throw') }
  Reflect.defineProperty(prototype, 'throw', {
    configurable: true,
    value() {
      forget()
      throw new BadYieldError('yield* was used on a list of values, such as an array. To go through it, write for (const item of items); ' +
        'to wait for all in it, yield* gather(items)')
    },
  })
  try {
    return nativeThrow.call(body, error)
  } finally {
    forget()
  }
}

/** What the iterators of arrays, strings and maps, and generators inherit from, in a generator's own realm. */
function iteratorPrototype(body: object): object {
  let prototype = body
  for (let i = 0; i < 3; i++) prototype = Object.getPrototypeOf(prototype) as object
  return prototype
}
