import {
  type Coroutine, EventLoop, ManualHost, VirtualHost, createTask, greenlet, isCancelled, pyGenerator, run, runMain,
  seconds, sleep, yieldFrom,
} from '../../lib/index.ts'

const quiet = () => new EventLoop({ host: new VirtualHost(), logger: () => undefined })
const error = (name: string, code: string, message: string) => expect.objectContaining({ name, code, message })

describe('sleep()', () => {
  it('begins when it is awaited, not when it is called, and by the time of the tick', () => {
    const log: unknown[] = []
    const loop = new EventLoop({ host: new ManualHost() })
    function* main(): Coroutine<void> {
      const nap = sleep(seconds(0.01))
      yield* sleep(100)
      log.push(loop.time())
      yield* nap
      log.push(loop.time())
    }
    loop.createTask(main())
    for (const now of [1, 101, 102, 112, 113]) log.push([now, loop.tick({ now }).nextTimerAt])
    expect(log).toEqual([[1, 101], [101, null], 102, [102, 112], [112, null], 113, [113, null]])
  })

  it('says what it is, in reports and where it was forgotten', () => {
    const log: unknown[] = []
    const loop = quiet()
    function* sleeper(): Coroutine<void> { yield* sleep(50) }
    const task = loop.createTask(sleeper())
    loop.tick()
    log.push(String(task.$wait))
    expect(() => [...sleeper()]).toThrow(error('RuntimeError', 'NO_DRIVER', 'sleep(50) has no driver: plain code ' +
      '(for...of, spread, next) iterates the generator that asks for it. Write yield* generator, iterate ' +
      'pyGenerator(generator), or run it in a greenlet'))
    const g = greenlet(function* () {
      for (const token of sleeper()) {
        void token
        break // JavaScript calls return(), and there was no timer yet
      }
      yield* sleep(1)
    })
    loop.callSoon(() => {
      try {
        g.resume()
      } catch (thrown) {
        log.push((thrown as { code: string }).code)
      }
    })
    loop.tick()
    expect(log).toEqual(['sleep(50)', 'NO_DRIVER'])
  })

  it('goes through yieldFrom(), greenlets and tasks alike', () => {
    const log: unknown[] = []
    const loop = quiet()
    function* main(): Coroutine<void> {
      log.push(yield* yieldFrom(sleep(1, 'delegated')), loop.time())
      log.push(yield* yieldFrom(sleep(0, 'a turn')), loop.time())
      log.push(yield* greenlet(function* () { return yield* sleep(1, 'in a greenlet') }).switch(), loop.time())
      log.push(yield* createTask(sleep(1, 'a task')), loop.time())
    }
    loop.runUntilComplete(main())
    expect(log).toEqual(['delegated', 1, 'a turn', 1, 'in a greenlet', 2, 'a task', 3])
  })

  it('takes its timer along, however it is left', () => {
    const log: unknown[] = []
    const loop = quiet()
    function* sleeper(): Coroutine<void> { yield* sleep(50) }
    const [cancelled, thrown, killed] = [0, 1, 2].map(() => loop.createTask(sleeper()))
    log.push(loop.tick().nextTimerAt)
    cancelled?.cancel()
    thrown?.getGreenlet().resumeThrow(new Error('thrown'))
    killed?.getGreenlet().kill()
    log.push(loop.tick().nextTimerAt)
    for (const task of [cancelled, thrown, killed]) {
      try {
        task?.result()
      } catch (end) {
        log.push(isCancelled(end) || (end as Error).message)
      }
    }
    expect(log).toEqual([50, null, true, 'thrown', 'killed'])
  })

  it('is refused where it was slept before, and who gets the error may go on', () => {
    const log: unknown[] = []
    const nap = sleep(5, 'rested')
    function* sleeper(): Coroutine<void> {
      try {
        log.push(yield* nap)
      } catch (slip) {
        log.push(slip)
        log.push(yield* sleep(1, 'at last'))
      }
    }
    function* main(): Coroutine<void> {
      yield* createTask(sleeper())
      yield* createTask(sleeper())
    }
    run(main(), { host: new VirtualHost() })
    expect(log).toEqual([
      'rested', error('RuntimeError', 'COROUTINE_REUSED', 'cannot reuse already awaited sleep(). Call sleep() again'),
      'at last',
    ])
  })

  it('passes one turn for no time, and for less, and the clock stands still', () => {
    const log: unknown[] = []
    const loop = quiet()
    function* main(): Coroutine<void> {
      for (const ms of [0, -0, -5, -Infinity]) {
        loop.callSoon(() => {
          log.push('one turn')
          loop.callSoon(() => { log.push('another turn') })
        })
        log.push(yield* sleep(ms, ms))
        yield
      }
      log.push(loop.time())
    }
    loop.runUntilComplete(main())
    expect(log).toEqual([0, -0, -5, -Infinity].flatMap(ms => ['one turn', ms, 'another turn']).concat(0))
  })

  it('is refused when it was begun by hand and not awaited', () => {
    const log: unknown[] = []
    function* main(): Coroutine<void> {
      sleep(0)[Symbol.iterator]()
      try {
        yield* sleep(1)
      } catch (refusal) {
        log.push((refusal as Error).message.split(':')[0])
      }
      log.push(yield* sleep(0, 'goes on'))
    }
    run(main(), { host: new VirtualHost() })
    expect(log).toEqual(['sleep(0) has no driver', 'goes on'])
  })

  it.each<[string, unknown, string]>([
    ['text', '5', "'5'"], ['nothing', undefined, 'undefined'], ['null', null, 'null'], ['no number', NaN, 'NaN'],
    ['an object', {}, 'Object. Write the number alone, without a name'],
  ])('is refused with %s', (_, ms, words) => {
    expect(() => sleep(ms as number))
      .toThrow(error('ValueError', 'NOT_A_TIME', `sleep() takes a number of milliseconds, not ${words}`))
  })
})

describe('sleep() where plain code drives', () => {
  it('is refused, and the generator may go on without it', () => {
    const g = pyGenerator(function* (): Generator {
      try {
        yield* sleep(5)
      } catch (refusal) {
        yield (refusal as { code: string }).code
      }
      return 'done'
    })
    expect([g.next(), g.next()]).toEqual([{ value: 'NO_LOOP', done: false }, { value: 'done', done: true }])
    expect(() => { runMain(function* () { yield* sleep(5) }) }).toThrow(
      error('RuntimeError', 'NO_LOOP', 'no running event loop. Write loop.createTask(coroutine), or do it in a coroutine that run() runs'))
  })

  it('is refused also inside of a task', () => {
    function* main(): Coroutine<string> {
      yield* sleep(1)
      return runMain(function* () {
        try {
          return yield* sleep(5, 'slept')
        } catch (refusal) {
          return (refusal as { code: string }).code
        }
      })
    }
    expect(run(main(), { host: new VirtualHost() })).toBe('CANNOT_WAIT')
  })
})
