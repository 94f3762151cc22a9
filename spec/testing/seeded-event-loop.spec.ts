import {
  type Coroutine, Event, EventLoop, type LoopOptions, Queue, createTask, gather, getRunningLoop, greenlet, run, sleep,
} from '../../lib/index.ts'
import { SeededEventLoop, VirtualHost, runBriefly } from '../../lib/testing/index.ts'
import { slip, virtual } from '../support/stories.ts'

/** What a program logs in the loop of a seed; in an ordinary loop without one. */
function logOf(program: (log: unknown[]) => Coroutine<unknown>, seed: number | null): string {
  const log: unknown[] = []
  const loop = seed === null ? new EventLoop(virtual()) : new SeededEventLoop({ seed, ...virtual() })
  run(program(log), { loopFactory: () => loop })
  return log.join(' ')
}

const seeds = Array.from({ length: 200 }, (_, seed) => seed)

/** The different logs of many seeds. */
function logsOf(program: (log: unknown[]) => Coroutine<unknown>): Set<string> {
  return new Set(seeds.map(seed => logOf(program, seed)))
}

/** Tasks and timers, woken together and by each other. */
function* lively(log: unknown[]): Coroutine<void> {
  const queue = new Queue<string>()
  const event = new Event()
  function* puts(name: string): Coroutine<void> {
    yield* sleep(1)
    yield* queue.put(name)
    yield* event.wait()
    log.push(name)
  }
  function* gets(): Coroutine<void> {
    for (let i = 0; i < 3; i++) log.push(yield* queue.get())
    event.set()
  }
  yield* gather([puts('a'), puts('b'), puts('c'), gets()])
}

