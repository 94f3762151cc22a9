import * as core from '../lib/index.ts'
import {
  Barrier, BoundedSemaphore, CancelScope, CapacityLimiter, Clock, Condition, Context, ContextVar, type Coroutine, Event, EventLoop, ExceptionGroup,
  ExitStack, Future, Greenlet, Handle, LifoQueue, Lock, ManualHost, ParkingLot, PriorityQueue, PyAsyncGenerator, Queue, ReadWriteLock, ReentrantLock, Runner, Semaphore,
  Task, TaskGroup, TimerHandle, Token, VirtualHost, asyncGenerator, createTask, emit, gather, getCurrent, run, shield, sleep, suspend, use,
  wait, waitFor,
} from '../lib/index.ts'
import { isErrorClass } from '../lib/base/throwable.ts'
import * as testing from '../lib/testing/index.ts'
import { SeededEventLoop, Sequencer } from '../lib/testing/index.ts'

type AnyClass = new (...args: never[]) => object

type Make<T> = (...args: unknown[]) => T

/** What a class does when nobody interferes, and what of it a program calls on purpose, or may override on purpose. */
interface Life<T = object> {
  readonly of: new (...args: never[]) => T
  readonly uses: readonly string[]
  live(make: Make<T>): unknown
}

function life<T extends object>(its: Life<T>): Life { return its }

const virtually = (main: () => Coroutine<unknown>): unknown => run(main(), { host: new VirtualHost() })

/** Two who want the same thing, one after the other. */
function contested<T extends object>(make: () => T, body: (thing: T, name: string) => Coroutine<unknown>): unknown {
  return virtually(function* () {
    const thing = make()
    return yield* gather([body(thing, 'a'), body(thing, 'b')])
  })
}

function* visit(thing: core.ContextManager<unknown, void>, name: string): Coroutine<string> {
  return yield* use(thing, function* () {
    yield* sleep(1)
    return name
  })
}

function* produceAndConsume(queue: Queue<number>): Coroutine<number[]> {
  const task = createTask(function* (): Coroutine<void> { for (const n of [2, 1]) yield* queue.put(n) }())
  const got = [yield* queue.get(), yield* queue.get()]
  yield* task
  return got
}

/** Makes objects of a subclass, and keeps them. */
const maker = (subclass: AnyClass, made: object[] = []): Make<object> => (...args) => {
  const object = new (subclass as new (...args: unknown[]) => object)(...args)
  made.push(object)
  return object
}

