/** The states of objects in which some methods should not be called, and how a program gets into each of them. */
import * as core from '../../../../lib/index.ts'
import {
  type Coroutine, CancelScope, EventLoop, ManualHost, Runner, VirtualHost, createTask, getRunningLoop, sleep, use,
} from '../../../../lib/index.ts'
import { ClientSession, ConcurrentFuture, ProcessPoolExecutor, ThreadPoolExecutor } from '../../../../lib/node/index.ts'
import { WritableSender } from '../../../../lib/promise/writable-stream.ts'
import { Recorder } from '../../../../lib/study/index.ts'
import { Sequencer } from '../../../../lib/testing/index.ts'

/** Gives an object in that state. It may wait. */
type Make = () => Coroutine<object>

export interface State {
  readonly owner: string
  /** The state in words, after the name of the class: `after its end`. */
  readonly words: string
  readonly make: Make
}

/** It ends at the next wait, and so it is still under way when the call is made. */
function* waiting(): Coroutine<void> { yield* sleep(1000) }
function* nothing(): Coroutine<void> { /* nothing to do */ }
function* refusing(): Generator<number, void, void> { throw new RangeError('tea') }
function* failing(): Coroutine<void> { throw new RangeError('tea') }

/** Let another task do something with an object, and give others a turn. */
function* byAnother(body: () => Coroutine<unknown>): Coroutine<void> {
  createTask((function* () {
    yield* body()
    yield* sleep(1000)
  })())
  yield* sleep(1)
}

/** A manager whose block is over. */
function* over<M extends core.ContextManager<unknown>>(manager: M): Coroutine<M> {
  yield* use(manager, nothing)
  return manager
}

/** A manager in whose block the call is made, for as long as the test takes. */
function* entered<M extends core.ContextManager<unknown>>(manager: M): Coroutine<M> {
  yield* manager.enter()
  return manager
}

/** A manager in whose block another task is. */
function* enteredByAnother<M extends core.ContextManager<unknown>>(manager: M): Coroutine<M> {
  yield* byAnother(() => manager.enter())
  return manager
}

const plain = (make: () => object): Make => function* () { return make() }

/** An object with which a program has done something at once. */
const after = <T extends object>(make: () => T, act: (object: T) => unknown): Make => function* () {
  const object = make()
  act(object)
  return object
}

const scopes = (owner: string, make: () => CancelScope): State[] => [
  { owner, words: 'that was not entered yet', make: plain(make) },
  { owner, words: 'in its block', make: () => entered(make()) },
  { owner, words: 'in the block of another task', make: () => enteredByAnother(make()) },
  { owner, words: 'after its end', make: () => over(make()) },
  { owner, words: 'that was cancelled before its block', make: after(make, scope => { scope.cancel() }) },
]

function* closedByAll(stream: { close(): void }): Coroutine<object> {
  stream.close()
  return stream
}

function shutDown<E extends ThreadPoolExecutor | ProcessPoolExecutor>(executor: E): E {
  executor.shutdown()
  return executor
}

const locks = (owner: string, make: () => { acquire(): Coroutine<unknown>; release(): void }): State[] => [
  { owner, words: 'that nobody holds', make: plain(make) },
  { owner, words: 'that another task holds', *make() { const lock = make(); yield* byAnother(() => lock.acquire()); return lock } },
  { owner, words: 'that this task holds', *make() { const lock = make(); yield* lock.acquire(); return lock } },
]

const queues = (owner: string, make: () => core.Queue<number>): State[] => [
  { owner, words: 'that is shut down, with an item left', make: after(make, queue => { queue.putNowait(1); queue.shutdown() }) },
  { owner, words: 'that is shut down, and empty', make: after(make, queue => { queue.shutdown() }) },
  { owner, words: 'whose items are all done', make: after(make, queue => { queue.putNowait(1); queue.getNowait(); queue.taskDone() }) },
]

const asynchronous = (body: () => Generator<unknown, void, unknown>) => core.asyncGenerator(body as never)() as unknown as core.PyAsyncGenerator<number, void, void>

