import * as lib from '../../lib/index.ts'
import { type Coroutine, EventLoop, TaskGroup, VirtualHost, createTask, sleep, use } from '../../lib/index.ts'

const lock = new lib.Lock()
const queue = new lib.Queue<number>()
const [sender, receiver] = lib.channel<number>(1)
const count = lib.asyncGenerator(function* () { yield* lib.emit(1) })
const stack = new lib.ExitStack()
const emitter = { on: () => undefined, off: () => undefined }
const nothing = function* (): Coroutine<void> { /* nothing to do */ }

/** Each makes something that does nothing before it is awaited. */
const operations: Record<string, (task: lib.Task<void>, group: TaskGroup) => unknown> = {
  'sleep(5)': () => sleep(5),
  'sleep(0)': () => sleep(0),
  'suspend(…)': () => lib.suspend(() => undefined),
  'nextFrame()': () => lib.nextFrame(),
  'waitFrames(2)': () => lib.waitFrames(2),
  'waitUntil(…)': () => lib.waitUntil(() => true),
  'waitWhile(…)': () => lib.waitWhile(() => false),
  'repeat(…)': () => lib.repeat(5, () => false),
  'tween(…)': () => lib.tween(5, null, () => undefined),
  'lock.acquire()': () => lock.acquire(),
  'semaphore.acquire()': () => new lib.Semaphore().acquire(),
  'limiter.acquire()': () => new lib.CapacityLimiter(1).acquire(),
  'limiter.acquireOnBehalfOf(…)': () => new lib.CapacityLimiter(1).acquireOnBehalfOf('Ann'),
  'event.wait()': () => new lib.Event().wait(),
  'condition.wait()': () => new lib.Condition().wait(),
  'condition.waitFor(…)': () => new lib.Condition().waitFor(() => true),
  'barrier.wait()': () => new lib.Barrier(2).wait(),
  'barrier.reset()': () => new lib.Barrier(2).reset(),
  'barrier.abort()': () => new lib.Barrier(2).abort(),
  'lot.park()': () => new lib.ParkingLot().park(),
  'queue.put(…)': () => queue.put(1),
  'queue.get()': () => queue.get(),
  'queue.join()': () => queue.join(),
  'sender.send(…)': () => sender.send(1),
  'receiver.receive()': () => receiver.receive(),
  'broadcast.send(…)': () => lib.broadcast<number>(1).send(1),
  'subscriber.receive()': () => lib.broadcast<number>(1).subscribe().receive(),
  'gather([…])': task => lib.gather([task]),
  'wait([…])': task => lib.wait([task]),
  'waitFor(…)': task => lib.waitFor(task, 5),
  'race([…])': task => lib.race([task]),
  'all([…])': task => lib.all([task]),
  'allSettled([…])': task => lib.allSettled([task]),
  'mapConcurrently(…)': () => lib.mapConcurrently([1], nothing, { limit: 1 }),
  'staggeredRace(…)': () => lib.staggeredRace([nothing], 5),
  'cancelAndWait(…)': task => lib.cancelAndWait(task),
  'use(…)': () => use(lock, nothing),
  'forEach(…)': () => lib.forEach(queue, nothing),
  'group.start(…)': (_, group) => group.start(nothing),
  'stack.enterContext(…)': () => stack.enterContext(lock),
  'stack.close()': () => stack.close(),
  "waitEvent(…, 'click')": () => lib.waitEvent(emitter, 'click'),
  "waitEvent(…, 'press')": () => lib.waitEvent({ addEventListener: () => undefined, removeEventListener: () => undefined }, 'press'),
  'waitSignal(…)': () => lib.waitSignal(() => undefined),
  "waitInput('key')": () => lib.waitInput('key'),
  'emit(3)': () => lib.emit(3),
  'generator.anext()': () => count().anext(),
  'generator.asend(…)': () => count().asend(),
  'generator.athrow(…)': () => count().athrow(Error),
  'generator.aclose()': () => count().aclose(),
}

/** Runs in debug mode. @returns what was reported. */
function reported(body: (task: lib.Task<void>, group: TaskGroup) => unknown, debug = true): lib.ExceptionContext[] {
  const reports: lib.ExceptionContext[] = []
  const loop = new EventLoop({ host: new VirtualHost(), debug })
  loop.setExceptionHandler((_, context) => { reports.push(context) })
  function* main(): Coroutine<void> {
    const task = createTask(nothing())
    yield* use(new TaskGroup(), function* (group) {
      const waiting = body(task, group)
      if (typeof (waiting as { next?: unknown } | undefined)?.next === 'function' && debug) return
      yield
    })
    yield* task
  }
  loop.runUntilComplete(main())
  loop.close()
  return reports
}

