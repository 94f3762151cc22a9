/** Right values for what the other doors take, and objects of their classes. */
import { CancelScope, type Coroutine, EventLoop, ManualHost, asyncGenerator, channel, emit, getRunningLoop } from '../../../../lib/index.ts'
import { WritableSender } from '../../../../lib/promise/writable-stream.ts'
import { ClientSession, NodeEventLoopPolicy, ProcessPoolExecutor, Protocol, ThreadPoolExecutor } from '../../../../lib/node/index.ts'
import { startingNothing } from './nowhere.ts'
import { ConcurrentFuture } from '../../../../lib/node/executor/concurrent-future.ts'
import { Moments, Recorder, type StudyEvent } from '../../../../lib/study/index.ts'
import { SeededEventLoop, Sequencer } from '../../../../lib/testing/index.ts'

function* nothing(): Coroutine<void> { /* nothing to do */ }

const event = { kind: 'enter', frame: 'tea', parent: null, depth: 0, value: '', at: 0, time: 0, task: null, greenlet: 'main' } as unknown as StudyEvent
const observable = () => ({ add: () => 1, remove: () => true })
const handle = { dispose() { /* it is let go */ } }


const newProtocol = (): Protocol => new Protocol()

export const valuesOfDoors: Record<string, () => unknown> = {
  // testing
  '() => Awaitable<unknown>': () => () => { throw new Error('tea') }, // it ends the search at once
  'ExploreOptions': () => ({ seeds: 1 }),
  'SeededLoopOptions': () => ({ seed: 1 }),
  // study
  'RecorderOptions': () => ({ limit: 1 }),
  'readonly StudyEvent[]': () => [event],
  'MarblesOptions': () => ({ width: 80 }),
  'PageOptions': () => ({ title: 'tea' }),
  // promise
  'PromiseLike<T> | ((signal: AbortSignal) => PromiseLike<T>)': () => Promise.resolve(1),
  'LoopOption': () => ({ loop: new EventLoop({ host: new ManualHost() }) }),
  'AbortSignal': () => new AbortController().signal,
  'CancelScope': () => new CancelScope(),
  'AsyncIterable<T>': () => ({ [Symbol.asyncIterator]: () => ({ next: () => Promise.resolve({ done: true, value: undefined }) }) }),
  'ReadableStream<T>': () => new ReadableStream(),
  'WritableStream<T>': () => new WritableStream(),
  'EventTarget': () => new EventTarget(),
  'EventsOptions': () => ({ buffer: 1 }),
  '{ readonly make?: ((item: T) => Event) | undefined; }': () => ({ make: () => new Event('tea') }),
  'Sender<T>': () => channel(1)[0],
  'toEventTarget.stream': () => asyncGenerator(function* () { yield* emit(1) })(),
  // engines
  'FramedLoop': () => new EventLoop({ host: new ManualHost() }),
  'RequestFrame': () => () => 1,
  'AttachOptions': () => ({ longest: 100 }),
  'SceneLike<O>': () => ({ onBeforeRenderObservable: observable(), onDisposeObservable: observable(), getEngine: () => ({ getDeltaTime: () => 16 }) }),
  'SceneOptions': () => ({ deltaTime: () => 16 }),
  'Owner': () => getRunningLoop().owner('tea'),
  'DisposableLike<N, O>': () => ({ name: 'node', onDisposeObservable: observable() }),
  'UpdatingLike': () => ({ on: () => ({ close() { /* it ends */ } }) }),
  'KillableLike': () => ({ name: 'actor', on: () => ({ close() { /* it ends */ } }) }),
  'FrameSettings': () => ({ budget: 5 }),
  'SystemLike': () => ({ currentTick: 1, runJob: () => 1, clearJob() { /* it ends */ } }),
  'Pick<JobOptions<object>, "errors">': () => ({ errors() { /* it hears */ } }),
  'GameLike': () => ({ time: 1, cpu: { limit: 20, getUsed: () => 0 } }),
  'TickOfGame': () => ({ spare: 1 }),
  'tickOfGame.loop': () => new EventLoop({ host: new ManualHost() }),
  'DatabaseLike': () => ({ transaction: (body: () => unknown) => body }),
  '() => A': () => () => [nothing()],
  // node
  'ExecutorLike': () => startingNothing(new ThreadPoolExecutor({ maxWorkers: 1 })),
  'ExecutorLike | null': () => null,
  '() => P': () => newProtocol,
  '() => AnyProtocol': () => newProtocol,
  'string | readonly string[] | null': () => '127.0.0.1',
  'port': () => 0,
  'ConnectionOptions': () => ({ family: 4 }),
  'ConnectionOptions & StreamOptions': () => ({ family: 4 }),
  'ServerOptions': () => ({ backlog: 1 }),
  'ServerOptions & StreamOptions': () => ({ backlog: 1 }),
  'DatagramOptions': () => ({ localAddr: ['127.0.0.1', 0] }),
  'Transport': () => ({}),
  'AnyProtocol': () => new Protocol(),
  'true | SslOptions': () => true,
  'TlsOptions': () => ({ serverSide: false }),
  '{ readonly family?: 0 | 4 | 6 | undefined; }': () => ({ family: 4 }),
  'readonly [string, number]': () => ['127.0.0.1', 80],
  'object | ((...args: never[]) => T)': () => () => 1,
  'Work<A, T>': () => () => 1,
  'Work<[A], T>': () => () => 1,
  'signal': () => 'SIGUSR2',
  '(...args: A) => unknown': () => () => 1,
  'Callback<T>': () => () => 1,
  'ExecutorOptions': () => ({ maxWorkers: 1 }),
  '{ readonly timeout?: number | null | undefined; }': () => ({ timeout: 1 }),
  'ShutdownOptions': () => ({ wait: false }),
  'ConcurrentFuture<T>': () => new ConcurrentFuture(() => { /* it is cancelled */ }, false),
  'string | URL': () => 'http://localhost/',
  'readFile.path': () => 'tea.txt',
  'writeFile.path': () => 'tea.txt',
  'Writable': () => 'tea',
  'RequestSettings': () => ({ timeout: 5 }),

  'NodeHostOptions': () => ({ poller: 'thread' }),
  'SessionOptions': () => ({ timeout: 5 }),
  'RequestHandler': () => function* () { return {} },
  'ServeOptions': () => ({ port: 0 }),
  'ConnectedCallback': () => function* () { /* it serves */ },
  'SubprocessOptions<In, Out, Err>': () => ({ limit: 100 }),
  'BullMQOptions': () => ({ queue: 'tea' }),
  'ContextLike<H>': () => ({
    runtime: { setMaxStackSize() { /* set */ }, setInterruptHandler() { /* set */ }, removeInterruptHandler() { /* gone */ } },
    global: handle, evalCode: () => ({ value: handle }), dump: () => 1,
  }),
}

export const objectsOfDoors: Record<string, () => object> = {
  ConcurrentFuture: () => new ConcurrentFuture(() => { /* it is cancelled */ }, false),
  ThreadPoolExecutor: () => startingNothing(new ThreadPoolExecutor({ maxWorkers: 1 })),
  ProcessPoolExecutor: () => startingNothing(new ProcessPoolExecutor({ maxWorkers: 1 })),
  ClientSession: () => new ClientSession(),
  NodeEventLoopPolicy: () => new NodeEventLoopPolicy(),
  SeededEventLoop: () => new SeededEventLoop({ seed: 1, host: new ManualHost() }),
  Sequencer: () => new Sequencer(),
  Recorder: () => new Recorder(),
  Moments: () => new Moments([event]),
  WritableSender: () => new WritableSender(new WritableStream()),
}
