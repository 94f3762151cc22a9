import { ContextVar, type Coroutine, EventLoop, ManualHost, type Task, VirtualHost, createTask, run, sleep } from '../../lib/index.ts'
import type { Collection } from '../../lib/loop/host.ts'
import type * as core from '../../lib/index.ts'

describe('errors that nobody reads', () => {
  it('are told while the program runs, once each, and few of them are kept', () => {
    const told: string[] = []
    const loop = new EventLoop({ host: new ManualHost() })
    loop.setExceptionHandler((_, { message, exception }) => { told.push(`${message}: ${String(exception)}`) })
    function* fails(i: number): Coroutine<void> { throw new Error(String(i)) }
    for (let i = 0; i < 3000; i++) {
      loop.createTask(fails(i))
      loop.tick()
      loop.tick()
    }
    expect(told.length).toBeGreaterThanOrEqual(1990)
    expect(told.slice(0, 2)).toEqual(['Task exception was never retrieved: Error: 0', 'Task exception was never retrieved: Error: 1'])
    loop.close()
    expect([told.length, new Set(told).size]).toEqual([3000, 3000])
  })

  it('are told in a loop that waits, too', () => {
    const loop = new EventLoop({ host: new VirtualHost() })
    let told = 0
    loop.setExceptionHandler(() => { told++ })
    function* fails(): Coroutine<void> { throw new Error('no tea') }
    function* server(): Coroutine<number> {
      for (let i = 0; i < 1500; i++) createTask(fails())
      yield* sleep(1)
      yield* sleep(1)
      return told
    }
    expect(loop.runUntilComplete(server())).toBe(500)
    loop.close()
    expect(told).toBe(1500)
  })

  it('are told in a loop that waits when they are unread for a minute or two, and never one that is read in time', () => {
    const loop = new EventLoop({ host: new VirtualHost() })
    const log: string[] = []
    loop.setExceptionHandler((_, { exception }) => { log.push(`${loop.time() / 1000} s: ${String(exception)}`) })
    function* fails(what: string): Coroutine<void> { throw new Error(what) }
    function* server(): Coroutine<void> {
      createTask(fails('first'))
      const read = createTask(fails('read'))
      yield* sleep(59_000)
      read.exception()
      createTask(fails('second'))
      for (let i = 0; i < 10; i++) yield* sleep(30_000)
    }
    loop.runUntilComplete(server())
    expect(log).toEqual(['89 s: Error: first', '149 s: Error: second'])
    loop.close()
    expect(log).toHaveLength(2)
  })
})

/** An engine that tells what it has collected when a spec says so. */
class CollectingHost extends ManualHost {
  private readonly words = new Map<object, object>()
  private told: (words: unknown) => void = () => undefined

  collection(told: (words: unknown) => void): Collection {
    this.told = told
    return { register: (_, words, token) => { this.words.set(token, words) }, unregister: token => this.words.delete(token) }
  }

  isGone(object: object): void { this.told(this.words.get(object)) }

  get size(): number { return this.words.size }
}

