import {
  ALL_COMPLETED, type Coroutine, EventLoop, FIRST_COMPLETED, FIRST_EXCEPTION, type Future, type Task, VirtualHost,
  createTask, ensureFuture, getRunningLoop, run, sleep, wait,
} from '../../lib/index.ts'

const virtual = () => ({ host: new VirtualHost() })
const names = (tasks: Iterable<Task>) => Array.from(tasks, task => task.getName())

function* brew(ms: number): Coroutine<number> {
  yield* sleep(ms)
  return ms
}
const start = (...times: number[]) => times.map(ms => createTask(brew(ms), { name: String(ms) }))

describe('wait()', () => {
  it('gives sets in the order of what it was given, not of their ends', () => {
    function* main(): Coroutine<unknown[]> {
      const tasks = start(9, 3, 7, 1, 5)
      const [done, pending] = yield* wait(tasks, { timeout: 6 })
      return [done instanceof Set, names(done), names(pending), getRunningLoop().time()]
    }
    expect(run(main(), virtual())).toEqual([true, ['3', '1', '5'], ['9', '7'], 6])
  })

  it('takes anything that can be iterated, and each future once', () => {
    function* main(): Coroutine<unknown[]> {
      const [a, b] = start(1, 2) as [Task<number>, Task<number>]
      const log: unknown[] = []
      const map = new Map([['a', a], ['b', b]])
      for (const several of [new Set([a, b]), map.values(), [a, b, a], Object.values({ a, b })]) {
        const [done] = yield* wait(several)
        log.push(names(done))
      }
      return log
    }
    expect(run(main(), virtual())).toEqual([['1', '2'], ['1', '2'], ['1', '2'], ['1', '2']])
  })

  it('knows three conditions, by name', () => {
    function* main(): Coroutine<unknown[]> {
      const log: unknown[] = [ALL_COMPLETED, FIRST_COMPLETED, FIRST_EXCEPTION]
      function* failing(): Coroutine<number> {
        yield* sleep(2)
        throw new Error('spilt')
      }
      for (const returnWhen of [ALL_COMPLETED, FIRST_COMPLETED, FIRST_EXCEPTION] as const) {
        const tasks = [...start(1, 3), createTask(failing(), { name: 'failing' })]
        const [done, pending] = yield* wait(tasks, { returnWhen })
        log.push(names(done))
        for (const task of done) task.exception()
        for (const task of pending) task.cancel()
      }
      return log
    }
    expect(run(main(), virtual())).toEqual([
      'ALL_COMPLETED', 'FIRST_COMPLETED', 'FIRST_EXCEPTION', ['1', '3', 'failing'], ['1'], ['1', 'failing'],
    ])
  })

  it('counts what was thrown as an error, also when it is none', () => {
    function* main(): Coroutine<unknown[]> {
      const log: unknown[] = []
      for (const thrown of [undefined, null, 'text']) {
        const failing = createTask((function* (): Coroutine<number> { throw thrown })(), { name: 'failing' })
        const [done] = yield* wait([...start(5), failing], { returnWhen: FIRST_EXCEPTION })
        log.push([names(done), failing.exception()])
      }
      return log
    }
    expect(run(main(), virtual())).toEqual([[['failing'], undefined], [['failing'], null], [['failing'], 'text']])
  })

  it('leaves nothing behind at the futures, so that it can be called again and again', () => {
    const loop = new EventLoop(virtual())
    function* main(): Coroutine<unknown[]> {
      const future = loop.createFuture()
      let turns = 0
      for (; turns < 100; turns++) {
        const [done] = yield* wait([future, ensureFuture(sleep(1))], { returnWhen: FIRST_COMPLETED })
        if (done.has(future)) break
      }
      return [turns, future.$isAwaited, loop.time()]
    }
    expect(loop.runUntilComplete(main())).toEqual([100, false, 100])
  })

  it.each<[string, (loop: EventLoop) => Coroutine<unknown>, string, string, string]>([
    ['nothing at all', () => wait(undefined as never), 'TypeError', 'NOT_A_LIST',
      'wait() takes several futures, not undefined. Write wait([...])'],
    ['one future', loop => wait(loop.createFuture() as never), 'TypeError', 'NOT_A_LIST',
      'wait() takes several futures, not Future. Write wait([...])'],
    ['one coroutine', () => wait(brew(1) as never), 'TypeError', 'NOT_A_LIST',
      'wait() takes several futures, not Generator. Write wait([...])'],
    ['text', () => wait('text' as never), 'TypeError', 'NOT_A_LIST',
      "wait() takes several futures, not 'text'. Write wait([...])"],
    ['none', () => wait([]), 'ValueError', 'NOTHING_TO_WAIT_FOR', 'Set of Tasks/Futures is empty.'],
    ['coroutines', () => wait([brew(1) as unknown as Future]), 'TypeError', 'NOT_A_FUTURE',
      'wait() takes futures, not Generator. Write createTask(coroutine) first'],
    ['sleeps', () => wait([sleep(1) as unknown as Future]), 'TypeError', 'NOT_A_FUTURE',
      'wait() takes futures, not Sleep'],
    ['a condition of its own', loop => wait([loop.createFuture()], { returnWhen: 'ANY' as never }), 'ValueError',
      'NOT_A_CONDITION', "wait() takes returnWhen as FIRST_COMPLETED, FIRST_EXCEPTION or ALL_COMPLETED, not 'ANY'"],
    ['no number of milliseconds', loop => wait([loop.createFuture()], { timeout: NaN }), 'TypeError', 'NOT_A_TIME',
      'wait() takes a number of milliseconds or null for timeout, not NaN'],
  ])('is refused with %s', (_, call, name, code, message) => {
    const loop = new EventLoop(virtual())
    expect(() => loop.runUntilComplete(call(loop))).toThrow(expect.objectContaining({ name, code, message }))
  })
})
