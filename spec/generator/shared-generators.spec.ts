import type { Trap } from '../../lib/generator/types.ts'
import {
  type Coroutine, Future, Lock, VirtualHost, coroutine, createTask, gather, getCurrent, greenlet, pyGenerator, run, sleep, yieldFrom,
} from '../../lib/index.ts'

const AWAITED = 'RuntimeError: coroutine is being awaited already. Make it a task, const task = createTask(f()), ' +
  'and write yield* task in both places'

/** Two who await the same generator object: the first has it, the second is told at its own `yield*`. */
describe('a generator object that somebody awaits already', () => {
  const log: unknown[] = []
  beforeEach(() => { log.length = 0 })

  function* told(name: string, awaited: () => Coroutine<unknown>): Coroutine<void> {
    try {
      log.push([name, yield* awaited()])
    } catch (error) {
      log.push([name, String(error)])
    } finally {
      log.push([name, 'finally'])
    }
  }

  function* slow(): Coroutine<string> {
    yield* sleep(10)
    return 'slept'
  }

  function inTwoTasks(first: () => Coroutine<unknown>, second: () => Coroutine<unknown>): void {
    run(function* () {
      yield* gather([told('first', first), told('second', second)])
    }(), { host: new VirtualHost() })
  }

  const expected = [
    ['second', AWAITED], ['second', 'finally'],
    ['first', 'slept'], ['first', 'finally'],
  ]

  function* inside<T>(body: Coroutine<T>): Coroutine<T> { return yield* body }

  const owned = coroutine(slow)

  function* throughAnOwnedFrame(): Coroutine<string> { return yield* owned() }

  it.each<[string, () => Coroutine<string>, (c: Coroutine<string>) => Coroutine<string>, (c: Coroutine<string>) => Coroutine<string>]>([
    ['at once', slow, c => c, c => c],
    ['inside of another', slow, inside, inside],
    ['inside of two others', slow, inside, c => inside(inside(c))],
    ['with an owned frame inside', throughAnOwnedFrame, c => c, inside],
    ['by yieldFrom()', slow, c => c, c => yieldFrom<Trap, string>(c)],
    ['both by yieldFrom()', slow, c => yieldFrom<Trap, string>(c), c => yieldFrom<Trap, string>(c)],
    ['in the first step of a delegate', slow, c => c, coroutine(inside)],
  ])('is refused to a second task: %s', (_, make, first, second) => {
    const shared = make()
    inTwoTasks(() => first(shared), () => second(shared))
    expect(log).toEqual(expected)
  })

  it('is refused while it passes a turn', () => {
    function* turns(): Coroutine<string> {
      yield* sleep(0)
      return 'had its turn'
    }
    const shared = turns()
    inTwoTasks(() => inside(shared), () => inside(shared))
    expect(log).toEqual([...expected.slice(0, 2), ['first', 'had its turn'], ['first', 'finally']])
  })

  it('is refused while it waits for a future, and the lock that the second task holds is given back', () => {
    const lock = new Lock()
    function* waiting(future: Future<string>): Coroutine<string> { return yield* future }
    function* second(shared: Coroutine<string>): Coroutine<void> {
      yield* lock.acquire()
      try {
        yield* shared
      } catch (error) {
        log.push(String(error))
      } finally {
        lock.release()
      }
      log.push(lock.locked())
    }
    function* main(): Coroutine<void> {
      const future = new Future<string>()
      const shared = waiting(future)
      const first = createTask(told('first', () => shared))
      yield
      yield* second(shared)
      future.setResult('result')
      yield* first
    }
    run(main(), { host: new VirtualHost() })
    expect(log).toEqual([AWAITED, false, ['first', 'result'], ['first', 'finally']])
  })

  it('is refused to the main coroutine, too, whose catch gets the error', () => {
    function* main(): Coroutine<string> {
      const shared = slow()
      const task = createTask(inside(shared))
      yield
      yield* told('main', () => shared)
      return yield* task
    }
    log.push(run(main(), { host: new VirtualHost() }))
    expect(log).toEqual([['main', AWAITED], ['main', 'finally'], 'slept'])
  })

  it('is refused to a second greenlet, which goes on; the first gets what it waits for', () => {
    const main = getCurrent()
    function* waits(): Coroutine<unknown> { return yield* main.switch() }
    const shared = waits()
    const first = greenlet(() => told('first', () => shared))
    const second = greenlet(() => told('second', () => inside(shared)))
    first.resume()
    second.resume()
    first.resume('value')
    expect(log).toEqual([
      ['second', 'ValueError: generator already executing'], ['second', 'finally'], ['first', 'value'], ['first', 'finally'],
    ])
  })

  it('is refused to a task that is made of it', () => {
    function* main(): Coroutine<void> {
      const shared = slow()
      const first = createTask(told('first', () => shared))
      yield
      yield* told('second', () => createTask(shared) as never)
      yield* first
    }
    run(main(), { host: new VirtualHost() })
    expect(log).toEqual(expected)
  })

  it('may be driven on by whoever has its PyGenerator, although it is a coroutine', () => {
    const f = coroutine(function* (): Generator<number, string> {
      yield 1
      yield 2
      return 'end'
    })
    const never = f()
    pyGenerator(never)
    const g = pyGenerator(f())
    log.push(g.next(), [...pyGenerator(function* () { log.push(yield* yieldFrom(g)) })])
    log.push([...pyGenerator(function* () { log.push(yield* never) })])
    expect(log).toEqual(['end', { value: 1, done: false }, [2], 'end', [1, 2]])
  })

  it('is refused even where prototypes are frozen: then the frame that came to it ends', () => {
    const prototype = Object.getPrototypeOf(Object.getPrototypeOf(slow())) as { throw: unknown }
    const descriptor = Object.getOwnPropertyDescriptor(prototype, 'throw') as PropertyDescriptor
    Object.defineProperty(prototype, 'throw', { ...descriptor, writable: false })
    try {
      const shared = slow()
      run(function* () {
        const first = createTask(told('first', () => shared))
        yield
        try {
          yield* createTask(told('second', () => shared))
        } catch (error) {
          log.push(String(error))
        }
        yield* first
      }(), { host: new VirtualHost() })
    } finally {
      Object.defineProperty(prototype, 'throw', descriptor)
    }
    expect(log).toEqual(['ValueError: generator already executing', ['first', 'slept'], ['first', 'finally']])
  })
})
