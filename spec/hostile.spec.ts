import { CodedError } from '../lib/base/errors.ts'
import * as core from '../lib/index.ts'
import {
  type Coroutine, ContextVar, EventLoop, type Greenlet, type Stream, PriorityQueue, Queue, TaskGroup, VirtualHost, asCompleted, asyncGenerator, coroutine, createTask, forEach, gather,
  getCurrent, getRunningLoop, greenlet, moveOnAfter, pyGenerator, race, run, shield, sleep, suspend, timeout, use, wait, waitFor, yieldFrom,
} from '../lib/index.ts'

/** What an object throws that is asked something. */
class Bomb extends Error {}

const explode = (): never => { throw new Bomb('asked') }

function revoked(target: object): unknown {
  const { proxy, revoke } = Proxy.revocable(target, {})
  revoke()
  return proxy
}

function withGetters(error: Error): Error {
  for (const name of ['stack', 'cause', 'message', 'name']) Object.defineProperty(error, name, { get: explode })
  return error
}

/** Values that throw when they are looked at, or that are something else than they say. */
const values: readonly (readonly [string, () => unknown])[] = [
  ['a proxy with traps that throw', () => new Proxy({}, new Proxy({}, { get: () => explode }))],
  ['such a proxy of a function', () => new Proxy(function* () { yield 1 }, new Proxy({}, { get: () => explode }))],
  ['a revoked proxy', () => revoked({})],
  ['a revoked proxy of a function', () => revoked(() => 1)],
  ['a revoked proxy of an array', () => revoked([])],
  ['an object whose toString() throws', () => ({ toString: explode, [Symbol.toPrimitive]: explode })],
  ['an object whose class is a getter that throws', () => ({ get constructor() { return explode() }, get [Symbol.toStringTag]() { return explode() } })],
  ['an object whose iterator is a getter that throws', () => ({ get [Symbol.iterator]() { return explode() } })],
  ['an iterator whose next() is a getter that throws', () => ({ [Symbol.iterator]: () => ({ get next() { return explode() } }) })],
  ['an iterator that gives no object', () => ({ [Symbol.iterator]: () => ({ next: () => 5 }) })],
  ['an iterator whose results throw', () => ({ [Symbol.iterator]: () => ({ next: () => ({ get done() { return explode() } }) }) })],
  ['an object whose then is a getter that throws', () => ({ get then() { return explode() } })],
  ['a thenable', () => ({ then(resolve: (value: number) => void) { resolve(1) } })],
  ['an object without a prototype', () => Object.create(null) as object],
  ['a function whose name is a getter that throws', () => Object.defineProperty(() => 1, 'name', { get: explode })],
  ['an error whose properties are getters that throw', () => withGetters(new Error())],
  ['a frozen error', () => Object.freeze(new Error('cold'))],
  ['a proxy of an error', () => new Proxy(new Error('hidden'), { get: explode, set: explode, defineProperty: explode })],
  ['an error that is its own cause', () => { const error = new Error('circle'); return Object.assign(error, { cause: error, errors: [error] }) }],
  ['a symbol', () => Symbol('sign')],
  ['a big integer', () => 10n],
  ['NaN', () => NaN],
]

function* fails(value: unknown): Coroutine<void> {
  yield* sleep(0)
  throw value
}

