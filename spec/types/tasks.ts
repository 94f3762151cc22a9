import {
  type Awaitable, type BlockedTask, type Context, type Coroutine, EventLoop, type FrameView, Future, type FutureState,
  type Greenlet, type Handle, type Host, Runner, Task, type TaskFactory, type TickReport, type TimerHandle, VirtualHost,
  allTasks, coroutine, createTask, currentTask, eagerTaskFactory, ensureFuture, getEventLoop, getRunningLoop, run,
  setEventLoop, setEventLoopPolicy, sleep, suspend,
} from 'yieldfrom'
import { typeOf } from './type-of.ts'

const loop = new EventLoop({ host: new VirtualHost(), debug: true, logger: text => { typeOf(text).is<string>(true) } })
declare const future: Future<number>
function* brew(order: string): Coroutine<string[]> {
  yield* sleep(1)
  return [order]
}

// What is awaited decides the type, with no annotation anywhere.
const waits = coroutine(function* () {
  const task = createTask(brew('tea'))
  typeOf(task).is<Task<string[]>>(true)
  typeOf(yield* task).is<string[]>(true)
  typeOf(yield* brew('milk')).is<string[]>(true)
  typeOf(yield* future).is<number>(true)
  typeOf(yield* sleep(1)).is<void>(true)
  typeOf(yield* sleep(1, 'x')).is<string>(true)
  typeOf(yield* sleep(0, { x: 1 })).is<{ x: number }>(true)
  typeOf(yield* createTask(sleep(1, 'x'), { name: 'nap', context: null, eagerStart: true })).is<string>(true)
  typeOf(yield* createTask(suspend<boolean>(resume => { resume(true) }))).is<boolean>(true)
  typeOf(yield* ensureFuture(brew('tea'))).is<string[]>(true)
  typeOf(yield* ensureFuture(future, { loop })).is<number>(true)
  return 5
})
typeOf(run(waits())).is<number>(true)
typeOf(run(brew('tea'), { host: new VirtualHost(), debug: true })).is<string[]>(true)
typeOf(run(sleep(1, 'x'), { loopFactory: () => new EventLoop() })).is<string>(true)
typeOf(loop.runUntilComplete(future)).is<number>(true)
typeOf(loop.runUntilComplete(waits())).is<number>(true)
const runner = new Runner({ host: new VirtualHost() })
typeOf(runner.run(brew('tea'))).is<string[]>(true)
typeOf(runner.getLoop()).is<EventLoop>(true)

export function* forgetful(task: Task<string>): Coroutine<void> {
  // @ts-expect-error: Did you mean yield* future?
  yield future
  // @ts-expect-error: Did you mean yield* task?
  yield task
  // @ts-expect-error: Did you mean yield* sleep(1)?
  yield sleep(1)
  // @ts-expect-error: Did you mean yield* brew('tea')?
  yield brew('tea')
  yield
  // @ts-expect-error: a list is waited for by gather()
  yield* [task]
  // @ts-expect-error: a handle is nothing to wait for
  yield* loop.callSoon(() => undefined)
}

// @ts-expect-error: Did you mean brew('tea')?
createTask(brew)
// @ts-expect-error: nor can run() call it
run(brew)
// @ts-expect-error: a number cannot be awaited
createTask(5)
// @ts-expect-error: a generator of numbers yields what no task understands
createTask((function* () { yield 1 })())
// @ts-expect-error: a list is no awaitable
ensureFuture([future])
// @ts-expect-error: the loop is that which is asked
loop.createTask(brew('tea'), { loop })
// @ts-expect-error: an option that does not exist
createTask(brew('tea'), { eager: true })
// @ts-expect-error: a time is a number
sleep('1')

// Futures and tasks.
typeOf(loop.createFuture<string>()).is<Future<string>>(true)
typeOf(loop.createFuture()).is<Future>(true)
typeOf(future.result()).is<number>(true)
typeOf(future.exception()).is<Error | null>(true)
typeOf(future.state).is<FutureState>(true)
typeOf(future.cancel('enough')).is<boolean>(true)
future.setResult(5)
// @ts-expect-error: it is a number that it promises
future.setResult('5')
future.setException(new RangeError())
future.setException(RangeError)
// @ts-expect-error: text is no error
future.setException('text')
future.addDoneCallback(done => { typeOf(done.result()).is<number>(true) })
future.addDoneCallback(() => 5, { context: {} as Context })
typeOf(future.removeDoneCallback(() => undefined)).is<number>(true)
// @ts-expect-error: read only
future.state = 'done'
const wide: Future = future // what only reads may take the narrower
export const awaitable: Awaitable<unknown> = wide

