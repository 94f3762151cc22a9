import {
  Barrier, BoundedSemaphore, CancelScope, CapacityLimiter, Condition, type ContextManager, type Coroutine, Event,
  ExceptionGroup,
  type Exit, type ExitStack, LifoQueue, Lock, ParkingLot, PriorityQueue, Queue, type Receiver, Semaphore, type Sender,
  type Task,
  TaskGroup, aclosing, asyncGenerator, channel, emit, failAfter, moveOnAfter, sleep, use,
} from 'yieldfrom'
import { typeOf } from './type-of.ts'

function* brew(): Coroutine<string> { return 'tea' }

/** `use()` gives the body what the manager gives: nothing, a number, itself. */
export function* using(): Coroutine<void> {
  for (const lock of [new Lock(), new Semaphore(5), new BoundedSemaphore(), new Condition(), new CapacityLimiter(5)]) {
    typeOf(yield* use(lock, function* (nothing) {
      typeOf(nothing).is<void>(true)
      return yield* brew()
    })).is<string>(true)
  }
  yield* use(new Barrier(2), function* (place) { typeOf(place).is<number>(true) })
  yield* use(new CancelScope({ deadline: 5, shield: true }), function* (scope) { typeOf(scope).is<CancelScope>(true) })
  yield* use(moveOnAfter(5), function* (scope) { typeOf(scope.cancelledCaught).is<boolean>(true) })
  yield* use(failAfter(5, { shield: true }), function* (scope) { scope.deadline = 5 })
  yield* use(new TaskGroup(), function* (group) { typeOf(group).is<TaskGroup>(true) })
  const [sender, receiver] = channel<string>(5)
  yield* use(sender, function* (end) { typeOf(end).is<Sender<string>>(true) })
  yield* use(receiver, function* (end) { typeOf(end).is<Receiver<string>>(true) })
  const numbers = asyncGenerator(function* () { yield* emit(5) })
  yield* use(aclosing(numbers()),
    function* (generator) { typeOf((yield* generator.anext()).value as number).is<number>(true) })
  // @ts-expect-error: an event is nothing to be left again
  yield* use(new Event(), function* () { yield })
  // @ts-expect-error: nor is a lot
  yield* use(new ParkingLot(), function* () { yield })
  // @ts-expect-error: what has no aclose() cannot be closed
  aclosing(new Lock())
}

/** What is waited for. */
export function* waiting(condition: Condition, limiter: CapacityLimiter): Coroutine<void> {
  typeOf(yield* new Lock().acquire()).is<true>(true)
  typeOf(yield* new Event().wait()).is<true>(true)
  typeOf(yield* new Semaphore().acquire()).is<true>(true)
  typeOf(yield* condition.wait()).is<true>(true)
  typeOf(yield* condition.waitFor(() => 5)).is<number>(true)
  typeOf(yield* new Barrier(2).wait()).is<number>(true)
  typeOf(yield* limiter.acquireOnBehalfOf('anything')).is<void>(true)
  typeOf(limiter.availableTokens).is<number>(true)
  limiter.totalTokens = 5
  // @ts-expect-error: that follows from the others
  limiter.availableTokens = 5
  typeOf(new ParkingLot().unparkAll()).is<number>(true)
  // @ts-expect-error: Did you mean yield* lock.acquire()?
  yield new Lock().acquire()
  // @ts-expect-error: how many?
  new Barrier()
  // @ts-expect-error: a lock is wanted
  new Condition(new Semaphore())
}

/** A queue is typed by its items; `put()` takes no others. */
export function* queueing(): Coroutine<void> {
  const queue = new Queue<string>(5)
  typeOf(yield* queue.get()).is<string>(true)
  typeOf(queue.getNowait()).is<string>(true)
  typeOf(yield* queue.put('tea')).is<void>(true)
  typeOf(new Queue()).is<Queue>(true)
  typeOf(yield* new Queue().get()).is<unknown>(true)
  const byLength = new PriorityQueue<string>(0, { compare: (a, b) => a.length - b.length })
  typeOf(yield* byLength.get()).is<string>(true)
  typeOf(yield* new LifoQueue<[number, string]>().get()).is<[number, string]>(true)
  // @ts-expect-error: not a string
  yield* queue.put(5)
  // @ts-expect-error: nor here
  queue.putNowait(5)
  // @ts-expect-error: an order is a number
  new PriorityQueue<string>(0, { compare: (a, b) => a < b })
  // @ts-expect-error: for those who derive from it
  queue.getItem()

  class Sorted extends Queue<number> {
    private readonly all: number[] = []
    override qsize(): number { return this.all.length }
    protected override putItem(item: number): void { this.all.push(item) }
    protected override getItem(): number { return this.all.pop() ?? 0 }
  }
  typeOf(yield* new Sorted().get()).is<number>(true)
}