const lives: readonly Life[] = [
  life<Clock>({
    of: Clock,
    uses: ['now', 'parent', 'scale', 'paused', 'child'],
    live(make) {
      const log: unknown[] = []
      const loop = new EventLoop({ host: new ManualHost() })
      const clock = make({ parent: loop.clock, scale: 2 })
      loop.owner('owner', { clock }).spawn(function* () {
        yield* sleep(20)
        log.push(clock.now())
      }())
      for (let i = 0; i < 4; i++) loop.frame({ dt: 10 })
      clock.paused = true
      clock.scale = 1
      return [...log, clock.now(), clock.scale, clock.paused, clock.child().now()]
    },
  }),
  life<Greenlet>({
    of: Greenlet,
    uses: ['run', 'switch', 'resume', 'resumeThrow', 'kill', 'throw', 'parent'],
    live(make) {
      const main = getCurrent()
      const log: unknown[] = []
      const g: Greenlet = make(function* (n: number): Coroutine<string> {
        log.push(n, yield* main.switch('half'))
        try {
          yield* main.switch('caught?')
        } catch (error) {
          log.push((error as Error).message)
        }
        log.push(yield* other.switch('to the other'))
        log.push(yield* suspend(resume => { wake = resume }))
        return 'end'
      })
      let wake: (value: string) => void = () => undefined
      const other: Greenlet = make(function* (word: string): Coroutine<void> {
        log.push(word)
        yield* g.switch('from the other')
      })
      log.push(g.resume(1), g.resume(2), g.resumeThrow(new Error('thrown')))
      wake('woken')
      other.kill()
      return [...log, core.isCoroutine(g)]
    },
  }),
  life({
    of: Future,
    uses: ['setResult', 'cancel', 'addDoneCallback', 'removeDoneCallback', 'result'],
    live: make => virtually(function* () {
      const log: unknown[] = []
      const [one, two, three] = [1, 2, 3].map(() => make()) as [Future<number>, Future<number>, Future<number>]
      core.getRunningLoop().callSoon(() => { one.setResult(1) })
      core.getRunningLoop().callSoon(() => { two.setResult(2) })
      log.push(yield* one, yield* gather([one, two]), yield* shield(one), yield* waitFor(one, 5))
      const [done] = yield* wait([one])
      log.push(done.has(one))
      three.addDoneCallback(() => { log.push('called') })
      three.cancel('because')
      yield* sleep(0)
      try {
        yield* three
      } catch (error) {
        log.push(String(error))
      }
      return log
    }),
  }),
  life<Task>({
    of: Task,
    uses: ['cancel', 'result', 'getName', 'setName'],
    live: make => virtually(function* () {
      function* child(ms: number): Coroutine<number> {
        yield
        yield* sleep(0)
        yield* sleep(ms)
        return ms
      }
      function* failing(): Coroutine<never> {
        yield
        throw new Error('failed')
      }
      const log: unknown[] = [yield* make(child(1)), yield* gather([make(child(2))])]
      const slow = make(child(1000))
      const waits = make(function* (): Coroutine<unknown> { return yield* slow }())
      yield* sleep(1)
      waits.cancel()
      for (const task of [waits, slow, make(failing())]) {
        try {
          yield* task
        } catch (error) {
          log.push((error as Error).name)
        }
      }
      log.push(yield* make(child(1), { eagerStart: true }))
      return log
    }),
  }),
  life({
    of: EventLoop,
    // What a loop calls on itself is for subclasses to override, as in asyncio.
    uses: ['runUntilComplete', 'createTask', 'createFuture', 'runForever', 'stop', 'callSoon', 'callLater', 'time', 'close', 'isRunning',
      'callExceptionHandler', 'defaultExceptionHandler', 'getDebug', 'tick', 'slowCallbackDuration', 'slowTurnDuration'],
    live(make) {
      const log: unknown[] = []
      const loop = make({ host: new VirtualHost(), logger: (text: string) => { log.push(text.split('\n')[0]) } })
      log.push(loop.runUntilComplete(function* (): Coroutine<string> {
        loop.callSoon(() => { throw new Error('in a callback') })
        yield* sleep(5)
        return 'slept'
      }()))
      loop.callLater(1, () => { log.push('later') })
      log.push(loop.tick().ran)
      loop.close()
      return log
    },
  }),
  life({
    of: SeededEventLoop,
    uses: ['seed', 'runUntilComplete', 'createTask', 'createFuture', 'runForever', 'stop', 'time', 'isRunning', 'getDebug',
      'slowCallbackDuration', 'slowTurnDuration'],
    live: make => make({ seed: 3, host: new VirtualHost() }).runUntilComplete(function* (): Coroutine<unknown> {
      return yield* gather([sleep(1, 'a'), sleep(1, 'b')])
    }()),
  }),
  life<core.StreamReader>({
    of: core.StreamReader,
    uses: ['feedData', 'feedEof', 'readline', 'read', 'readuntil', 'readexactly', 'atEof'],
    live: make => virtually(function* () {
      const reader = make()
      core.getRunningLoop().callSoon(() => { reader.feedData(Uint8Array.of(1, 10, 2, 3, 4)) })
      const log: unknown[] = [yield* reader.readline(), yield* reader.readexactly(2), reader.atEof()]
      core.getRunningLoop().callSoon(() => { reader.feedEof() })
      return [...log, yield* reader.read(), yield* reader.read(), reader.atEof()].map(String)
    }),
  }),
  ...[Queue, LifoQueue, PriorityQueue].map(of => life<InstanceType<typeof of>>({
    of,
    uses: ['put', 'get', 'putItem', 'getItem', 'qsize', 'putNowait', 'getNowait', 'empty', 'full', 'maxsize'],
    live: make => virtually(() => produceAndConsume(make(1) as Queue<number>)),
  })),
  life({
    of: ReadWriteLock,
    uses: ['read', 'write'],
    live: make => contested(() => make(), (lock, name) => visit(name === 'a' ? lock.write : lock.read, name)),
  }),
  ...[Lock, ReentrantLock, Semaphore, BoundedSemaphore].map(of => life<InstanceType<typeof of>>({
    of,
    uses: ['enter', 'exit', 'acquire', 'release', 'locked'],
    live: make => contested(() => make(), visit),
  })),
  life({
    of: CapacityLimiter,
    uses: ['enter', 'exit', 'totalTokens', 'acquire', 'release', 'acquireOnBehalfOf', 'releaseOnBehalfOf'],
    live: make => contested(() => make(1), visit),
  }),
  life({
    of: Event,
    uses: ['wait', 'set'],
    live: make => contested(() => make(), function* (event, name) {
      if (name === 'b') event.set()
      return yield* event.wait()
    }),
  }),
  life({
    of: Condition,
    uses: ['enter', 'exit', 'wait', 'notify', 'locked'],
    live: make => contested(() => make(), (condition, name) => use(condition, function* (): Coroutine<string> {
      if (name === 'b') condition.notify()
      else yield* condition.wait()
      return name
    })),
  }),
  life({
    of: Barrier,
    uses: ['wait', 'parties', 'broken'],
    live: make => contested(() => make(2), barrier => barrier.wait()),
  }),
  life({
    of: ParkingLot,
    uses: ['park', 'unpark', 'unparkAll', 'repark'],
    live: make => contested(() => make(), function* (lot, name) {
      if (name === 'a') yield* lot.park()
      else lot.unparkAll()
      return name
    }),
  }),
  life({
    of: TaskGroup,
    uses: ['enter', 'exit', 'createTask', 'cancel'],
    live: make => virtually(() => use(make(), function* (group): Coroutine<unknown> {
      const task = group.createTask(sleep(1, 'done'))
      group.createTask(sleep(1000))
      const result = yield* task
      group.cancel()
      return result
    })),
  }),
  life({
    of: CancelScope,
    uses: ['enter', 'exit', 'cancel', 'cancelCalled', 'cancelledCaught'],
    live: make => virtually(function* () {
      const scope = make({ deadline: 5 })
      yield* use(scope, () => sleep(1000))
      return [scope.cancelledCaught, core.getRunningLoop().time()]
    }),
  }),
  life({
    of: ExitStack,
    uses: ['enter', 'exit', 'callback', 'push', 'enterContext'],
    live: make => virtually(function* () {
      const log: unknown[] = []
      yield* use(make(), function* (stack) { stack.callback(() => { log.push('left') }) })
      return log
    }),
  }),
  life({
    of: Runner,
    uses: ['run', 'close', 'getLoop'],
    live(make) {
      const runner = make({ host: new VirtualHost() })
      const result = runner.run(sleep(5, 'slept'))
      runner.close()
      return result
    },
  }),
  life({
    of: Sequencer,
    uses: ['at'],
    live: make => contested(() => make(), (sequencer, name) =>
      use(sequencer.at(name === 'a' ? 1 : 0), function* (): Coroutine<string> { return name })),
  }),
  life<ContextVar<number>>({
    of: ContextVar,
    uses: ['get', 'set', 'reset', 'name'],
    live(make) {
      const variable = make('variable', { default: 1 })
      return core.copyContext().run(() => {
        const token = variable.set(2)
        const set = variable.get()
        variable.reset(token)
        return [set, variable.get()]
      })
    },
  }),
  life({
    of: Context,
    uses: ['run', 'copy', 'get'],
    live(make) {
      const variable = new ContextVar<number>('variable', { default: 1 })
      const context = make()
      context.run(() => variable.set(2))
      return [context.get(variable), context.copy().run(() => variable.get()), variable.get()]
    },
  }),
  life({
    of: ExceptionGroup,
    uses: ['errors', 'message', 'split', 'derive', 'name', 'code', 'stack'],
    live(make) {
      const [types, rest] = make('several', [new TypeError('t'), new RangeError('r')]).split(TypeError)
      return [types?.errors.map(String), rest?.errors.map(String)]
    },
  }),
  ...[VirtualHost, ManualHost].map(of => life<InstanceType<typeof of>>({
    of,
    uses: ['now', 'wait', 'wake', 'advance', 'set'],
    live(make) {
      const loop = new EventLoop({ host: make() })
      loop.createTask(sleep(0))
      return [loop.tick().ran, loop.tick().ran, loop.time()]
    },
  })),
]