function* streamOf(body: () => Generator<unknown, void, unknown>, act: (stream: core.PyAsyncGenerator<number, void, void>) => Coroutine<unknown>): Coroutine<object> {
  const stream = asynchronous(body)
  try {
    yield* act(stream)
  } catch { /* it fails, or ends */ }
  return stream
}

function* emitting(): Generator<unknown, void, unknown> { yield* core.emit(1) as Generator<unknown, void, unknown> }
function* slow(): Generator<unknown, void, unknown> { yield* sleep(1000) as unknown as Generator<unknown, void, unknown> }

const generators: readonly (readonly [string, () => object])[] = [
  ['that has not begun', () => core.pyGenerator(function* () { yield 1 })],
  ['that has ended', () => { const generator = core.pyGenerator(function* () { yield 1 }); Array.from(generator); return generator }],
  ['that has failed', () => { const generator = core.pyGenerator(function* () { yield* refusing() }); try { generator.next() } catch { /* it fails */ } return generator }],
  ['that was closed', () => { const generator = core.pyGenerator(function* () { yield 1 }); generator.close(); return generator }],
]

const quietLoop = (): EventLoop => new EventLoop({ host: new ManualHost(), logger() { /* nobody reads it */ } })

function closedLoop(): EventLoop {
  const loop = quietLoop()
  loop.close()
  return loop
}

/** A loop with an object in it, which is closed then. */
const ofClosedLoop = (make: (loop: EventLoop) => object): Make => function* () {
  const loop = quietLoop()
  const object = make(loop)
  loop.close()
  return object
}