describe('a SeededEventLoop', () => {
  it('gives the same order for the same seed, and others for others', () => {
    for (const seed of seeds.slice(0, 20)) expect(logOf(lively, seed)).toBe(logOf(lively, seed))
    expect(logsOf(lively).size).toBe(36) // three in any order that come, and three in any order that go
  })

  it('gives the order of every other loop for the seed 0', () => {
    expect([logOf(lively, 0), logOf(lively, null)]).toEqual(['a b c a b c', 'a b c a b c'])
  })

  it('shuffles those that wait for a frame, too', () => {
    const orders = seeds.map(seed => {
      const log: string[] = []
      const loop = new SeededEventLoop({ seed, ...virtual() })
      for (const name of ['a', 'b', 'c']) loop.createTask(function* () { yield; log.push(name) }())
      loop.frame({ dt: 1 })
      loop.frame({ dt: 1 })
      return log.join('')
    })
    expect([orders[0], new Set(orders).size]).toEqual(['abc', 6])
  })

  it('knows its seed, and takes the options of every other loop', () => {
    const texts: string[] = []
    const options: LoopOptions = { host: new VirtualHost(7), debug: true, logger: text => { texts.push(text) } }
    const loop = new SeededEventLoop({ seed: 3, ...options })
    loop.defaultExceptionHandler({ message: 'report' })
    expect([loop.seed, loop.time(), loop.getDebug(), texts]).toEqual([3, 7, true, ['report']])
  })

  it('gives every order of tasks that are ready at the same time, about as often', () => {
    const counts = new Map<string, number>()
    for (let seed = 1; seed <= 6000; seed++) {
      const loop = new SeededEventLoop({ seed, ...virtual() })
      const log: string[] = []
      for (const name of ['a', 'b', 'c']) loop.createTask((function* () { log.push(name) })())
      loop.tick()
      counts.set(log.join(''), (counts.get(log.join('')) ?? 0) + 1)
    }
    expect(Array.from(counts.keys()).sort()).toEqual(['abc', 'acb', 'bac', 'bca', 'cab', 'cba'])
    expect(Array.from(counts.values()).filter(count => count < 900 || count > 1100)).toEqual([])
  })

  it('keeps callbacks in their order, and in their places among the tasks', () => {
    expect(logsOf(function* (log) {
      const loop = getRunningLoop()
      function* task(): Coroutine<void> { log.push('task') }
      for (const name of ['a', 'b', 'c']) {
        loop.callSoon(() => { log.push(name) })
        createTask(task())
      }
      const future = loop.createFuture<void>()
      for (const name of ['d', 'e']) future.addDoneCallback(() => { log.push(name) })
      future.setResult()
      yield* sleep(1)
    })).toEqual(new Set(['a task b task c task d e']))
  })

  it('keeps timers in the order of their deadlines, and shuffles those that are equal', () => {
    expect(logsOf(function* (log) {
      const loop = getRunningLoop()
      for (const name of ['b', 'c']) loop.callAt(2, () => { log.push(name) })
      loop.callAt(1, () => { log.push('a') })
      for (const name of ['d', 'e']) loop.callAt(3, () => { log.push(name) })
      yield* sleep(9)
    })).toEqual(new Set(['a b c d e', 'a c b d e', 'a b c e d', 'a c b e d']))
  })

  it('does so when all of them are late, too', () => {
    const logs = new Set(seeds.map(seed => {
      const log: string[] = []
      const loop = new SeededEventLoop({ seed, ...virtual() })
      for (const name of ['c', 'd']) loop.callAt(2, () => { log.push(name) })
      for (const name of ['a', 'b']) loop.callAt(1, () => { log.push(name) })
      loop.callSoon(() => { log.push('first') })
      loop.tick({ now: 5 })
      return log.join(' ')
    }))
    expect(logs).toEqual(new Set(['first a b c d', 'first b a c d', 'first a b d c', 'first b a d c']))
  })

  it('leaves what is ready in its place over several ticks that are cut short', () => {
    const log: string[] = []
    const loop = new SeededEventLoop({ seed: 1, ...virtual() })
    for (const name of ['a', 'b', 'c']) loop.callSoon(() => { log.push(name) })
    const ran = [loop.tick({ maxCallbacks: 2 }).ran, loop.tick().ran, loop.tick().ran]
    expect([ran, log]).toEqual([[2, 1, 0], ['a', 'b', 'c']])
  })

  it('shuffles greenlets that sleep equally long without a task', () => {
    const orders = new Set(seeds.map(seed => {
      const log: string[] = []
      const loop = new SeededEventLoop({ seed, ...virtual() })
      function* sleeps(name: string): Coroutine<void> {
        yield* sleep(1)
        log.push(name)
      }
      loop.callSoon(() => { for (const name of ['a', 'b']) greenlet(sleeps).resume(name) })
      loop.runUntilComplete(loop.createTask(sleep(2)))
      return log.join(' ')
    }))
    expect(orders).toEqual(new Set(['a b', 'b a']))
  })

  it('leaves greenlets alone that wait for a future without a task', () => {
    const orders = new Set(seeds.map(seed => {
      const log: string[] = []
      const loop = new SeededEventLoop({ seed, ...virtual() })
      const future = loop.createFuture<void>()
      loop.callSoon(() => {
        for (const name of ['a', 'b', 'c']) {
          greenlet(function* () {
            yield* future
            log.push(name)
          }).resume()
        }
        future.setResult()
      })
      runBriefly(loop)
      return log.join(' ')
    }))
    expect(orders).toEqual(new Set(['a b c']))
  })

  it.each<[string, unknown, string]>([
    ['a fraction', 1.5, '1.5'], ['less than nothing', -1, '-1'], ['NaN', NaN, 'NaN'], ['text', '1', "'1'"],
    ['nothing', undefined, 'undefined'],
  ])('is not made of %s', (_, seed, said) => {
    expect(slip(() => new SeededEventLoop({ seed: seed as number, ...virtual() }))).toBe(
      `TypeError NOT_A_SEED: a seed is a whole number, 0 or more, not ${said}`)
  })
})