/** The names of all that objects have, and their prototypes. */
function namesOf(objects: readonly object[]): string[] {
  const names = new Set<string>()
  for (let object of objects) {
    for (; object !== Object.prototype; object = Object.getPrototypeOf(object) as object) {
      for (const name of Object.getOwnPropertyNames(object)) names.add(name)
    }
  }
  return Array.from(names).filter(name => name !== 'constructor' && name !== 'toString')
}

/** A subclass that has something else in the place of a name, in each object or in its prototype. */
const ways: Record<string, (of: AnyClass, name: string) => AnyClass> = {
  'a field': (of, name) => class extends (of as new (...args: unknown[]) => object) {
    constructor(...args: unknown[]) {
      super(...args)
      Object.defineProperty(this, name, { value: 'mine', writable: true, configurable: true, enumerable: true })
    }
  },
  'a getter that throws': (of, name) => {
    const subclass = class extends of {}
    const hit = (): never => { throw new Error(`${name} was used`) }
    Object.defineProperty(subclass.prototype, name, { get: hit, set: hit, configurable: true })
    return subclass
  },
}

/** Names that subclasses like to have. */
const COMMON = ['state', 'top', 'stack', 'put', 'end', 'enter', 'mode', 'run', 'wake', 'listen', 'tasks', 'value', 'loop', 'scope', 'next', 'id']