describe('errors that nobody can read any more', () => {
  function failed(): { loop: EventLoop; host: CollectingHost; tasks: Task<void>[]; log: unknown[] } {
    const log: unknown[] = []
    const host = new CollectingHost()
    const loop = new EventLoop({ host })
    const user = new ContextVar<string>('user')
    loop.setExceptionHandler((_, { message, exception, future }) => {
      log.push([message, String(exception), inspect(future), user.get('nobody')])
    })
    user.set('Ann')
    function* boil(i: number): Coroutine<void> { throw new Error(`no tea ${i}`) }
    const tasks = [1, 2, 3].map(i => loop.createTask(boil(i)))
    const set = loop.createFuture()
    set.setException(new Error('set by hand'))
    loop.tick()
    loop.tick()
    return { loop, host, tasks: [...tasks, set as Task<void>], log }
  }
  const inspect = (value: unknown): string => (value as Record<symbol, () => string>)[Symbol.for('nodejs.util.inspect.custom')]?.() ?? ''

  it('are told when the engine has collected who had them, in their context', () => {
    const { loop, host, tasks, log } = failed()
    host.isGone(tasks[1] as object)
    host.isGone(tasks[3] as object)
    expect(log).toEqual([
      ['Task exception was never retrieved', 'Error: no tea 2', "<Task finished exception=Error: no tea 2 name='Task-2' coro=boil>", 'Ann'],
      ['Future exception was never retrieved', 'Error: set by hand', '<Future finished exception=Error: set by hand>', 'nobody'],
    ])
    log.length = 0
    loop.close()
    expect(log).toHaveLength(2)
    host.isGone(tasks[0] as object)
    expect(log).toHaveLength(2)
  })

  it('are not told of one that is read late, and the engine is not asked for it any more', () => {
    const { loop, host, tasks, log } = failed()
    expect(host.size).toBe(4)
    expect([0, 1].map(i => String(tasks[i]?.exception()))).toEqual(['Error: no tea 1', 'Error: no tea 2'])
    expect(host.size).toBe(2)
    loop.close()
    expect(log).toHaveLength(2)
  })

  it('are told of the oldest first when there are very many', () => {
    const { loop, log } = failed()
    function* fails(i: number): Coroutine<void> { throw new Error(String(i)) }
    for (let i = 0; i < 1500; i++) loop.createTask(fails(i))
    for (let i = 0; i < 3; i++) loop.tick()
    expect([log.length, (log[0] as string[])[1], (log[4] as string[])[1]]).toEqual([504, 'Error: set by hand', 'Error: 0'])
    loop.close()
    expect(new Set(log.map(each => (each as string[])[1])).size).toBe(1504)
  })
})

describe('two copies of the package in one program', () => {
  let other!: typeof core
  jest.isolateModules(() => { other = jest.requireActual<typeof core>('../../lib/index.ts') })
  const advice = 'A loop of another copy of yieldfrom runs: the program has loaded the package twice. Have it load one: ' +
    'see `npm ls yieldfrom`, and bundle it once'

  it.each<[string, () => Coroutine<unknown>]>([
    ['a wait', () => other.sleep(5) as Coroutine<void>],
    ['createTask()', function* () { other.createTask(sleep(5)) }],
    ['a future', function* () { return new other.Future() }],
  ])('find out when one drives %s of the other', (_, main) => {
    function* uses(): Coroutine<unknown> { return yield* main() }
    expect(() => run(uses(), { host: new VirtualHost() })).toThrow(advice)
  })

  it('see only that a loop runs, and never the loop, because every script of the realm can read the global object', () => {
    const marks = (): unknown[] => Object.getOwnPropertySymbols(globalThis).filter(symbol => String(symbol).includes('yieldfrom'))
      .map(symbol => Reflect.get(globalThis, symbol))
    function* looks(): Coroutine<unknown> { return marks() }
    expect([run(looks(), { host: new VirtualHost() }), marks()]).toEqual([[true], [false]])
  })

  it('are not blamed when there is but one', () => {
    expect(() => createTask(sleep(5))).not.toThrow(advice)
  })
})

describe('virtual time', () => {
  it('is told how many turns ran in which it could not pass', () => {
    const told: number[] = []
    class Impatient extends VirtualHost {
      override busy(turns: number): void {
        told.push(turns)
        super.busy(turns * 32)
      }
    }
    function* spins(): Coroutine<never> { for (;;) yield* sleep(0) }
    expect(() => run(spins(), { host: new Impatient() })).toThrow('Write sleep(1) instead of sleep(0)')
    expect(told).toEqual([2 ** 20])
  })

  it('is not stopped for ever by a program that only ever sleeps 0', () => {
    expect(() => { new VirtualHost().busy(2 ** 25) }).toThrow('33554432 turns ran and no time passed')
  })
})
