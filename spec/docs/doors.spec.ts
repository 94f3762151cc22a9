import * as core from 'yieldfrom'
import * as bullmq from 'yieldfrom/bullmq'
import * as babylon from 'yieldfrom/engine/babylon'
import * as bedrock from 'yieldfrom/engine/bedrock'
import * as excalibur from 'yieldfrom/engine/excalibur'
import * as frame from 'yieldfrom/engine/frame'
import * as quickjs from 'yieldfrom/engine/quickjs'
import * as screeps from 'yieldfrom/engine/screeps'
import * as sqlite from 'yieldfrom/engine/sqlite'
import * as lint from 'yieldfrom/eslint'
import * as greenlets from 'yieldfrom/greenlet'
import * as node from 'yieldfrom/node'
import * as promise from 'yieldfrom/promise'
import * as study from 'yieldfrom/study'
import * as testing from 'yieldfrom/testing'
import type { Awaitable, ContextManager, Coroutine, EventLoop, Host, Owner, Recording, Stream, Timeout, Trap } from 'yieldfrom'
import type { Process, Protocol, Response, Server, Transport } from 'yieldfrom/node'

/** What each door promises to let out. More may come out of it; none of these may leave without a new major version. */
const GREENLETS = `
  Context ContextVar GeneratorBusyError GeneratorExit Greenlet GreenletError GreenletExit StopIteration Token copyContext coroutine
  getCurrent getTrace greenlet isCoroutine pyGenerator runMain setTrace watch yieldFrom
`

const CORE = `
  ${GREENLETS}
  ALL_COMPLETED Barrier BlockingHost BoundedSemaphore BrokenBarrierError CancelScope CancelledError CapacityLimiter Clock Condition
  DeadlockError DivergenceError Event EventLoop ExceptionGroup ExitStack FIRST_COMPLETED FIRST_EXCEPTION Future Handle
  IncompleteReadError InvalidStateError KeyboardInterrupt LifoQueue LimitOverrunError Lock ManualHost OwnerCloseError PriorityQueue
  Queue QueueEmpty QueueFull QueueShutDown Runner RuntimeError Semaphore StreamReader Task TaskGroup TimeoutError TimerHandle
  VirtualHost action all allTasks asCompleted asyncGenerator channel createTask currentTask driveSync eagerTaskFactory emit
  ensureFuture failAfter forEach gather getEventLoop getEventLoopPolicy getRunningLoop isCancelled isFuture moveOnAfter newEventLoop
  nextFrame race repeat replay restore run seconds setEventLoop setEventLoopPolicy shield sleep timeout timeoutAt trim tween use wait
  waitEvent waitFor waitFrames waitSignal waitUntil waitWhile
`

const DOORS: Record<string, [door: object, names: string]> = {
  'yieldfrom': [core, CORE],
  'yieldfrom/greenlet': [greenlets, GREENLETS],
  'yieldfrom/node': [node, `
    ${CORE}
    ClientSession ConcurrentFuture DatagramProtocol NodeEventLoopPolicy NodeHost ProcessPoolExecutor Protocol StreamWriter
    ThreadPoolExecutor attach callSoonThreadsafe createSubprocessExec createSubprocessShell openConnection openUnixConnection readFile
    runCoroutineThreadsafe serve startServer startUnixServer stdin stdout toThread wrapFuture writeFile
  `],
  'yieldfrom/study': [study, 'Recorder marbles sentences toChromeTrace toHTML toMermaid toSVG watch'],
  'yieldfrom/testing': [testing, 'ManualHost VirtualHost'],
  'yieldfrom/promise': [promise, `
    PromiseInBlockingLoopError fromAbortSignal fromAsyncIterable fromEventTarget fromPromise fromReadableStream fromWritableStream
    toAbortSignal toAsyncIterable toEventTarget toPromise toReadableStream toWritableStream
  `],
  'yieldfrom/eslint': [lint, 'configs rules'],
  'yieldfrom/bullmq': [bullmq, 'BullMQExecutor'],
  'yieldfrom/engine/frame': [frame, 'attachToFrames'],
  'yieldfrom/engine/babylon': [babylon, 'ownerOfNode ownerOfScene'],
  'yieldfrom/engine/excalibur': [excalibur, 'ownerOfActor ownerOfUpdates'],
  'yieldfrom/engine/bedrock': [bedrock, 'runAsJob'],
  'yieldfrom/engine/screeps': [screeps, 'tickOfGame'],
  'yieldfrom/engine/sqlite': [sqlite, 'inTransaction'],
  'yieldfrom/engine/quickjs': [quickjs, 'evaluate'],
}

