import * as whole from '../lib/index.ts'
import * as greenlets from '../lib/greenlet/index.ts'
import * as testing from '../lib/testing/index.ts'

/** What comes out of `yieldfrom/greenlet`. To add a name here, or to lose one, is a decision. */
const OF_GREENLETS = [
  'ArgumentError', 'AttributeError', 'BadYieldError', 'BaseException', 'Context', 'ContextVar', 'GeneratorBusyError',
  'GeneratorExit', 'Greenlet', 'GreenletError', 'GreenletExit', 'LookupError', 'RuntimeError', 'StopIteration', 'Token',
  'ValueError', 'copyContext', 'coroutine', 'getCurrent', 'getTrace', 'greenlet', 'isCoroutine', 'pyGenerator',
  'runMain', 'setTrace', 'suspend', 'watch', 'yieldFrom',
]

/** What comes out of `yieldfrom/testing`. */
const OF_TESTING = [
  'ManualHost', 'SeededEventLoop', 'Sequencer', 'VirtualHost', 'explore', 'runBriefly', 'waitAllTasksBlocked',
]

/** What comes out of `yieldfrom` besides. */
const OF_THE_CORE = [
  'ALL_COMPLETED', 'BREAK', 'Barrier', 'BlockingHost', 'BoundedSemaphore', 'BrokenBarrierError', 'BrokenResourceError',
  'CancelScope', 'CancelledError', 'CapacityLimiter', 'Clock', 'ClosedResourceError', 'Condition', 'DeadlockError', 'EndOfChannel',
  'Event', 'EventLoop', 'ExceptionGroup', 'ExitStack', 'FIRST_COMPLETED', 'FIRST_EXCEPTION', 'Future', 'Handle',
  'IncompleteReadError', 'InvalidStateError', 'KeyboardInterrupt', 'LimitOverrunError', 'StreamReader', 'LifoQueue', 'Lock', 'ManualHost', 'OwnerCloseError', 'ParkingLot', 'PriorityQueue',
  'PyAsyncGenerator', 'Queue', 'QueueEmpty', 'QueueFull', 'QueueShutDown', 'Runner', 'Semaphore', 'Task', 'TaskGroup',
  'TimeoutError', 'TimerHandle', 'VirtualHost', 'WouldBlock', 'aclosing', 'allTasks', 'asCompleted', 'asyncGenerator',
  'captureCallGraph', 'channel', 'createTask', 'currentTask', 'eagerTaskFactory', 'emit', 'ensureFuture', 'failAfter',
  'failAt', 'forEach', 'formatCallGraph', 'formatWaitTree',
  'gather', 'getEventLoop', 'getEventLoopPolicy', 'getRunningLoop', 'isCancelled', 'isFuture', 'moveOnAfter', 'moveOnAt',
  'newEventLoop', 'printCallGraph', 'run', 'seconds', 'setEventLoop', 'setEventLoopPolicy', 'shield', 'sleep', 'timeout', 'timeoutAt', 'use',
  'wait', 'waitFor', 'waitTree', 'action', 'actionPolicies', 'all', 'driveSync', 'nextFrame', 'race', 'repeat', 'tween', 'waitEvent', 'waitFrames',
  'waitSignal', 'waitUntil', 'waitWhile', 'DivergenceError', 'replay', 'restore', 'trim', 'waitInput',
]

/** And what waits for several things, or is shared in other ways than asyncio knows. */
const OF_MANY = [
  'ReadWriteLock', 'ReentrantLock', 'allSettled', 'broadcast', 'cancelAndWait', 'mapConcurrently', 'mapStream', 'staggeredRace',
]

/** What comes out of `yieldfrom/node` besides all that; its `run` and `Runner` are its own. */
const OF_NODE = [
  'BaseProtocol', 'BrokenExecutorError', 'BrokenPipeError', 'BufferedProtocol', 'ClientError', 'ClientSession', 'ConcurrentFuture',
  'ConnectionAbortedError', 'ConnectionError', 'ConnectionRefusedError', 'ConnectionResetError', 'DEVNULL', 'DatagramProtocol',
  'FileExistsError', 'FileNotFoundError', 'GaiError', 'IoThreadError', 'NodeEventLoopPolicy', 'NodeHost', 'OSError', 'PIPE',
  'PermissionError', 'ProcessLookupError', 'ProcessPoolExecutor', 'Protocol', 'SSLCertVerificationError', 'SSLError', 'StreamWriter',
  'ThreadPoolExecutor', 'attach', 'callSoonThreadsafe', 'createSubprocessExec', 'createSubprocessShell', 'openConnection',
  'openUnixConnection', 'readFile', 'runCoroutineThreadsafe', 'serve', 'startServer', 'startUnixServer', 'stdin', 'stdout',
  'toThread', 'wrapFuture', 'writeFile',
]

describe('the door', () => {
  it.each<[string, object, string[]]>([
    ['yieldfrom/greenlet', greenlets, OF_GREENLETS],
    ['yieldfrom', whole, [...OF_GREENLETS, ...OF_THE_CORE, ...OF_MANY]],
    ['yieldfrom/testing', testing, OF_TESTING],
  ])('%s lets out these names, and no other', (_, door, names) => {
    expect(Object.keys(door).sort()).toEqual([...names].sort())
    expect(Object.entries(door).filter(([, value]) => value === undefined)).toEqual([])
  })

  if ('process' in globalThis) {
    it('yieldfrom/node lets out all of the core and these names, and no other', () => {
      const node = require('../lib/node/index.ts') as object
      expect(Object.keys(node).sort()).toEqual([...OF_GREENLETS, ...OF_THE_CORE, ...OF_MANY, ...OF_NODE].sort())
      const other = Object.entries(whole).filter(([name, value]) => Reflect.get(node, name) !== value).map(([name]) => name)
      expect(other.sort()).toEqual(['Runner', 'run'])
    })
  }

  it('is one of these', () => {
    const { exports: doors } = require('../package.json') as { exports: object }
    expect(Object.keys(doors)).toEqual([
      '.', './greenlet', './testing', './study', './node', './bullmq', './eslint', './promise',
      './engine/frame', './engine/babylon', './engine/excalibur', './engine/bedrock', './engine/screeps', './engine/sqlite', './engine/quickjs', './package.json',
    ])
  })

  it('makes no difference for what comes through two of them', () => {
    expect(Object.entries(greenlets).filter(([name, value]) => Reflect.get(whole, name) !== value)).toEqual([])
  })
})