describe('what is made and never awaited, in debug mode', () => {
  it.each(Object.keys(operations))('is told of %s, with the line', words => {
    const [report, ...others] = reported(operations[words] as () => unknown)
    expect([report?.message, others]).toEqual([`${words} was never awaited. Write yield* ${words}`, []])
    expect(String(report?.['madeAt']).split('\n')[0]).toMatch(/unawaited\.spec\.ts/)
  })

  it.each<[string, string, () => unknown]>([
    ['<Timeout [created]>', 'timeout(…)', () => lib.timeout(5)],
    ['<CancelScope [new]>', 'scope', () => lib.moveOnAfter(5)],
    ['<CancelScope [new, cancelled]>', 'scope', () => { new lib.CancelScope().cancel() }],
    ['<TaskGroup>', 'new TaskGroup()', () => new TaskGroup()],
    ['<ExitStack exits=1>', 'new ExitStack()', () => { new lib.ExitStack().push(lock) }],
  ])('is told of %s, which was never entered', (manager, call, make) => {
    const [report, ...others] = reported(make)
    expect([report?.message, others]).toEqual([`${manager} was never entered. Write yield* use(${call}, function* () {...})`, []])
    expect(String(report?.['madeAt'])).toMatch(/unawaited\.spec\.ts/)
  })

  it('is not told of managers that are entered, by use() or by a stack, nor of one in a use() that is told of itself', () => {
    const managers = (): lib.ContextManager<unknown>[] => [lib.timeout(5), lib.moveOnAfter(5), lib.failAfter(5), new lib.CancelScope(), new TaskGroup(), new lib.ExitStack()]
    const reports: unknown[] = []
    const loop = new EventLoop({ host: new VirtualHost(), debug: true })
    loop.setExceptionHandler((_, { message }) => { reports.push(message) })
    function* main(): Coroutine<void> {
      for (const manager of managers()) yield* use(manager, nothing)
      yield* use(new lib.ExitStack(), function* (stack) {
        for (const manager of managers()) yield* stack.enterContext(manager)
      })
      yield* new lib.ExitStack().close()
      yield* use(new TaskGroup(), function* (group) { yield* group.start(function* (started) { started(1); yield }) })
      use(new TaskGroup(), nothing)
    }
    loop.runUntilComplete(main())
    loop.close()
    expect(reports).toEqual(['use(…) was never awaited. Write yield* use(…)'])
  })

  it('has no methods changed that an object of the program has itself', () => {
    const iterable = { [Symbol.iterator]: () => [][Symbol.iterator](), result: 5 }
    const manager = { *enter() { return 1 }, *exit() { return false } }
    const log: unknown[] = []
    function* main(): Coroutine<void> {
      log.push(yield* lib.yieldFrom(iterable), yield* use(manager, function* (value) { return value }), Object.keys(manager), iterable.result)
    }
    lib.run(main(), { host: new VirtualHost(), debug: true })
    expect(log).toEqual([undefined, 1, ['enter', 'exit'], 5])
  })

  it('is not told of when debug mode is off', () => {
    expect(reported((task, group) => { for (const make of Object.values(operations)) make(task, group) }, false)).toEqual([])
  })

  it('is not told of what is awaited, in whatever way', () => {
    const ways: ((awaitable: lib.Awaitable<unknown>) => Coroutine<unknown>)[] = [
      function* (it) { return yield* it },
      function* (it) { return yield* lib.yieldFrom(it) },
      function* (it) { return yield* createTask(it) },
      function* (it) { return yield* lib.gather([it]) },
      function* (it) { return yield* lib.shield(it) },
      function* (it) { return yield* lib.waitFor(it, 100) },
      function* (it) { return yield* use(lib.moveOnAfter(100), () => lib.yieldFrom<lib.Trap, unknown>(it)) },
      function* (it) { const task = createTask(it); yield; task.cancel() },
    ]
    const reports: unknown[] = []
    const loop = new EventLoop({ host: new VirtualHost(), debug: true })
    loop.setExceptionHandler((_, { message }) => { reports.push(message) })
    const semaphore = new lib.Semaphore(100)
    function* main(): Coroutine<void> {
      for (const way of ways) for (const make of [() => sleep(1), () => sleep(0), () => semaphore.acquire(), () => lib.wait([createTask(nothing())])]) yield* way(make())
      const future = lib.gather([sleep(1)])
      yield* sleep(2)
      future.result()
      yield* lib.wait([lib.gather([sleep(1)])])
    }
    loop.runUntilComplete(main())
    loop.close()
    expect(reports).toEqual([])
  })
})