/** The ends of a channel. */
export function* channels(): Coroutine<void> {
  const [sender, receiver] = channel<string>(0)
  typeOf(sender).is<Sender<string>>(true)
  typeOf(sender.clone()).is<Sender<string>>(true)
  typeOf(receiver.clone()).is<Receiver<string>>(true)
  typeOf(yield* receiver.receive()).is<string>(true)
  typeOf(receiver.receiveNowait()).is<string>(true)
  typeOf(yield* sender.send('tea')).is<void>(true)
  // @ts-expect-error: not a string
  sender.sendNowait(5)
  // @ts-expect-error: this is the other end
  typeOf(sender.receive).is<unknown>(true)
  // @ts-expect-error: of what size?
  channel<string>()
}

/** The tasks of a group, and what they say when they have started. */
export function* grouping(group: TaskGroup): Coroutine<void> {
  const task = group.createTask(brew(), { name: 'tea' })
  typeOf(task).is<Task<string>>(true)
  typeOf(yield* task).is<string>(true)
  typeOf(group.createTask(sleep(5, 1))).is<Task<number>>(true)
  typeOf(yield* group.start<number>(function* (started) { started(5) })).is<number>(true)
  typeOf(yield* group.start(function* (started: (port: number) => void) {
    yield* sleep(5)
    started(8080)
    return 'at the end'
  })).is<number>(true)
  typeOf(yield* group.start(function* (started) {
    started('anything')
  })).is<unknown>(true)
  typeOf(group.cancel()).is<void>(true)
  // @ts-expect-error: call it: brew()
  group.createTask(brew)
  // @ts-expect-error: it starts in the next turn
  group.createTask(brew(), { eagerStart: true })
  // @ts-expect-error: a function is wanted, which is told how to say that it has started
  group.start(brew())
  // @ts-expect-error: not a number
  group.start<number>(function* (started) { started('text') })
}

/** An exit stack gives back what it is given. */
export function* stacking(stack: ExitStack, manager: ContextManager<string>): Coroutine<void> {
  typeOf(yield* stack.enterContext(manager)).is<string>(true)
  typeOf(yield* stack.enterContext(new TaskGroup())).is<TaskGroup>(true)
  typeOf(stack.push(manager)).is<ContextManager<string>>(true)
  const exit: Exit = error => error === undefined
  typeOf(stack.push(exit)).is<Exit>(true)
  stack.push(function* (error) { typeOf(error).is<unknown>(true) })
  const fn = (a: number, b: string) => [a, b]
  typeOf(stack.callback(fn, 1, 'two')).is<typeof fn>(true)
  stack.callback(function* (n: number) { yield* sleep(n) }, 5)
  typeOf(stack.popAll()).is<ExitStack>(true)
  // @ts-expect-error: a number is missing
  stack.callback((a: number) => a)
  // @ts-expect-error: nothing that could be left
  stack.push(5)
  // @ts-expect-error: that can be left, but not entered
  yield* stack.enterContext({ *exit() { yield } })
}

/** Groups of errors. */
export function errors(group: ExceptionGroup): void {
  typeOf(group.errors).is<readonly unknown[]>(true)
  typeOf(group.split(RangeError)).is<[matching: ExceptionGroup | null, rest: ExceptionGroup | null]>(true)
  typeOf(group.subgroup([RangeError, TypeError])).is<ExceptionGroup | null>(true)
  group.subgroup(error => {
    typeOf(error).is<unknown>(true)
    return error instanceof RangeError
  })
  group.split(ExceptionGroup) // whatever its constructor takes
  // @ts-expect-error: read only
  group.errors[0] = new Error()
  // @ts-expect-error: no condition
  group.split('RangeError')
  // @ts-expect-error: the errors are missing
  new ExceptionGroup('all')
}
