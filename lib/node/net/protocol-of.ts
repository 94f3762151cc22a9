import { isThenable } from '../../base/advice.ts'
import { describe } from '../../base/describe.ts'
import { ArgumentError } from '../../base/errors.ts'
import { isCoroutine } from '../../generator/coroutine.ts'
import { refuseGeneratorFunction } from '../../generator/plain-function.ts'

/** What a transport calls, and does not await. */
const CALLS = ['connectionMade', 'connectionLost', 'dataReceived', 'eofReceived', 'pauseWriting', 'resumeWriting', 'getBuffer', 'bufferUpdated',
  'datagramReceived', 'errorReceived']

/**
 * Let a factory make a protocol.
 * @throws TypeError when it makes something else, such as a coroutine, and when a method of the protocol is a `function*`, which would never run.
 */
export function protocolOf<P extends object>(factory: () => P): P {
  const protocol: unknown = factory()
  if (typeof protocol !== 'object' || protocol === null || isCoroutine(protocol) || isThenable(protocol)) {
    throw new ArgumentError(`the factory of a protocol returned ${describe(protocol)}. Write () => new Echo(), of a class that extends Protocol`, 'NOT_A_PROTOCOL')
  }
  for (const name of CALLS) refuseGeneratorFunction(`${name}() of a protocol`, Reflect.get(protocol, name))
  return protocol as P
}
