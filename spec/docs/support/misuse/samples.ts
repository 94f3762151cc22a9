import * as core from '../../../../lib/index.ts'
import { valuesOfDoors, objectsOfDoors } from './samples-of-doors.ts'
import {
  Clock, type Coroutine, Context, ContextVar, EventLoop, ExitStack, Future, Lock, ManualHost, ParkingLot, Queue, TaskGroup, VirtualHost, asyncGenerator,
  broadcast, channel, createTask, getRunningLoop, greenlet, pyGenerator, sleep, timeout,
} from '../../../../lib/index.ts'
import type { Callable, Parameter } from './callables.ts'

function* nothing(): Coroutine<void> { /* nothing to do */ }

const recorded = () => new EventLoop({ host: new ManualHost() }).record().toJSON()
const checkpoint = () => {
  const loop = new EventLoop({ host: new ManualHost() })
  const recording = loop.record()
  return recording.checkpoint()
}

/** A right value for each type, as TypeScript writes it, and for each parameter whose type says too little: `sleep.ms`. */
const values: Record<string, () => unknown> = {
  ...valuesOfDoors,
  'string': () => 'tea',
  'number': () => 1,
  'number | null': () => 1,
  'boolean': () => true,
  'ErrorDetails': () => ({ code: 'TEA' }),
  'readonly BlockedTask[]': () => [],
  'readonly string[]': () => [],
  'readonly unknown[]': () => [new Error('a')],
  'ErrorCondition': () => RangeError,
  'Uint8Array<ArrayBufferLike>': () => new Uint8Array(2),
  'Future<unknown> | null | undefined': () => createTask(nothing()),
  '((text: string) => void) | undefined': () => () => { /* printed */ },
  'EventLoop | undefined': getRunningLoop,
  'EventLoop': getRunningLoop,
  'Loop': getRunningLoop,
  'Loop | null': getRunningLoop,
  'EventLoop | null': () => null,
  'EventLoopPolicy | null': () => null,
  'ClockOptions': () => ({ scale: 2 }),
  'Omit<ClockOptions, "parent">': () => ({ scale: 2 }),
  'number | VirtualHostOptions': () => 5,
  'Awaitable<T>': () => sleep(1),
  'RunnerOptions': () => ({ host: new VirtualHost() }),
  '{ readonly context?: Context | undefined; }': () => ({}),
  'Iterable<A>': () => [sleep(1)],
  'AsCompletedOptions | undefined': () => ({ timeout: 5 }),
  'S': () => [sleep(1)],
  'AllSettledOptions': () => ({ limit: 1 }),
  'Future<T>': () => createTask(sleep(1)),
  'string | undefined': () => 'tea',
  'A': () => [sleep(1), sleep(2)],
  '(GatherOptions & { readonly returnExceptions?: false | undefined; }) | undefined': () => ({ limit: 1 }),
  'Iterable<T>': () => [1, 2],
  'Worker<T, R>': () => function* (item: unknown): Coroutine<unknown> { return item },
  'MapOptions<T, E>': () => ({ limit: 1 }),
  'Stream<T>': () => asyncGenerator(function* () { yield* core.emit(1) })(),
  'readonly (() => Awaitable<T>)[]': () => [() => sleep(1)],
  'GroupTaskOptions': () => ({ name: 'tea' }),
  '(started: (value: T) => void) => Coroutine<unknown>': () => function* (started: (value: number) => void): Coroutine<void> { started(1) },
  'CancelScopeOptions': () => ({ shield: true }),
  'LimitOptions': () => ({ shield: true }),
  'M': () => ({ enter: nothing, exit: nothing }),
  'F': () => nothing,
  'T': () => ({ aclose: nothing }),
  '(...args: A) => G': () => function* () { yield 1 },
  'ContextManager<T, boolean | void>': () => new Lock(),
  'ContextManager<T, Exit>': () => new Lock(),
  '(value: T) => Delegable<Y, R>': () => nothing,
  'Iterable<F>': () => [createTask(sleep(1))],
  'WaitOptions': () => ({ timeout: 5 }),
  'SubscribeOptions': () => ({ onMissed() { /* it hears */ } }),
  'BroadcastOptions': () => ({ overflow: 'error' }),
  'ChannelOptions<T>': () => ({ overflow: 'error' }),
  'QueueOptions': () => ({ overflow: 'error' }),
  'PriorityQueueOptions<T>': () => ({ compare: (a: number, b: number) => a - b }),
  'Error | ErrorClass': () => new RangeError('tea'),
  '(...args: A) => Generator<Y, R, any>': () => nothing,
  '(item: T) => Generator<Y, Break, any>': () => nothing,
  'StreamReaderOptions': () => ({ limit: 100 }),
  'Error': () => new RangeError('tea'),
  'PausableSource': () => ({ pauseReading() { /* stops */ }, resumeReading() { /* goes on */ } }),
  'string | Uint8Array<ArrayBufferLike> | readonly (string | Uint8Array<ArrayBufferLike>)[]': () => '\n',
  'Lock': () => new Lock(),
  '() => T': () => () => 1,
  'Owner | null': () => null,
  'ParkingLot': () => new ParkingLot(),
  'AcquireOptions': () => ({}),
  'Omit<TaskOptions, "loop"> | undefined': () => ({ name: 'tea' }),
  'Omit<TaskOptions, "loop">': () => ({ name: 'tea' }),
  'TaskOptions': () => ({ name: 'tea' }),
  '{ readonly loop?: EventLoop | undefined; }': () => ({}),
  'Partial<LoopOptions>': () => ({ host: new VirtualHost() }),
  'OwnerOptions': () => ({}),
  'TaskFactory | null': () => null,
  '((loop: EventLoop, context: ExceptionContext) => void) | null': () => null,
  'Plain': () => ({ tea: 1 }),
  'trim.state': checkpoint,
  '(value: Plain) => void': () => () => { /* heard */ },
  'TickOptions<object>': () => ({ dt: 16 }),
  'FrameOptions<object>': () => ({ dt: 16 }),
  'JobOptions<object>': () => ({ slice: 1 }),
  'ExceptionContext': () => ({ message: 'tea' }),
  'Callback<A>': () => () => { /* called */ },
  'Context': () => new Context(),
  'FutureOptions': () => ({}),
  '(future: Future<T>) => unknown': () => () => 1,
  '(future: Task<T>) => unknown': () => () => 1,
  'DoneCallbackOptions': () => ({}),
  'Pick<TaskOptions, "name" | "context">': () => ({ name: 'tea' }),
  'Omit<OwnerOptions, "parent">': () => ({}),
  'CloseOptions': () => ({}),
  '() => void': () => () => { /* called */ },
  '(text: string) => void': () => () => { /* written */ },
  '() => boolean': () => () => true,
  '() => unknown': () => () => true,
  'EventTargetLike<E> | EmitterLike<E>': () => ({ on() { /* listens */ }, off() { /* stops */ } }),
  'Subscribe<T> | ObservableLike<T, Entry>': () => () => () => { /* stops */ },
  '(count: number) => boolean | void | Coroutine<boolean | void>': () => () => false,
  '((t: number) => number) | null': () => null,
  '(value: number) => void': () => () => { /* drawn */ },
  '(...args: A) => Coroutine<T>': () => nothing,
  'ActionOptions': () => ({ policy: 'restart' }),
  'Program': () => () => { /* it waits for input */ },
  'RecordingData': recorded,
  'restore.json': checkpoint,
  '(...args: A) => R': () => () => 1,
  'Variable<T>': () => new ContextVar('user', { default: 1 }),
  'Variable<unknown>': () => new ContextVar('user'),
  '{ readonly default?: T | undefined; }': () => ({ default: 1 }),
  'Token<T>': () => new ContextVar<number>('user').set(1),
  '(this: This, ...args: A) => Generator<Y, T, any>': () => nothing,
  'Generator<unknown, unknown, unknown> | Frame': () => (function* () { yield 1 })(),
  'string | Error | undefined': () => undefined,
  '(...args: A) => Generator<Y, R, N>': () => nothing,
  'Watcher': () => () => { /* it hears */ },
  'Delegable<Y, T>': () => (function* () { yield })(),
  'Run | null | undefined': () => nothing,
  '((...args: A) => Body) | null | undefined': () => nothing,
  'Greenlet<unknown[], unknown> | null | undefined': () => greenlet(nothing),
  'Tracer | null': () => () => { /* it hears */ },
  'Greenlet<unknown[], unknown> | null': () => greenlet(nothing),
  'Context | null': () => new Context(),
  'Register<T>': () => (resume: () => void) => { resume() },
}

