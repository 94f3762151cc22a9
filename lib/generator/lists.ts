import { BadYieldError } from '../base/errors.ts'
import { nativeThrow } from './native-generator.ts'

/**
 * Throw the error for a yielded value that nobody understands. The value may come from `yield* [1, 2]`. The engine then
 * finds that the array's iterator has no method `throw`, and throws an error of its own that explains nothing. So all
 * iterators get a method `throw` for this step. Its error says what to write.
 */
export function throwPastList(body: Generator<unknown, unknown, unknown>, error: BadYieldError): IteratorResult<unknown, unknown> {
  const prototype = iteratorPrototype(body)
  const forget = (): void => { Reflect.deleteProperty(prototype, 'throw') }
  Reflect.defineProperty(prototype, 'throw', {
    configurable: true,
    value() {
      forget()
      throw new BadYieldError('yield* was used on a list of values, such as an array. To go through it, write for (const item of items); ' +
        'to wait for all in it, yield* gather([...items])')
    },
  })
  try {
    return nativeThrow.call(body, error)
  } finally {
    forget()
  }
}

/** The prototype that a generator shares with the iterators of arrays, strings and maps of its realm. */
function iteratorPrototype(body: object): object {
  let prototype = body
  for (let i = 0; i < 3; i++) prototype = Object.getPrototypeOf(prototype) as object
  return prototype
}