const task = loop.createTask(brew('tea'))
typeOf(task.getCoro()).is<Awaitable<string[]>>(true)
typeOf(task.getStack()).is<FrameView[]>(true)
typeOf(task.getGreenlet()).is<Greenlet>(true)
typeOf(task.getContext()).is<Context | null>(true)
typeOf(task.cancelling()).is<number>(true)
typeOf(task.uncancel()).is<number>(true)
task.printStack(text => { typeOf(text).is<string>(true) })
task.addDoneCallback(done => { typeOf(done.result()).is<string[]>(true) })
// @ts-expect-error: a task is not set by hand
task.setResult(['tea'])
// @ts-expect-error: nor is its error
task.setException(new Error())
typeOf(currentTask()).is<Task | null>(true)
typeOf(allTasks()).is<Set<Task>>(true)

class Order extends Future<string> { readonly table = 5 }
class Job<T> extends Task<T> { readonly urgent = true }
new Order({ loop }).addDoneCallback(order => { typeOf(order.table).is<number>(true) })
typeOf(new Job(brew('tea'), { loop })).is<Job<string[]>>(true)
export function* ofMine(order: Order, job: Job<number>): Coroutine<void> {
  typeOf(yield* order).is<string>(true)
  typeOf(yield* job).is<number>(true)
}

// A factory makes a task of whatever type it is asked for.
const factory: TaskFactory = (of, made, options) => {
  typeOf(of).is<EventLoop>(true)
  typeOf(options.name).is<string | null | undefined>(true)
  return new Job(made, options)
}
loop.setTaskFactory(factory)
loop.setTaskFactory(eagerTaskFactory)
loop.setTaskFactory(null)
typeOf(loop.getTaskFactory()).is<TaskFactory | null>(true)
// @ts-expect-error: it has to give a task
loop.setTaskFactory(() => 5)

// Callbacks get their arguments, checked.
typeOf(loop.callSoon((a: number, b: string) => [a, b], 1, 'two')).is<Handle>(true)
typeOf(loop.callLater(5, () => undefined)).is<TimerHandle>(true)
typeOf(loop.withContext({} as Context).callAt(5, (a: number) => a, 1)).is<TimerHandle>(true)
typeOf(loop.callLater(5, () => undefined).when()).is<number>(true)
// @ts-expect-error: a number is missing
loop.callSoon((a: number) => a)
// @ts-expect-error: not a number
loop.callLater(5, (a: number) => a, 'two')
// @ts-expect-error: nor here
loop.withContext({} as Context).callSoon((a: number) => a, 'two')
// @ts-expect-error: a time is missing
loop.callAt(() => undefined)
loop.setExceptionHandler((of, context) => {
  typeOf(of).is<EventLoop>(true)
  typeOf(context.message).is<string>(true)
  typeOf(context.exception).is<unknown>(true)
  typeOf(context.task).is<object | undefined>(true)
})

typeOf(loop.tick({ now: 5, budget: 1, cost: () => 0, maxCallbacks: 1 })).is<TickReport>(true)
typeOf(loop.tick().nextTimerAt).is<number | null>(true)
typeOf(loop.report()).is<BlockedTask[]>(true)
typeOf(getEventLoop()).is<EventLoop>(true)
typeOf(getRunningLoop()).is<EventLoop>(true)
setEventLoop(null)
setEventLoopPolicy({ newEventLoop: () => loop })
// @ts-expect-error: a policy makes loops
setEventLoopPolicy({})

// A host without an outside leaves expects() away.
export const host: Host = {
  now: () => 0,
  wait: timeout => { typeOf(timeout).is<number | null>(true) },
  wake: () => undefined,
}
// @ts-expect-error: it has to wait
export const impatient: Host = { now: () => 0, wake: () => undefined }
