import {
  type Coroutine, Greenlet, VirtualHost, coroutine, getCurrent, getRunningLoop, greenlet,
  pyGenerator, run, sleep, watch, yieldFrom,
} from '../../lib/index.ts'

function parent(): Greenlet { return getCurrent().parent as Greenlet }

/** What a delegate's first step brings is made inside of its delegator. Nobody is to see a difference. */
describe('a delegate that begins', () => {
  it('and returns at once is over before its delegator goes on', () => {
    const log: string[] = []
    const inner = coroutine(function* (name: string): Coroutine<string> {
      log.push(name)
      return name.toUpperCase()
    })
    const g = pyGenerator(function* () {
      const both = (yield* inner('a')) + (yield* yieldFrom(inner('b')))
      log.push(both)
      yield both
    })
    expect([g.next(), g.stack.length, log]).toEqual([{ value: 'AB', done: false }, 1, ['a', 'b', 'AB']])
  })

  it('and waits is a frame, and so are those that it began inside of', () => {
    const level = coroutine(function* (n: number): Generator<number, number> {
      if (n === 0) return yield 0
      return 1 + (yield* level(n - 1) as Generator<number, number, number>)
    })
    const g = pyGenerator(() => level(250) as Generator<number, number>)
    expect([g.next(), g.stack.length]).toEqual([{ value: 0, done: false }, 251])
    expect([g.send(50), g.stack.length]).toEqual([{ value: 300, done: true }, 0])
  })

  it('and fails fails in its delegator, which may catch it', () => {
    const failing = coroutine(function* (): Coroutine<never> { throw new RangeError('at once') })
    const g = greenlet(function* () {
      try {
        yield* failing()
      } catch (error) {
        return String(error)
      }
      return 'no error'
    })
    expect(g.resume()).toBe('RangeError: at once')
  })

  it('in plain code that runs inside of another drive belongs to the inner one', () => {
    const log: unknown[] = []
    const waits = coroutine(function* (): Coroutine<void> { log.push(yield* parent().switch('waiting')) })
    const outer = greenlet(function* () {
      const inner = greenlet(function* () { yield* waits() })
      log.push(inner.resume(), inner.frames.length)
      yield* waits()
      inner.resume('for the inner one')
    })
    log.push(outer.resume(), outer.frames.length)
    outer.resume('for the outer one')
    expect(log).toEqual(['waiting', 2, 'waiting', 2, 'for the outer one', 'for the inner one'])
  })

  it('in a callback of a loop has no driver', () => {
    const log: unknown[] = []
    const inner = coroutine(function* (): Coroutine<void> { log.push('it has begun') })
    function* delegating(): Coroutine<void> { yield* inner() }
    function* main(): Coroutine<void> {
      getRunningLoop().callSoon(() => {
        try {
          delegating().next()
        } catch (error) {
          log.push((error as Error & { code: string }).code)
        }
      })
      yield* sleep(1)
    }
    run(main(), { host: new VirtualHost() })
    expect(log).toEqual(['NO_DRIVER'])
  })
})

describe.each([
  ['', (): void => undefined],
  [', watched', (): (() => void) => watch(() => undefined)],
])('a delegate that begins in the plain function that a greenlet runs%s', (_, begin) => {
  let end: (() => void) | void

  beforeEach(() => { end = begin() })

  afterEach(() => { end?.() })

  const inner = coroutine(function* (waits: boolean): Coroutine<string> {
    if (waits) yield
    return 'result'
  })
  function* delegating(waits: boolean): Coroutine<string> { return yield* inner(waits) }

  it('and returns at once gives its result', () => {
    expect(greenlet(() => delegating(false).next().value as string).resume()).toBe('result')
  })

  it('and waits has no driver: the greenlet ends with the slip, and nothing is left of it', () => {
    const g = greenlet(() => { delegating(true).next() })
    expect(() => g.resume()).toThrow(expect.objectContaining({ code: 'NO_DRIVER' }) as Error)
    expect([g.dead, g.frames, greenlet(() => delegating(false).next().value as string).resume()]).toEqual([true, [], 'result'])
  })
})

describe('a delegate that has begun in a generator that plain code iterates', () => {
  const waits = coroutine(function* (): Coroutine<string> { return yield* parent().switch<string>('waits') })
  function* delegating(): Coroutine<string> { return yield* waits() }
  const passes = coroutine(function* (): Coroutine<void> { yield })
  function* passing(): Coroutine<void> { yield* passes() }
  const slip = expect.objectContaining({ code: expect.stringMatching(/^(SWITCH_NOT_YIELDED|NO_DRIVER)$/) as unknown })

  function attempt(work: () => Generator<unknown, unknown>): unknown {
    const g = new Greenlet(function* () {
      let caught: unknown
      try {
        yield* yieldFrom(work())
      } catch (error) {
        caught = error
      }
      return [caught, yield* waits()]
    } as never)
    try {
      const first = g.resume()
      const frames = g.frames.length // its own, and waits()
      return first === 'waits' ? [...g.resume('goes on') as unknown[], frames] : first
    } catch (error) {
      return error
    }
  }

  it.each<[string, () => Generator<unknown, unknown>]>([
    ['which returns', function* () { delegating().next() }],
    ['whose delegate just yields', function* () { passing().next() }],
    ['whose delegate just yields, and which waits itself', function* () {
      passing().next()
      yield* waits()
    }],
    ['which leaves it', function* () { for (const value of delegating()) { void value; break } }],
    ['which iterates another', function* () {
      delegating().next()
      delegating().next()
    }],
    ['which waits itself', function* () {
      delegating().next()
      yield* waits()
    }],
    ['one inside of the other', function* () { yield* yieldFrom((function* () { delegating().next() })()) }],
  ])('%s: the slip is told there, and the stack is as it was', (_, work) => {
    expect(attempt(work)).toEqual([slip, 'goes on', 2])
  })

  it('which catches the slip: it goes on, with its own frames only', () => {
    const g = greenlet(function* (): Coroutine<unknown> {
      passing().next()
      try {
        yield* waits()
      } catch (error) {
        return [error, yield* waits()]
      }
      return 'no slip'
    })
    expect([g.resume(), g.frames.length, g.resume('goes on'), g.dead]).toEqual(['waits', 2, [slip, 'goes on'], true])
  })

  it('which fails afterwards: its own error is told, and the stack is as it was', () => {
    const attempts = [
      function* (): Generator<never, void> {
        delegating().next()
        throw new RangeError('something else')
      },
      function* () { yield* yieldFrom(attempts[0]?.() as Generator<never, void>) },
    ] as (() => Generator<unknown, unknown>)[]
    for (const work of attempts) expect(attempt(work)).toEqual([new RangeError('something else'), 'goes on', 2])
  })

  it('which fails afterwards in a task: each frame that the error went through is named once', () => {
    function* failing(): Coroutine<void> {
      yield // and from now on it is resumed by its driver
      delegating().next()
      throw new RangeError('something else')
    }
    function* main(): Coroutine<void> { yield* yieldFrom(failing()) }
    let error = new Error()
    try {
      run(main(), { host: new VirtualHost() })
    } catch (caught) {
      error = caught as Error
    }
    const lines = (error.stack ?? '').split('\n').map(line => line.trim().replace(/ \(.*\.ts.*\)$/, '').replace(/Task-\d+/, 'Task'))
    expect(lines).toEqual(['RangeError: something else', 'at failing', 'at main (<waiting>)', 'at Task (<task>)'])
  })
})
