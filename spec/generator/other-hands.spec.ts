import {
  type Coroutine, GeneratorBusyError, GeneratorExit, type PyGenerator, getCurrent, greenlet, pyGenerator, yieldFrom,
} from '../../lib/index.ts'

/**
 * Nobody owns a native generator: others may resume it, who know nothing of the stack that it belongs to. It knows
 * itself where it is parked, and says so.
 */
describe('a native generator in other hands', () => {
  const log: unknown[] = []
  beforeEach(() => { log.length = 0 })

  /** Note what comes of each, errors included. */
  const note = (...acts: (() => unknown)[]) => {
    for (const act of acts) {
      try {
        log.push(act())
      } catch (error) {
        log.push(String(error))
      }
    }
  }
  const ended = { value: undefined, done: true }

  describe('while it delegates', () => {
    function* inner(): Generator<string, string> {
      try {
        log.push(`inner got ${String(yield 'first')}`)
        yield 'second'
      } catch (error) {
        log.push(`inner caught ${String(error)}`)
        throw error
      } finally {
        log.push('inner ends')
      }
      return 'inner result'
    }
    function* outer(): Generator<unknown, string> {
      try {
        return yield* yieldFrom(inner())
      } catch (error) {
        log.push(`outer caught ${String(error)}`)
        throw error
      } finally {
        log.push('outer ends')
      }
    }
    const parked = (): [Generator, PyGenerator] => {
      const native = outer()
      const g = pyGenerator(native)
      g.next()
      return [native, g]
    }

    it('brings what a second driver sends or throws to its delegate', () => {
      const [native, g] = parked()
      const second = pyGenerator(native)
      note(() => second.next().value, () => second.stack.map(frame => frame.name))
      note(() => second.throw(new Error('mine')), () => g.next())
      expect(log).toEqual([
        'inner got undefined', 'second', ['outer', 'inner'],
        'inner caught Error: mine', 'inner ends', 'outer caught Error: mine', 'outer ends', 'Error: mine', ended,
      ])
    })

    it('is closed by a GeneratorExit from anybody, innermost first', () => {
      const [native, g] = parked()
      note(() => native.throw(new GeneratorExit('mine')), () => g.next(), () => g.state)
      expect(log).toEqual([
        'inner caught GeneratorExit', 'inner ends', 'outer caught GeneratorExit: mine', 'outer ends',
        'GeneratorExit: mine', ended, 'GEN_CLOSED',
      ])
    })

    it("is finished by JavaScript's own return(), which closes the delegate first", () => {
      const [native, g] = parked()
      note(() => native.return('mine'), () => g.next(), () => g.state)
      expect(log).toEqual([
        'inner caught GeneratorExit', 'inner ends', 'outer ends', { value: 'mine', done: true }, ended, 'GEN_CLOSED',
      ])
    })

    it('ends with an error that says so when plain code resumes it, and its delegate is unharmed', () => {
      const delegate = pyGenerator(inner)
      const native = (function* () { yield* yieldFrom(delegate) })()
      note(() => pyGenerator(native).next().value)
      expect(() => native.next()).toThrow(expect.objectContaining({ name: 'RuntimeError', code: 'NO_DRIVER' }))
      note(() => native.next(), () => delegate.send('mine').value)
      expect(log).toEqual(['first', ended, 'inner got mine', 'second'])
    })
  })

  const busy = 'ValueError: generator already executing'

  it('while plain code runs it, is busy for all who come by the library', () => {
    function* running(): Coroutine<void> {
      const delegator = pyGenerator(function* () {
        try {
          yield* yieldFrom(native)
        } catch (error) {
          yield error instanceof GeneratorBusyError
        }
      })
      const direct = pyGenerator(native)
      note(() => delegator.next().value, () => direct.next(), () => direct.throw(new Error('e')), () => direct.close(),
        () => greenlet(() => native).resume())
      yield
      log.push('unharmed')
    }
    const native = running()
    note(() => native.next().done, () => native.next().done)
    expect(log).toEqual([true, busy, busy, busy, busy, false, 'unharmed', true])
  })

  describe('while a greenlet waits in it', () => {
    const main = getCurrent()
    function* waiting(): Coroutine<string> {
      try {
        for (;;) log.push(['got', yield* main.switch('waits')])
      } catch (error) {
        return `ended by ${String(error)}`
      } finally {
        log.push('finally')
      }
    }

    it('is busy for a second greenlet that delegates to it, and goes on in the first', () => {
      const native = waiting()
      const first = greenlet(function* () { return ['first', yield* yieldFrom(native)] as const })
      const second = greenlet(function* () {
        try {
          yield* yieldFrom(native)
        } catch (error) {
          return ['second', error instanceof GeneratorBusyError]
        }
        return 'never'
      })
      note(() => first.resume(), () => second.resume())
      note(() => first.resume('value'), () => first.resumeThrow(new Error('e')))
      expect(log).toEqual([
        'waits', ['second', true], ['got', 'value'], 'waits', 'finally', ['first', 'ended by Error: e'],
      ])
    })

    it('is busy for a second greenlet that runs it, or has it below a native yield*', () => {
      const native = waiting()
      const first = greenlet(() => native)
      const same = greenlet(() => native)
      const around = greenlet(function* () { yield* native })
      note(() => first.resume(), () => same.resume(), () => around.resume(), () => [same.dead, around.dead, first.dead],
        () => first.resume('value'))
      expect(log).toEqual(['waits', busy, busy, [true, true, false], ['got', 'value'], 'waits'])
    })

    it('is busy for a PyGenerator, whatever is asked of that', () => {
      const native = waiting()
      const g = greenlet(() => native)
      const other = pyGenerator(native)
      note(() => g.resume(), () => other.next(), () => other.send('e'), () => other.throw(new Error('e')),
        () => other.throw(GeneratorExit), () => other.close(), () => g.resume('value'))
      expect(log).toEqual(['waits', busy, busy, busy, busy, busy, ['got', 'value'], 'waits'])
    })

    it('says that it is busy to plain code, too: an error raised in it would end it', () => {
      const native = waiting()
      const g = greenlet(() => native)
      const refused = ({ value, done }: IteratorResult<unknown>) => [String(value), done]
      note(() => g.resume(), () => refused(native.next()), () => refused(native.throw(new Error('e'))))
      note(() => g.resume('value'))
      expect(log).toEqual(['waits', ['yieldfrom: refused', false], ['yieldfrom: refused', false], ['got', 'value'], 'waits'])
    })

    it("is finished by JavaScript's own return(), and its greenlet with it", () => {
      const native = waiting()
      const g = greenlet(() => native)
      note(() => g.resume(), () => native.return('mine'), () => g.dead, () => g.resume('too late'), () => g.dead)
      expect(log).toEqual(['waits', 'finally', { value: 'mine', done: true }, false, undefined, true])
    })
  })
})