/** Where a program may hand over any value. Types are of no help to plain JavaScript, nor in a sandbox. */
const places: readonly (readonly [string, (value: never) => Generator<unknown, unknown, never>])[] = [
  ['throws', function* (value: unknown) { throw value }],
  ['fails after a wait with', fails],
  ['returns', function* (value: unknown) { return value }],
  ['yields', function* (value: unknown) { yield value }],
  ['delegates to', function* (value: Coroutine<void>) { yield* value }],
  ['delegates by yieldFrom() to', function* (value: Coroutine<void>) { yield* yieldFrom(value) }],
  ['calls run() with', function* (value: Coroutine<void>) { run(value) }],
  ['makes a task of', function* (value: Coroutine<void>) { yield* createTask(value) }],
  ['waits for a task that fails with', function* (value: unknown) { yield* createTask(fails(value)) }],
  ['does not look at a task that fails with', function* (value: unknown) { createTask(fails(value)); yield* sleep(1) }],
  ['has a group with a task that fails with', function* (value: unknown) {
    yield* use(new TaskGroup(), function* (group) {
      group.createTask(fails(value))
      yield* sleep(50)
    })
  }],
  ['gathers', function* (value: Coroutine<void>) { yield* gather([value]) }],
  ['gathers all of', function* (value: []) { yield* gather(value) }],
  ['races', function* (value: Coroutine<void>) { yield* race([value, sleep(1)]) }],
  ['shields', function* (value: Coroutine<void>) { yield* shield(value) }],
  ['waits for all of', function* (value: []) { yield* wait(value) }],
  ['takes as they complete', function* (value: []) { for (const each of asCompleted(value)) yield* each }],
  ['waits with a limit for', function* (value: Coroutine<void>) { yield* waitFor(value, 5) }],
  ['has a limit of', function* (value: number) { yield* use(timeout(value), () => sleep(1)) }],
  ['has a scope with the options', function* (value: object) { yield* use(moveOnAfter(5, value), () => sleep(1)) }],
  ['sleeps', function* (value: number) { yield* sleep(value) }],
  ['cancels with the message', function* (value: string) {
    const task = createTask(sleep(5))
    yield* sleep(0)
    task.cancel(value)
    yield* task
  }],
  ['names a task', function* (value: string) { yield* createTask(fails(new Error('named')), { name: value }) }],
  ['renames a task', function* (value: string) {
    const task = createTask(sleep(1))
    task.setName(value)
    return `${String(task)} ${String(yield* task)}`
  }],
  ['gives a task the options', function* (value: object) { yield* createTask(sleep(1), value) }],
  ['queues', function* (value: unknown) {
    const queue = new Queue<unknown>()
    queue.putNowait(value)
    return [String(queue), yield* queue.get()]
  }],
  ['queues by rank', function* (value: number) {
    const queue = new PriorityQueue<number>()
    queue.putNowait(value)
    queue.putNowait(value)
    return yield* queue.get()
  }],
  ['uses', function* (value: TaskGroup) { yield* use(value, function* () { /* nothing to do */ }) }],
  ['has the body', function* (value: () => Coroutine<void>) { yield* use(new TaskGroup(), value) }],
  ['sets a future to', function* (value: unknown) {
    const future = getRunningLoop().createFuture()
    future.setResult(value)
    return [String(future), yield* future]
  }],
  ['fails a future with', function* (value: Error) {
    const future = getRunningLoop().createFuture()
    future.setException(value)
    yield* future
  }],
  ['calls soon', function* (value: () => void) { getRunningLoop().callSoon(value); yield* sleep(1) }],
  ['is called back by', function* (value: () => void) { const task = createTask(sleep(0)); task.addDoneCallback(value); yield* sleep(1) }],
  ['sends to a generator', function* (value: unknown) {
    const g = pyGenerator(function* (): Generator<number, unknown, unknown> { return yield 1 })
    g.next()
    return g.send(value)
  }],
  ['throws into a generator', function* (value: Error) {
    const g = pyGenerator(function* () { yield 1 })
    g.next()
    g.throw(value)
  }],
  ['makes a generator of', function* (value: () => Generator<void>) { pyGenerator(value) }],
  ['makes a greenlet of', function* (value: () => Coroutine<void>) { greenlet(value).resume() }],
  ['throws into a greenlet', function* (value: Error) {
    const cook = greenlet(function* (): Coroutine<void> { yield* (getCurrent().parent as Greenlet).switch() })
    cook.resume()
    yield* cook.throw(value)
  }],
  ['sets a context variable to', function* (value: unknown) {
    const user = new ContextVar<unknown>('user')
    const token = user.set(value)
    return [String(user), String(token), user.get()]
  }],
  ['runs in the host', function* (value: VirtualHost) { new EventLoop({ host: value }).runUntilComplete(sleep(1)) }],
  ['runs with the options', function* (value: object) { new EventLoop(value) }],
  ['resumes a suspend() with', function* (value: unknown) { return yield* suspend<unknown>(resume => { resume(value) }) }],
  ['raises in a suspend()', function* (value: unknown) { yield* suspend((_, raise) => { raise(value) }) }],
  ['suspends by', function* (value: () => void) { yield* use(moveOnAfter(5), () => suspend(value)) }],
  ['undoes a suspend() by', function* (value: () => void) { yield* use(moveOnAfter(5), () => suspend(() => value)) }],
  ['makes a coroutine function of', function* (value: () => Generator<void>) { coroutine(value)() }],
  ['goes through', function* (value: Stream<unknown>) { yield* forEach(value, function* () { yield* sleep(0) }) }],
  ['emits', function* (value: unknown) {
    yield* forEach(asyncGenerator(function* () { yield* core.emit(value) })(), function* () { yield* sleep(0) })
  }],
]