export const states: readonly State[] = [
  ...scopes('CancelScope', () => new CancelScope()),
  ...scopes('FailScope', () => core.failAfter(500)),
  { owner: 'Timeout', words: 'that was not entered yet', make: plain(() => core.timeout(500)) },
  { owner: 'Timeout', words: 'in its block', make: () => entered(core.timeout(500)) },
  { owner: 'Timeout', words: 'after its end', make: () => over(core.timeout(500)) },
  { owner: 'TaskGroup', words: 'that was not entered yet', make: plain(() => new core.TaskGroup()) },
  { owner: 'TaskGroup', words: 'in its block', make: () => entered(new core.TaskGroup()) },
  { owner: 'TaskGroup', words: 'in the block of another task', make: () => enteredByAnother(new core.TaskGroup()) },
  { owner: 'TaskGroup', words: 'that is ending, while a task of it runs on', *make() {
    const group = new core.TaskGroup()
    createTask(use(group, function* () { group.createTask(waiting()) }) as Coroutine<void>)
    yield* sleep(1)
    return group
  } },
  { owner: 'TaskGroup', words: 'after its end', make: () => over(new core.TaskGroup()) },
  { owner: 'ExitStack', words: 'after its end', make: () => over(new core.ExitStack()) },
  { owner: 'Broadcast', words: 'that is closed', make: () => closedByAll(core.broadcast(1)) },
  { owner: 'Subscriber', words: 'that is closed', make: () => closedByAll(core.broadcast(1).subscribe()) },
  { owner: 'Subscriber', words: 'whose broadcast is closed', *make() { const all = core.broadcast(1); const one = all.subscribe(); all.close(); return one } },
  { owner: 'Receiver', words: 'that is closed', make: () => closedByAll(core.channel(1)[1]) },
  { owner: 'Receiver', words: 'whose senders are closed', *make() { const [sender, receiver] = core.channel(1); sender.close(); return receiver } },
  { owner: 'Sender', words: 'that is closed', make: () => closedByAll(core.channel(1)[0]) },
  { owner: 'Sender', words: 'whose receivers are closed', *make() { const [sender, receiver] = core.channel(1); receiver.close(); return sender } },
  ...queues('Queue', () => new core.Queue(1)),
  { owner: 'PyAsyncGenerator', words: 'that has ended', make: () => streamOf(emitting, function* (stream) { yield* stream.anext(); yield* stream.anext() }) },
  { owner: 'PyAsyncGenerator', words: 'that was closed', make: () => streamOf(emitting, stream => stream.aclose()) },
  { owner: 'PyAsyncGenerator', words: 'that has failed', make: () => streamOf(function* () { throw new RangeError('tea') }, stream => stream.anext()) },
  { owner: 'PyAsyncGenerator', words: 'that another task waits for', make: () => streamOf(slow, stream => byAnother(() => stream.anext())) },
  { owner: 'StreamReader', words: 'at its end', make: after(() => new core.StreamReader(), reader => { reader.feedEof() }) },
  { owner: 'StreamReader', words: 'that has failed', make: after(() => new core.StreamReader(), reader => { reader.setException(new RangeError('tea')) }) },
  { owner: 'StreamReader', words: 'that another task reads', *make() { const reader = new core.StreamReader(); yield* byAnother(() => reader.read()); return reader } },
  { owner: 'Barrier', words: 'that is broken', *make() { const barrier = new core.Barrier(2); yield* barrier.abort(); return barrier } },
  { owner: 'Barrier', words: 'at which another task waits', *make() { const barrier = new core.Barrier(3); yield* byAnother(() => barrier.wait()); return barrier } },
  { owner: 'CapacityLimiter', words: 'of which nobody holds a token', make: plain(() => new core.CapacityLimiter(1)) },
  { owner: 'CapacityLimiter', words: 'of which this task holds the token', *make() { const limiter = new core.CapacityLimiter(1); yield* limiter.acquire(); return limiter } },
  { owner: 'CapacityLimiter', words: 'of which another task holds the token', *make() { const limiter = new core.CapacityLimiter(1); yield* byAnother(() => limiter.acquire()); return limiter } },
  ...locks('Condition', () => new core.Condition()),
  ...locks('Lock', () => new core.Lock()),
  ...locks('ReentrantLock', () => new core.ReentrantLock()),
  ...locks('Side', () => new core.ReadWriteLock().write),
  { owner: 'Side', words: 'whose other side another task holds', *make() { const lock = new core.ReadWriteLock(); yield* byAnother(() => lock.read.acquire()); return lock.write } },
  { owner: 'Semaphore', words: 'that is used up', make: plain(() => new core.Semaphore(0)) },
  { owner: 'BoundedSemaphore', words: 'of which nothing was taken', make: plain(() => new core.BoundedSemaphore(1)) },
  { owner: 'Event', words: 'that is set', make: after(() => new core.Event(), event => { event.set() }) },
  { owner: 'ParkingLot', words: 'of an owner that is closed', *make() { const owner = getRunningLoop().owner('tea'); owner.close(); return new core.ParkingLot(owner) } },
  { owner: 'EventLoop', words: 'that is closed', make: plain(closedLoop) },
  { owner: 'EventLoop', words: 'that runs', make: plain(getRunningLoop) },
  { owner: 'EventLoop', words: 'that was stopped before it ran', make: after(() => quietLoop(), loop => { loop.stop() }) },
  { owner: 'EventLoop', words: 'that has a recording', make: after(() => quietLoop(), loop => loop.record()) },
  { owner: 'Future', words: 'that has a result', make: after(() => new core.Future<number>(), future => { future.setResult(1) }) },
  { owner: 'Future', words: 'that has failed', make: after(() => new core.Future<number>(), future => { future.setException(new RangeError('tea')); future.exception() }) },
  { owner: 'Future', words: 'that is cancelled', make: after(() => new core.Future<number>(), future => future.cancel()) },
  { owner: 'Future', words: 'of a loop that is closed', make: ofClosedLoop(loop => loop.createFuture()) },
  { owner: 'Task', words: 'that has ended', *make() { const task = createTask(nothing()); yield* task; return task } },
  { owner: 'Task', words: 'that has failed', *make() { const task = createTask(failing()); yield* core.wait([task]); task.exception(); return task } },
  { owner: 'Task', words: 'that is cancelled', *make() { const task = createTask(waiting()); task.cancel(); yield* core.wait([task]); return task } },
  { owner: 'Task', words: 'that makes the call itself', make: plain(() => core.currentTask() as object) },
  { owner: 'Task', words: 'of a loop that is closed', make: ofClosedLoop(loop => loop.createTask(waiting())) },
  { owner: 'Owner', words: 'that is closed', make: after(() => getRunningLoop().owner('tea'), owner => { owner.close() }) },
  { owner: 'Owner', words: 'that is paused', make: after(() => getRunningLoop().owner('tea'), owner => { owner.pause() }) },
  { owner: 'Owner', words: 'whose parent is closed', *make() { const parent = getRunningLoop().owner('tea'); const owner = parent.owner('cup'); parent.close(); return owner } },
  { owner: 'Owner', words: 'of a loop that is closed', make: ofClosedLoop(loop => loop.owner('tea')) },
  { owner: 'Handle', words: 'that is cancelled', make: after(() => getRunningLoop().callSoon(() => 1), handle => { handle.cancel() }) },
  { owner: 'Handle', words: 'that was called', *make() { const handle = getRunningLoop().callSoon(() => 1); yield* sleep(1); return handle } },
  { owner: 'TimerHandle', words: 'that was called', *make() { const handle = getRunningLoop().callLater(1, () => 1); yield* sleep(2); return handle } },
  { owner: 'TimerHandle', words: 'of a loop that is closed', make: ofClosedLoop(loop => loop.callLater(1, () => 1)) },
  { owner: 'Runner', words: 'that is closed', make: after(() => new Runner({ host: new VirtualHost() }), runner => { runner.close() }) },
  { owner: 'Recording', words: 'of a loop that is closed', make: ofClosedLoop(loop => loop.record()) },
  { owner: 'ContextVar', words: 'without a value', make: plain(() => new core.ContextVar('user')) },
  { owner: 'Token', words: 'that was used', *make() { const user = new core.ContextVar('user'); const token = user.set('tea'); user.reset(token); return token } },
  ...generators.map(([words, make]) => ({ owner: 'PyGenerator', words, make: plain(make) })),
  { owner: 'Greenlet', words: 'that has not begun', make: plain(() => core.greenlet(nothing)) },
  { owner: 'Greenlet', words: 'that has ended', make: plain(() => { const dead = core.greenlet(nothing); dead.kill(); return dead }) },
  { owner: 'Greenlet', words: 'that makes the call itself', make: plain(core.getCurrent) },
  { owner: 'Greenlet', words: 'without a body', make: plain(() => core.greenlet()) },
  { owner: 'ManualHost', words: 'of a loop that is closed', *make() { const host = new ManualHost(); new EventLoop({ host }).close(); return host } },
  { owner: 'VirtualHost', words: 'of a loop that is closed', *make() { const host = new VirtualHost(); new EventLoop({ host }).close(); return host } },
  { owner: 'Clock', words: 'that belongs to no loop', make: plain(() => new core.Clock({ parent: new core.Clock() })) },
  { owner: 'Clock', words: 'of a loop that is closed', make: ofClosedLoop(loop => loop.clock.child()) },
  { owner: 'Clock', words: 'that is the clock of a loop', make: plain(() => getRunningLoop().clock) },
  { owner: 'Sequencer', words: 'whose first place is taken', *make() { const sequencer = new Sequencer(); yield* use(sequencer.at(0), nothing); return sequencer } },
  { owner: 'Recorder', words: 'that has not begun', make: plain(() => new Recorder()) },
  { owner: 'Recorder', words: 'that has stopped', make: after(() => new Recorder(), recorder => { recorder.start(); recorder.stop() }) },
  { owner: 'ClientSession', words: 'that is closed', *make() { const session = new ClientSession(); yield* session.close(); return session } },
  { owner: 'ThreadPoolExecutor', words: 'that is shut down', make: plain(() => shutDown(new ThreadPoolExecutor())) },
  { owner: 'ProcessPoolExecutor', words: 'that is shut down', make: plain(() => shutDown(new ProcessPoolExecutor())) },
  { owner: 'ConcurrentFuture', words: 'that has a result', make: after(() => new ConcurrentFuture(), future => { future.setResult(1) }) },
  { owner: 'ConcurrentFuture', words: 'that is cancelled', make: after(() => new ConcurrentFuture(), future => { future.cancel() }) },
  { owner: 'WritableSender', words: 'that is closed', *make() { const sender = new WritableSender(new WritableStream()); yield* sender.exit(new RangeError('tea')); return sender } },
]