describe.each(lives.map(each => [each.of.name, each] as const))('a subclass of %s', (_, its) => {
  const { of, uses } = its
  const made: object[] = []
  const expected = its.live(maker(of, made))
  const names = namesOf(made)

  it('has no name of the machine in its way', () => {
    expect(names.filter(name => !/^[$a-z]/.test(name))).toEqual([])
  })

  it.each(Object.entries(ways))('may have %s of any name that it does not use', (_way, subclassOf) => {
    const broken: unknown[] = []
    for (const name of new Set([...names, ...COMMON])) {
      if (name.startsWith('$') || uses.includes(name)) continue
      try {
        const result = its.live(maker(subclassOf(of, name)))
        if (JSON.stringify(result) !== JSON.stringify(expected)) broken.push([name, result])
      } catch (error) {
        broken.push([name, String(error)])
      }
    }
    expect(broken).toEqual([])
  })
})

it('every class that the doors export is tried, or is an error, or cannot be made by a program', () => {
  const tried = new Set<unknown>(lives.map(({ of }) => of))
  const untried = Object.values({ ...core, ...testing }).filter(value =>
    typeof value === 'function' && String(value).startsWith('class') && !isErrorClass(value) && !tried.has(value))
  expect(new Set(untried)).toEqual(new Set([Handle, TimerHandle, Token, PyAsyncGenerator, core.BlockingHost]))
  expect(asyncGenerator(function* () { yield* emit(1) })()).toBeInstanceOf(PyAsyncGenerator)
})