/** What a program can expect: the value, what the value throws when it is asked, JavaScript's own error, or one of ours. */
function kindOf(error: unknown, value: unknown): string {
  if (Object.is(error, value)) return 'the value'
  if (error instanceof Bomb) return 'what the value throws'
  if (error instanceof core.ExceptionGroup) return `a group of ${kindOf(error.errors[0], value)}`
  if (error instanceof CodedError) return 'an error of the library'
  if (error instanceof TypeError) return "JavaScript's own error"
  return (error as Error).message
}

describe.each(values)('with %s', (_, make) => {
  it.each(places)('nobody is disturbed when a task %s it', (_, body) => {
    for (const debug of [false, true]) {
      const value = make()
      const log: string[] = []
      const loop = new EventLoop({ host: new VirtualHost(), debug, logger: text => { log.push(text) } })
      const other = loop.createTask(function* (): Coroutine<string> {
        for (let i = 0; i < 30; i++) yield* sleep(10)
        return `at ${loop.time()}`
      }())
      const task = loop.createTask(body(value as never) as unknown as Coroutine<unknown>)
      expect(loop.runUntilComplete(other)).toBe('at 300')
      expect(task.done()).toBe(true)
      expect(String(task)).toMatch(/^<Task (finished|cancelled)/)
      if (!task.cancelled()) {
        let kind = 'a result'
        try {
          task.result()
        } catch (error) {
          kind = kindOf(error, value)
        }
        expect(kind).toMatch(/^(a result|named|(a group of )?(the value|what the value throws|an error of the library|JavaScript's own error))$/)
      }
      loop.close()
      expect(log.filter(text => text.includes('Exception in default exception handler'))).toEqual([])
    }
  })
})

describe.each(values)('%s', (_, make) => {
  it('comes out of the task that throws it, as it is', () => {
    for (const body of [function* (value: unknown): Coroutine<void> { throw value }, fails]) {
      const value = make()
      const loop = new EventLoop({ host: new VirtualHost() })
      let out: unknown
      try {
        loop.runUntilComplete(body(value))
      } catch (error) {
        out = error
      }
      expect(Object.is(out, value)).toBe(true)
      loop.close()
    }
  })

  it('becomes text as the message of a cancellation', () => {
    const loop = new EventLoop({ host: new VirtualHost() })
    const task = loop.createTask(sleep(5))
    loop.callSoon(() => { task.cancel(make() as string) })
    expect(() => { loop.runUntilComplete(task) }).toThrow(core.CancelledError)
    let message: unknown
    try {
      task.result()
    } catch (error) {
      message = (error as Error).message
    }
    expect(typeof message).toBe('string')
    loop.close()
  })
})