/** Types of which every value is right. */
const anything = new Set(['unknown', 'T', 'F | undefined', 'N', 'N | undefined', 'R | undefined', 'Sent | undefined', 'NonNullable<T>'])

export function takesAnything(callable: Callable, { type }: Parameter): boolean {
  return anything.has(type) && callable.name !== 'aclosing'
}

export function rightValue(callable: Callable, parameter: Parameter): unknown {
  const make = values[`${callable.name}.${parameter.name}`] ?? values[parameter.type]
  if (make !== undefined) return make()
  if (takesAnything(callable, parameter)) return 'any'
  throw new Error(`${callable.name}(${parameter.name}: ${parameter.type}) has no sample`)
}

/** A group in its block. */
function openGroup(): TaskGroup {
  const group = new TaskGroup()
  group.enter().next()
  return group
}

/** An object of each class that has methods. */
const objects: Record<string, () => object> = {
  ...objectsOfDoors,
  ExceptionGroup: () => new core.ExceptionGroup('tea', [new RangeError('a')]),
  Handle: () => getRunningLoop().callSoon(() => { /* called */ }),
  TimerHandle: () => getRunningLoop().callLater(1, () => { /* called */ }),
  ManualHost: () => new ManualHost(),
  Clock: () => new Clock(),
  VirtualHost: () => new VirtualHost(),
  Runner: () => new core.Runner({ host: new VirtualHost() }),
  TaskGroup: openGroup,
  CancelScope: () => new core.CancelScope(),
  FailScope: () => core.failAfter(5),
  ExitStack: () => new ExitStack(),
  Timeout: () => timeout(5),
  Broadcast: () => broadcast(1),
  Subscriber: () => broadcast(1).subscribe(),
  Receiver: () => channel(1)[1],
  Sender: () => channel(1)[0],
  LifoQueue: () => new core.LifoQueue(),
  PriorityQueue: () => new core.PriorityQueue(),
  Queue: () => new Queue(),
  PyAsyncGenerator: () => asyncGenerator(function* () { yield* core.emit(1) })(),
  StreamReader: () => new core.StreamReader(),
  Barrier: () => new core.Barrier(1),
  CapacityLimiter: () => new core.CapacityLimiter(1),
  Condition: () => new core.Condition(),
  Event: () => new core.Event(),
  Lock: () => new Lock(),
  ParkingLot: () => new ParkingLot(),
  ReadWriteLock: () => new core.ReadWriteLock(),
  Side: () => new core.ReadWriteLock().read,
  ReentrantLock: () => new core.ReentrantLock(),
  BoundedSemaphore: () => new core.BoundedSemaphore(1),
  Semaphore: () => new core.Semaphore(1),
  EventLoop: () => new EventLoop({ host: new ManualHost(), logger() { /* nobody reads it */ } }),
  Future: () => new Future(),
  Owner: () => getRunningLoop().owner('tea'),
  Task: () => createTask(sleep(1000)),
  Recording: () => new EventLoop({ host: new ManualHost() }).record(),
  Context: () => new Context(),
  ContextVar: () => new ContextVar('user'),
  Token: () => new ContextVar<number>('user').set(1),
  PyGenerator: () => { const g = pyGenerator(function* () { yield 1 }); g.next(); return g },
  Greenlet: () => greenlet(nothing),
  BlockingHost: () => new core.BlockingHost(),
}

export function objectOf(owner: string): object {
  const make = objects[owner]
  if (make === undefined) throw new Error(`${owner} has no sample`)
  return make()
}
