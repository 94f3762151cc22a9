/** Places where an object calls a program, in which the program can call each method of the same object. */
import * as core from '../../../../lib/index.ts'
import { type Coroutine, createTask, getRunningLoop, sleep, use } from '../../../../lib/index.ts'
import { Recorder } from '../../../../lib/study/index.ts'

type Act = (object: object) => void

export interface OwnCallback {
  readonly owner: string
  readonly words: string
  /** Bring it about that the object calls the program, which calls `act`. */
  readonly at: (act: Act) => Coroutine<unknown>
}

function* cleaning(act: () => void): Coroutine<void> { try { yield* sleep(1000) } finally { act() } }

/** An owner whose scripts fail, and one that closes. */
function* closing(act: Act): Coroutine<void> {
  const owner: core.Owner = getRunningLoop().owner('tea', { onError() { /* it hears */ } })
  owner.spawn(cleaning(() => { act(owner) }))
  yield* sleep(1)
  owner.close()
}

export const ownCallbacks: readonly OwnCallback[] = [
  { owner: 'PyGenerator', words: 'in its body', *at(act) {
    const generator: core.PyGenerator<number, void, void> = core.pyGenerator(function* () { act(generator); yield 1 })
    generator.next()
  } },
  { owner: 'PyGenerator', words: 'in its `finally`, while it is closed', *at(act) {
    const generator: core.PyGenerator<number, void, void> = core.pyGenerator(function* () { try { yield 1 } finally { act(generator) } })
    generator.next()
    generator.close()
  } },
  { owner: 'PyAsyncGenerator', words: 'in its body', *at(act) {
    const stream: core.PyAsyncGenerator<number, void, void> = core.asyncGenerator(function* (): core.Emitting<number> { act(stream); yield* core.emit(1) })()
    yield* stream.anext()
    yield* stream.aclose()
  } },
  { owner: 'Greenlet', words: 'in its body', *at(act) {
    const one = core.greenlet(function* (): Coroutine<void> { act(core.getCurrent()) })
    yield* one.switch()
  } },
  { owner: 'Task', words: 'in its done-callback', *at(act) {
    const task = createTask(sleep(1))
    task.addDoneCallback(() => { act(task) })
    yield* sleep(2)
  } },
  { owner: 'Task', words: 'in its `finally`, while it is cancelled', *at(act) {
    const task: core.Task = createTask(cleaning(() => { act(task) }))
    yield* sleep(1)
    task.cancel()
    yield* sleep(1)
  } },
  { owner: 'Future', words: 'in its done-callback', *at(act) {
    const future = new core.Future<number>()
    future.addDoneCallback(() => { act(future) })
    future.setResult(1)
    yield* sleep(1)
  } },
  { owner: 'Handle', words: 'in its callback', *at(act) {
    const handle: core.Handle = getRunningLoop().callSoon(() => { act(handle) })
    yield* sleep(1)
  } },
  { owner: 'TimerHandle', words: 'in its callback', *at(act) {
    const handle: core.TimerHandle = getRunningLoop().callLater(1, () => { act(handle) })
    yield* sleep(2)
  } },
  { owner: 'TaskGroup', words: 'in a `finally` of a task that it cancels', *at(act) {
    yield* use(new core.TaskGroup(), function* (group) {
      group.createTask(cleaning(() => { act(group) }))
      yield* sleep(1)
      group.cancel()
    })
  } },
  { owner: 'CancelScope', words: 'in a `finally` of the block that it cancels', *at(act) {
    yield* use(new core.CancelScope(), function* (scope) {
      scope.cancel()
      yield* cleaning(() => { act(scope) })
    })
  } },
  { owner: 'ExitStack', words: 'in a function that it calls at the end', *at(act) {
    yield* use(new core.ExitStack(), function* (stack) { stack.callback(() => { act(stack) }) })
  } },
  { owner: 'Owner', words: 'in a `finally` of a script that it closes', at: closing },
  { owner: 'Owner', words: 'in `onClose()`', *at(act) {
    const owner = getRunningLoop().owner('tea')
    owner.onClose(() => { act(owner) })
    owner.close()
  } },
  { owner: 'Owner', words: 'in `onError`', *at(act) {
    const owner: core.Owner = getRunningLoop().owner('tea', { onError() { act(owner) } })
    owner.spawn((function* (): Coroutine<void> { throw new RangeError('tea') })())
    yield* sleep(1)
  } },
  { owner: 'Queue', words: 'in `compare` of a priority queue', *at(act) { yield* comparing(act) } },
  { owner: 'Receiver', words: 'in `onUndelivered`', *at(act) {
    const [sender, receiver] = core.channel<number>(1, { onUndelivered() { act(receiver) } })
    sender.sendNowait(1)
    receiver.close()
  } },
  { owner: 'Sender', words: 'in `onUndelivered`', *at(act) {
    const [sender, receiver] = core.channel<number>(1, { onUndelivered() { act(sender) } })
    sender.sendNowait(1)
    receiver.close()
  } },
  { owner: 'Subscriber', words: 'in `onMissed`', *at(act) { yield* missing((_, subscriber) => { act(subscriber) }) } },
  { owner: 'Broadcast', words: 'in `onMissed`', *at(act) { yield* missing(all => { act(all) }) } },
  { owner: 'StreamReader', words: 'in `pauseReading()` of its transport', *at(act) {
    const reader = new core.StreamReader({ limit: 1 })
    reader.setTransport({ pauseReading() { act(reader) }, resumeReading() { /* goes on */ } })
    reader.feedData(new Uint8Array(10))
  } },
  { owner: 'Condition', words: 'in the predicate of `waitFor()`', *at(act) {
    const condition = new core.Condition()
    yield* use(condition, function* () { yield* condition.waitFor(() => { act(condition); return true }) })
  } },
  { owner: 'Context', words: 'in its `run()`', *at(act) { const context = new core.Context(); context.run(() => { act(context) }) } },
  { owner: 'EventLoop', words: 'in a callback', *at(act) { const loop = getRunningLoop(); loop.callSoon(() => { act(loop) }); yield* sleep(1) } },
  { owner: 'EventLoop', words: 'in its exception handler', *at(act) {
    const loop = getRunningLoop()
    loop.setExceptionHandler(() => { loop.setExceptionHandler(null); act(loop) })
    loop.callExceptionHandler({ message: 'tea' })
  } },
  { owner: 'EventLoop', words: 'in its task factory', *at(act) {
    const loop = getRunningLoop()
    loop.setTaskFactory((_, coroutine, options) => { loop.setTaskFactory(null); act(loop); return new core.Task(coroutine, options) })
    yield* loop.createTask(sleep(1))
  } },
  { owner: 'Recorder', words: 'in `onEvent`', *at(act) {
    const recorder: Recorder = new Recorder({ onEvent() { act(recorder) } })
    recorder.start()
    try { yield* core.yieldFrom(sleep(1)) } finally { recorder.stop() }
  } },
]

function* comparing(act: Act): Coroutine<void> {
  const queue: core.PriorityQueue<number> = new core.PriorityQueue<number>(0, { compare: (a, b) => { if (a !== b) act(queue); return a - b } })
  for (const item of [5, 4, 3, 2, 1]) queue.putNowait(item)
  for (let left = queue.qsize(), last = 0; left > 0; left--) {
    const item = queue.getNowait()
    if (item < last) throw new Error(`${item} comes after ${last}`)
    last = item
  }
}

function* missing(act: (all: object, subscriber: object) => void): Coroutine<void> {
  const all = core.broadcast<number>(1, { overflow: 'dropOldest' })
  const subscriber: core.Subscriber<number> = all.subscribe({ onMissed() { act(all, subscriber) } })
  all.sendNowait(1)
  all.sendNowait(2)
  try { yield* subscriber.receive() } catch { /* it was closed meanwhile */ }
}
