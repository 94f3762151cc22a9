import { type Delegable, GeneratorExit, StopIteration, pyGenerator, yieldFrom, ValueError } from '../../lib/index.ts'

describe('yieldFrom()', () => {
  it('passes values out, sent values in, and gives the return value', () => {
    const log: unknown[] = []
    function* inner(): Generator<string, string> {
      log.push(['inner got', yield 'a'])
      log.push(['inner got', yield 'b'])
      return 'inner result'
    }
    function* outer() {
      const result = yield* yieldFrom(inner())
      log.push(['outer got', result])
      yield 'c'
    }
    const g = pyGenerator(outer)
    log.push(g.next().value, g.send(1).value, g.send(2).value, g.next())
    expect(log).toEqual([
      ['inner got', 1], ['inner got', 2], ['outer got', 'inner result'], 'a', 'b', 'c', { value: undefined, done: true },
    ])
  })

  it.each<[string, Delegable<unknown, unknown>, unknown[]]>([
    ['an array', [1, 2], [1, 2]],
    ['a string', 'ab', ['a', 'b']],
    ['a set', new Set([1]), [1]],
    ['a native generator', (function* () { yield 1 })(), [1]],
    ['a PyGenerator', pyGenerator(function* () { yield 1 }), [1]],
    ['an object with a generator method', { *[Symbol.iterator]() { yield 1 } }, [1]],
    ['an iterator that is not iterable', { next: (() => { let n = 0; return () => ({ value: ++n, done: n > 2 }) })() }, [1, 2]],
    ['nothing at all', [], []],
  ])('delegates to %s', (_, child, values) => {
    expect([...pyGenerator(function* () { yield* yieldFrom(child) })]).toEqual(values)
  })

  it.each([undefined, null, 5, {}, Symbol('s'), { [Symbol.iterator]: () => null }])('refuses %p at once', child => {
    expect(() => yieldFrom(child as unknown as string)).toThrow(TypeError)
  })

  it('refuses a generator function, and says to call it', () => {
    function* load() { yield 1 }
    expect(() => yieldFrom(load as unknown as string)).toThrow('Write yieldFrom(f(...)): call the generator function')
  })

  it('goes a million levels deep and resumes the innermost directly', () => {
    function* down(levels: number): Generator<unknown, number> {
      if (levels === 0) return (yield 'bottom') as number
      return (yield* yieldFrom(down(levels - 1))) + 1
    }
    const g = pyGenerator(down, 1_000_000)
    expect(g.next()).toEqual({ value: 'bottom', done: false })
    expect(g.stack.length).toBe(1_000_001)
    expect(g.send(0)).toEqual({ value: 1_000_000, done: true })
  })

  it('unwinds an error through a hundred thousand levels', () => {
    const finished: number[] = []
    function* down(levels: number): Generator<unknown, void> {
      try {
        if (levels === 0) yield 'bottom'
        else yield* yieldFrom(down(levels - 1))
      } finally {
        finished.push(levels)
      }
    }
    const thrown = pyGenerator(down, 100_000)
    thrown.next()
    expect(() => thrown.throw(new Error('up'))).toThrow('up')
    expect(finished.length).toBe(100_001)
    const closed = pyGenerator(down, 100_000)
    closed.next()
    closed.close()
    expect(finished.length).toBe(200_002)
  })

  it('lets native yield* stand between two delegations', () => {
    const log: unknown[] = []
    function* leaf(): Generator<string, void> {
      try {
        log.push(yield 'leaf')
        yield 'leaf again'
      } finally {
        log.push('leaf ends')
      }
    }
    function* native() { return yield* yieldFrom(leaf()) }
    function* outer() {
      try {
        yield* native()
      } catch (error) {
        log.push((error as Error).message)
      }
      yield 'outer'
    }
    const g = pyGenerator(outer)
    log.push(g.next().value, g.send('sent').value, g.throw(new Error('thrown')).value)
    expect(log).toEqual(['sent', 'leaf ends', 'thrown', 'leaf', 'leaf again', 'outer'])
  })

  it('lets an iterator pass the values of a coroutine on by hand', () => {
    function* leaf() {
      const sent: unknown = yield 'from the leaf'
      return `leaf got ${String(sent)}`
    }
    function* byHand(): Generator<unknown, string> {
      const inner = yieldFrom(leaf())[Symbol.iterator]()
      let result = inner.next()
      while (!result.done) result = inner.next(yield result.value)
      return result.value
    }
    const g = pyGenerator(function* () { return yield* byHand() })
    expect([g.next(), g.send('x')]).toEqual([
      { value: 'from the leaf', done: false }, { value: 'leaf got x', done: true },
    ])
  })

  describe('with plain iterators', () => {
    const counter = (methods: object = {}) => ({
      n: 0,
      [Symbol.iterator]() { return this },
      next() { return { value: this.n++, done: false } },
      ...methods,
    })

    it('prefers the methods that Python gives iterators: send, throw, close', () => {
      const log: unknown[] = []
      const child = counter({
        send(value: unknown) { log.push(['send', value]); return { value: 'sent', done: false } },
        throw(error: unknown) { log.push(['throw', (error as Error).message]); return { value: 'thrown', done: false } },
        close() { log.push('close') },
        return() { log.push('never'); return { value: undefined, done: true } },
      })
      const g = pyGenerator(function* () { yield* yieldFrom(child) })
      log.push(g.next().value, g.send(1).value, g.throw(new Error('e')).value)
      g.close()
      expect(log).toEqual([['send', 1], ['throw', 'e'], 0, 'sent', 'thrown', 'close'])
    })

    it('takes a sent value to next() when that declares a parameter', () => {
      const child = counter({ next(value: unknown) { return { value: ['got', value], done: false } } })
      const g = pyGenerator(function* () { yield* yieldFrom(child) })
      expect([g.next().value, g.send(5).value]).toEqual([['got', undefined], ['got', 5]])
    })

    it('raises AttributeError in the delegator when a value is sent to an iterator that takes none', () => {
      const g = pyGenerator(function* () {
        try {
          yield* yieldFrom([1, 2, 3])
        } catch (error) {
          yield (error as Error).name
        }
      })
      g.next()
      expect(g.send('x').value).toBe('AttributeError')
    })

    it('raises the error itself in the delegator when the iterator has no throw, and does not close it', () => {
      const log: unknown[] = []
      const child = counter({ return() { log.push('closed'); return { value: undefined, done: true } } })
      const g = pyGenerator(function* () {
        try {
          yield* yieldFrom(child)
        } catch (error) {
          log.push((error as Error).message)
        }
        yield* yieldFrom(child)
      })
      log.push(g.next().value, g.throw(new Error('mine')).value)
      expect(log).toEqual(['mine', 0, 1])
    })

    it('calls return() of an iterator that has no close()', () => {
      const log: unknown[] = []
      const child = counter({ return() { log.push('return()'); return { value: undefined, done: true } } })
      const g = pyGenerator(function* () { yield* yieldFrom(child) })
      g.next()
      g.close()
      const bare = pyGenerator(function* () { yield* yieldFrom(counter()) })
      bare.next()
      bare.close()
      expect([log, bare.state]).toEqual([['return()'], 'GEN_CLOSED'])
    })

    it('takes StopIteration for the end, with its value (Y7)', () => {
      const child = counter({ next() { throw new StopIteration('last words') } })
      expect(pyGenerator(function* () { return yield* yieldFrom(child) }).next()).toEqual({ value: 'last words', done: true })
    })

    it('raises what next() throws, and TypeError for a result that is no object, in the delegator', () => {
      const log: unknown[] = []
      const broken = counter({ next() { throw new RangeError('broken') } })
      const wrong = counter({ next() { return 5 } })
      const g = pyGenerator(function* () {
        for (const child of [broken, wrong]) {
          try {
            yield* yieldFrom(child)
          } catch (error) {
            log.push((error as Error).name)
          }
        }
      })
      g.next()
      expect(log).toEqual(['RangeError', 'TypeError'])
    })

    it('takes it likewise when somebody else has ended the delegate, and any other error as its own', () => {
      const delegating = () => {
        const shared = pyGenerator(function* () { yield 1 })
        const g = pyGenerator(function* (): Generator<unknown, unknown> { return ['ended with', yield* yieldFrom(shared)] })
        g.next()
        expect([...shared]).toEqual([])
        return g
      }
      expect(delegating().throw(new StopIteration('a value'))).toEqual({ value: ['ended with', 'a value'], done: true })
      expect(() => delegating().throw(new ValueError('an error'))).toThrow('an error')
    })

    it('takes a StopIteration that is thrown in, or that closing raises, for the end of the delegation', () => {
      const stop = counter({ close() { throw new StopIteration('closed') } })
      const over = (child: Iterable<unknown>) => pyGenerator(function* (): Generator {
        yield ['ended with', yield* yieldFrom(child)]
      })
      const thrown = over([1])
      const closed = over(stop)
      for (const g of [thrown, closed]) g.next()
      expect(thrown.throw(new StopIteration('thrown')).value).toEqual(['ended with', 'thrown'])
      expect(closed.throw(new GeneratorExit()).value).toEqual(['ended with', 'closed'])
      const ignored = over(stop)
      ignored.next()
      expect(() => ignored.close()).toThrow('generator ignored GeneratorExit')
    })
  })
})
