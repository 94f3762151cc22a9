import { getRunningLoop } from '../../../../lib/index.ts'
import { type Callable, type Parameter, callables } from './callables.ts'
import { doors, modules } from './doors.ts'
import { objectOf, rightValue } from './samples.ts'

/** Only the library makes these, and gives them to the program. */
const MADE_BY_THE_LIBRARY = ['Handle', 'TimerHandle', 'PyAsyncGenerator', 'Token', 'OwnerCloseError', 'DivergenceError', 'DeadlockError', 'StreamWriter', 'ConcurrentFuture']
/** Errors take what is said about them. */
const ERROR = /^(new )?(\w*Error|QueueEmpty|QueueFull|QueueShutDown|EndOfChannel|WouldBlock|GreenletExit|GeneratorExit|KeyboardInterrupt|StopIteration|BaseException)(\.|$)/
/** Only the library calls these, or they wait in real time. */
const CALLED_BY_THE_LIBRARY = /^(BlockingHost|NodeHost|BaseProtocol|BufferedProtocol|DatagramProtocol|Protocol)\.|\.busy$|^VirtualHost\.wait$|^ConcurrentFuture\.(exception|result)$/

/** They make something for the loop that runs. */
const OF_THIS_LOOP = /^EventLoop\.(createTask|setDefaultExecutor)$/
/** They need input and output. */
export const OF_NODE = /^EventLoop\.(create(Unix)?(Connection|Server)|createDatagramEndpoint|startTls|getaddrinfo|getnameinfo|runInExecutor|addSignalHandler|removeSignalHandler)$/

/** The same as in `yieldfrom`, with another host, or it drives a loop by that of Node. */
const AGAIN_IN_NODE = /^(run|new Runner|attach)$/
/** They need a connection, a process, a thread or a server on the other side. spec/node has them. */
const LIVE = /^(PendingRequest|Response|ServerRequest|StreamWriter|Process|Headers|BullMQExecutor)\.|^(callSoonThreadsafe|runCoroutineThreadsafe|serveJobs)$/

/** All that a program calls. */
export function checkedCallables(): Callable[] {
  return callables(...doors).filter(({ door, name, method, kind }) => !(door === 'node' && AGAIN_IN_NODE.test(name)) && !LIVE.test(name) && !ERROR.test(name) && !CALLED_BY_THE_LIBRARY.test(name) &&
    !(kind === 'class' && MADE_BY_THE_LIBRARY.includes(method)))
}

/** Right values for what it needs, and for the parameters up to `last`. */
export function rightArguments(callable: Callable, last: Parameter | null = null): unknown[] {
  const { parameters } = callable
  const place = last === null ? -1 : parameters.findIndex(({ name }) => isOf(last, name))
  return parameters.filter(({ isOptional }, i) => i <= place || !isOptional).map(each => rightValue(callable, each))
}

/** Is it this parameter, or an option of it? */
function isOf({ name }: Parameter, parameter: string): boolean { return name === parameter || name.split('.')[0] === parameter.replace('$', '') }

/** Right values, but a wrong one for one parameter. Those behind it that need not be given are not given. */
export function wrongArguments(callable: Callable, parameter: Parameter, value: unknown): unknown[] {
  const given = rightArguments(callable, parameter)
  const place = callable.parameters.findIndex(({ name }) => isOf(parameter, name))
  given[place] = parameter.option === null ? value : { ...Object(given[place]), [parameter.option]: value }
  return given
}

/** Call it, of an object if it is a method. A property that is given something is set. */
export function call(callable: Callable, given: readonly unknown[], object: object | null = null): unknown {
  const value = called(callable, given, object)
  if (value instanceof Promise) value.catch(() => { /* nobody waits for it */ })
  return value
}

function called({ door, name, owner, method, kind }: Callable, given: readonly unknown[], object: object | null): unknown {
  const target = owner === null ? modules[door] as object : object ?? (OF_THIS_LOOP.test(name) || OF_NODE.test(name) ? getRunningLoop() : objectOf(owner))
  if (kind === 'property') return given.length === 0 ? Reflect.get(target, method) as unknown : set(target, method, given[0])
  const callee = Reflect.get(target, method) as (...args: unknown[]) => unknown
  return kind === 'class' ? Reflect.construct(callee, given) as unknown : Reflect.apply(callee, target, given)
}

function set(target: object, property: string, value: unknown): void { Reflect.set(target, property, value) }