/** What the objects of these names can do. */
const METHODS: Record<string, string> = {
  EventLoop: `
    abandon addSignalHandler asJob callAt callExceptionHandler callLater callSoon callSoonThreadsafe clock close createConnection
    createDatagramEndpoint createFuture createServer createTask defaultExceptionHandler frame getDebug getExceptionHandler
    getTaskFactory handle isClosed isRunning nextWakeUp owner record removeSignalHandler report runForever runInExecutor
    runUntilComplete setDebug setDefaultExecutor setExceptionHandler setTaskFactory shutdownAsyncGenerators
    shutdownDefaultExecutor stop tick time trace withContext
  `,
  Runner: 'close enter exit getLoop run',
  Future: 'addDoneCallback cancel cancelled done exception getLoop removeDoneCallback result setException setResult state',
  Task: 'cancelling getContext getCoro getName getStack printStack setName throwNow uncancel',
  Greenlet: 'active context dead frames kill parent resume resumeThrow run switch throw',
  TaskGroup: 'cancel createTask enter exit',
  CancelScope: 'cancel cancelledCaught deadline enter exit shield',
  ExitStack: 'callback close enter enterContext exit popAll push',
  Queue: 'empty full get getNowait join maxsize put putNowait qsize shutdown taskDone',
  Barrier: 'abort broken enter exit nWaiting parties reset wait',
  ContextVar: 'get reset set',
  Context: 'get has run',
  Clock: 'child now paused scale',
  ExceptionGroup: 'split subgroup',
  StreamReader: 'atEof exception feedData feedEof iterate read readexactly readline readuntil setException setTransport',
  StreamWriter: 'close drain getExtraInfo isClosing startTls waitClosed write writeEof writelines',
  ClientSession: 'delete enter exit get head post put request',
  ThreadPoolExecutor: 'map shutdown submit',
  ConcurrentFuture: 'result',
  Recorder: 'events start stop toJSON toNDJSON',
}

const wordsOf = (text: string): string[] => text.trim().split(/\s+/)

it.each(Object.entries(DOORS))('%s lets out what it promises', (_, [door, names]) => {
  expect(wordsOf(names).filter(name => Reflect.get(door, name) === undefined)).toEqual([])
})

it('and what comes out of several doors is the same thing, but for what runs on a host of Node', () => {
  const doors = Object.values(DOORS).map(([door]) => door)
  const different = new Set(doors.flatMap(door => Object.keys(door).filter(name => name !== 'default' && doors.some(other => name in other && Reflect.get(other, name) !== Reflect.get(door, name)))))
  expect([...different].sort()).toEqual(['Runner', 'run'])
})

it.each(Object.entries(METHODS))('an object of %s has its methods and properties', (name, methods) => {
  const made = fieldsOf(name)
  const { prototype } = Reflect.get({ ...node, ...study }, name) as { prototype: object }
  expect(wordsOf(methods).filter(method => !(method in prototype) && !made.has(method))).toEqual([])
})

/** Fields are on no prototype: these objects are looked at. */
function fieldsOf(name: string): Set<string> {
  const made: Record<string, () => object> = {
    EventLoop: () => new core.EventLoop({ host: new core.ManualHost() }), Queue: () => new core.Queue(), Barrier: () => new core.Barrier(2),
    CancelScope: () => new core.CancelScope(), Clock: () => new core.EventLoop({ host: new core.ManualHost() }).clock, Recorder: () => new study.Recorder(),
    Greenlet: () => new core.Greenlet(() => 1),
  }
  return new Set(Object.keys(made[name]?.() ?? {}))
}

/** The names of types come out, too: this compiles. */
export type Promised = [
  Awaitable<number>, ContextManager<number>, Coroutine<number>, EventLoop, Host, Owner, Process, Protocol, Recording, Response, Server,
  Stream<number>, Timeout, Transport, Trap,
]
