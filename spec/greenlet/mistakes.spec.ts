import { type Awaitable, type Coroutine, Greenlet, coroutine, getCurrent, greenlet, pyGenerator, runMain, sleep, suspend, yieldFrom } from '../../lib/index.ts'

/** Each slip is an error with a class, a code and a sentence, thrown where it was made; nothing else is harmed. */
describe('a slip', () => {
  /** The error that a greenlet catches at its slip, and that it goes on after it. */
  const caughtBy = (slip: () => Generator): unknown => greenlet(function* () {
    try {
      yield* slip() as Coroutine<void>
    } catch (error) {
      return error
    }
    return 'no error'
  }).resume()

  const error = (name: string, code: string, words: string) =>
    expect.objectContaining({ name, code, message: expect.stringContaining(words) as unknown })

  const other = () => greenlet(function* other() { })

  it('switch() that is never yielded is caught at the next yield', () => {
    expect(caughtBy(function* () {
      other().switch()
      yield* other().switch()
    })).toEqual(error('GreenletError', 'SWITCH_NOT_YIELDED', 'Write yield* g.switch(...)'))
    expect(caughtBy(function* () {
      other().throw()
      yield* suspend(() => undefined)
    })).toEqual(error('GreenletError', 'SWITCH_NOT_YIELDED', '<Greenlet other pending>.throw() was called and never yielded'))
  })

  it('switch() that is never yielded is caught when the function returns', () => {
    const g: Greenlet = greenlet(function* forgetful() {
      other().switch()
    })
    expect(() => g.resume()).toThrow(error('GreenletError', 'SWITCH_NOT_YIELDED', 'was called and never yielded'))
    expect(g.dead).toBe(true)
  })

  it('switch() that is never yielded in a delegate is raised where it was delegated to', () => {
    function* forgetful() {
      other().switch()
    }
    expect(caughtBy(function* () { yield* yieldFrom(forgetful()) }))
      .toEqual(error('GreenletError', 'SWITCH_NOT_YIELDED', 'was called and never yielded'))
  })

  it('switch() that is never yielded is caught before plain code drives on', () => {
    expect(caughtBy(function* () {
      other().switch()
      other().resume()
    })).toEqual(error('GreenletError', 'SWITCH_NOT_YIELDED', 'never yielded'))
    expect(caughtBy(function* () {
      other().switch()
      yield* pyGenerator(function* () { yield 1 })
    })).toEqual(error('GreenletError', 'SWITCH_NOT_YIELDED', 'never yielded'))
  })

  it('switch() without the star is caught at the yield', () => {
    expect(caughtBy(function* () { yield other().switch() }))
      .toEqual(error('GreenletError', 'SWITCH_NOT_YIELDED', 'Write yield* g.switch(...)'))
  })

  it('switch() in a plain function that a greenlet runs', () => {
    expect(() => greenlet(() => { other().switch() }).resume()).toThrow(error('GreenletError', 'SWITCH_NOT_YIELDED', 'yield*'))
  })

  it('switch() in the getter that gives run', () => {
    const eager = Object.defineProperty(new Greenlet(), 'run', { get: () => other().switch() })
    expect(() => eager.resume()).toThrow(error('GreenletError', 'SWITCH_NOT_YIELDED', 'yield*'))
  })

  it('an error of the program itself is not covered up by one', () => {
    const failing: Greenlet = greenlet(function* () {
      other().switch()
      throw new RangeError('mine')
    })
    expect(() => failing.resume()).toThrow(new RangeError('mine'))
    expect(other().resume()).toBe(undefined)
  })

  it('a switch() may be handed to another coroutine, which yields it', () => {
    const passOn = coroutine(function* (request: Awaitable<unknown>) { return yield* request })
    const g: Greenlet = greenlet(function* () {
      return yield* passOn(greenlet((word: string) => `${word}!`).switch('hello'))
    })
    expect(g.resume()).toBe('hello!')
  })

  it('a switch() yielded twice', () => {
    expect(caughtBy(function* () {
      const once = other().switch()
      yield* once
      yield* once
    })).toEqual(error('GreenletError', 'SWITCH_REUSED', 'Call switch() again'))
  })

  it('switch() and throw() in plain code', () => {
    const g = other()
    expect(() => g.switch()).toThrow(error('GreenletError', 'SWITCH_FROM_HOST', 'Write <Greenlet other pending>.resume(...)'))
    expect(() => g.throw()).toThrow(error('GreenletError', 'SWITCH_FROM_HOST', '.resumeThrow(...)'))
    expect(g.resume()).toBe(undefined)
  })

  it.each<[string, () => unknown, string]>([
    ['a greenlet', () => other(), 'Write yield* g.switch(...)'],
    ['a generator', () => (function* () { yield 1 })(), 'Write yield* f(...)'],
    ['a coroutine', () => coroutine(function* () { yield 1 })(), 'Write yield* f(...)'],
    ['something to wait for', () => suspend(() => undefined), 'yield*'],
    ['a sleep', () => sleep(5), 'Did you mean yield* sleep(5)?'],
    ['a delegation', () => yieldFrom([1]), 'yield was used on a delegation to Array Iterator. Write yield* yieldFrom(...)'],
    ['something that does not name itself', () => new Map(), 'Did you mean yield* Map?'],
    ['something that cannot', () => Object.create(null, { [Symbol.iterator]: {} }), 'Did you mean yield* an object?'],
    ['an array', () => [1, 2], 'Did you mean yield* [2 items]?'],
    ['a number', () => 5, 'yield* other.switch(value)'],
    ['null', () => null, 'this is null'],
    ['nothing', () => undefined, 'a bare yield passes one turn of an event loop'],
  ])('plain yield of %s', (_, value, words) => {
    expect(caughtBy(function* () { yield value() })).toEqual(error('RuntimeError', 'BAD_YIELD', words))
    expect(() => runMain(function* () { yield value() as undefined })).toThrow(error('RuntimeError', 'BAD_YIELD', words))
  })

  it.each<[string, () => unknown, string, string]>([
    ['run', () => greenlet(5 as never), 'TypeError', 'RUN_NOT_CALLABLE'],
    ['run later', () => { greenlet().run = 5 as never }, 'TypeError', 'RUN_NOT_CALLABLE'],
    ['parent', () => greenlet(() => 1, {} as never), 'TypeError', 'NOT_A_GREENLET'],
    ['parent later', () => { greenlet().parent = null }, 'TypeError', 'NOT_A_GREENLET'],
    ['context', () => { greenlet().context = {} as never }, 'TypeError', 'NOT_A_CONTEXT'],
    ['a value beside an instance', () => greenlet().resumeThrow(new Error('e'), 'message'), 'TypeError', 'NOT_AN_ERROR_CLASS'],
    ['a copy', () => JSON.stringify(greenlet()), 'TypeError', 'NOT_COPYABLE'],
    ['a parent for main', () => { getCurrent().parent = greenlet() }, 'AttributeError', 'MAIN_HAS_NO_PARENT'],
    ['no run at all', () => greenlet().resume(), 'AttributeError', 'NO_RUN'],
  ])('a wrong %s', (_, slip, name, code) => {
    expect(slip).toThrow(expect.objectContaining({ name, code }))
  })

  describe('with a generator that has no driver', () => {
    function* delegating(): Generator { yield* yieldFrom([1, 2]) }

    it('plain code that iterates it, with no drive at all', () => {
      expect(() => [...delegating()]).toThrow(error('RuntimeError', 'NO_DRIVER', 'iterate pyGenerator(generator)'))
      expect(() => [...coroutine(delegating)()]).toThrow(error('RuntimeError', 'NO_DRIVER', 'pyGenerator'))
      expect(() => [...(function* () { yield* suspend(() => undefined) })()]).toThrow(error('RuntimeError', 'NO_DRIVER', 'suspend()'))
    })

    it('plain code that resumes what waits, inside a greenlet', () => {
      function* waiting(): Generator { yield* suspend(() => undefined) }
      expect(caughtBy(function* () {
        expect(String(waiting().next().value)).toBe('yieldfrom: request')
        yield* other().switch()
      })).toEqual(error('RuntimeError', 'NO_DRIVER', 'a suspend() has no driver'))
    })

    it('plain code that goes on and on over a generator that waits', () => {
      function* waiting(): Generator { for (;;) yield* suspend(() => undefined) }
      function* switching(): Generator { for (;;) yield* other().switch() }
      expect(caughtBy(function* () { for (const value of waiting()) void value }))
        .toEqual(error('RuntimeError', 'NO_DRIVER', 'a suspend() has no driver'))
      expect(caughtBy(function* () { for (const value of switching()) void value }))
        .toEqual(error('GreenletError', 'SWITCH_NOT_YIELDED', 'was called and never yielded'))
    })

    it('plain code that iterates it inside a greenlet', () => {
      expect(caughtBy(function* () {
        for (const value of delegating()) {
          void value
          break
        }
        yield* other().switch()
      })).toEqual(error('RuntimeError', 'NO_DRIVER', 'delegation to Array Iterator'))
      expect(caughtBy(function* () {
        delegating().next()
        delegating().next()
      })).toEqual(error('RuntimeError', 'NO_DRIVER', 'Array Iterator'))
    })
  })
})
