import { GeneratorBusyError, GeneratorExit, type PyGenerator, RuntimeError, StopIteration, coroutine, pyGenerator, yieldFrom }
  from '../../lib/index.ts'

describe('a PyGenerator', () => {
  it('is made from a generator, from a function with its arguments, from a coroutine, and from itself', () => {
    function* count(from: number, to: number) { for (let n = from; n <= to; n++) yield n }
    const made = pyGenerator(count, 5, 6)
    expect([
      [...pyGenerator(count(1, 2))], [...pyGenerator(count, 3, 4)], [...pyGenerator(coroutine(count)(7, 8))],
      pyGenerator(made as unknown as Generator) === made, String(made),
    ]).toEqual([[1, 2], [3, 4], [7, 8], true, '<generator count GEN_CREATED>'])
  })

  it.each([undefined, 5, [1], () => 5])('cannot be made from %p', source => {
    expect(() => pyGenerator(source as unknown as Generator)).toThrow(TypeError)
  })

  it('that is made from a coroutine is delegated to, from its beginning or from where it has come to', () => {
    const body = coroutine(function* (): Generator<number, string, string> {
      const first = yield 1
      return `${first} and ${yield 2}`
    })
    const outer = () => pyGenerator(function* (): Generator<unknown, unknown, string> { return yield* yieldFrom(inner) })
    let inner = pyGenerator(body())
    const fromTheBeginning = outer()
    const log: unknown[] = [fromTheBeginning.next(), inner.state, fromTheBeginning.send('a'), fromTheBeginning.send('b')]
    inner = pyGenerator(body())
    inner.next()
    const fromTheMiddle = outer()
    log.push(fromTheMiddle.next(), fromTheMiddle.send('b'), inner.state)
    expect(log).toEqual([
      { value: 1, done: false }, 'GEN_SUSPENDED', { value: 2, done: false }, { value: 'a and b', done: true },
      { value: 2, done: false }, { value: 'undefined and b', done: true }, 'GEN_CLOSED',
    ])
  })

  it('tells its state, its delegate and its frames at every moment', () => {
    const log: unknown[] = []
    const look = (when: string) => {
      log.push([when, outer.state, outer.yieldingFrom === inner, outer.stack.map(frame => frame.name)])
    }
    const inner: PyGenerator = pyGenerator(function* leaf() {
      look('inside the leaf')
      yield 1
    })
    const outer: PyGenerator = pyGenerator(function* root() {
      look('inside the root')
      yield 0
      yield* yieldFrom(inner)
      look('after the leaf')
      yield 2
    })
    look('before')
    outer.next()
    look('suspended')
    outer.next()
    look('delegating')
    outer.next()
    outer.next()
    look('closed')
    expect(log).toEqual([
      ['before', 'GEN_CREATED', false, ['root']],
      ['inside the root', 'GEN_RUNNING', false, ['root']],
      ['suspended', 'GEN_SUSPENDED', false, ['root']],
      ['inside the leaf', 'GEN_RUNNING', true, ['root', 'leaf']],
      ['delegating', 'GEN_SUSPENDED', true, ['root', 'leaf']],
      ['after the leaf', 'GEN_RUNNING', false, ['root']],
      ['closed', 'GEN_CLOSED', false, []],
    ])
  })

  it('refuses a value before its first yield', () => {
    const g = pyGenerator(function* () { yield 1 })
    expect(() => g.send('early')).toThrow(TypeError)
    expect([g.state, g.send(undefined as never).value]).toEqual(['GEN_CREATED', 1])
  })

  it('answers for ever, once it is finished', () => {
    const g = pyGenerator(function* () { yield* [] })
    expect([g.next(), g.next(), g.send(5), g.close(), g.close()]).toEqual([
      ...Array<object>(3).fill({ value: undefined, done: true }), undefined, undefined,
    ])
    expect(() => g.throw(new Error('late'))).toThrow('late')
  })

  it('throws an instance, or an instance of a class, and nothing else', () => {
    const g = pyGenerator(function* (): Generator {
      for (;;) {
        try {
          yield 'ready'
        } catch (error) {
          yield error
        }
      }
    })
    g.next()
    const mine = new Error('mine')
    expect([g.throw(mine).value, g.next().value, g.throw(RangeError).value instanceof RangeError]).toEqual([mine, 'ready', true])
    expect(() => g.throw('text' as unknown as Error)).toThrow(TypeError)
    expect(g.next().value).toBe('ready')
  })

  it('throws a class with a message, or with an instance of it, which stands for itself', () => {
    const log: unknown[] = []
    const mine = new RangeError('mine')
    const g = pyGenerator(function* () {
      for (;;) {
        try {
          yield
        } catch (error) {
          log.push([error === mine, String(error)])
        }
      }
    })
    g.next()
    g.throw(RangeError, 'words')
    g.throw(RangeError, mine)
    g.throw(Error, mine)
    expect(() => g.throw(mine, 'words')).toThrow(expect.objectContaining({ name: 'TypeError', code: 'NOT_AN_ERROR_CLASS' }))
    expect([log, g.state]).toEqual([[[false, 'RangeError: words'], [true, 'RangeError: mine'], [true, 'RangeError: mine']],
      'GEN_SUSPENDED'])
  })

  it('ends without running when an error is thrown into it before the start', () => {
    const log: unknown[] = []
    const g = pyGenerator(function* () { log.push('never'); yield 1 })
    expect(() => g.throw(new Error('first'))).toThrow('first')
    expect([log, g.state]).toEqual([[], 'GEN_CLOSED'])
  })

  it('turns a StopIteration that escapes into RuntimeError, with its cause (Y8)', () => {
    const stop = new StopIteration(1)
    const g = pyGenerator(function* () { yield 1; throw stop })
    g.next()
    expect(() => g.next()).toThrow(expect.objectContaining({ name: 'RuntimeError', code: 'STOP_ITERATION_ESCAPED', cause: stop }))
  })

  describe('closed', () => {
    it('runs finally, innermost first, and every except sees GeneratorExit', () => {
      const log: unknown[] = []
      function* level(n: number): Generator<unknown, void> {
        try {
          if (n === 0) yield 'deep'
          else yield* yieldFrom(level(n - 1))
        } catch (error) {
          log.push([n, error instanceof GeneratorExit])
          throw error
        }
      }
      const g = pyGenerator(level, 2)
      g.next()
      expect([g.close(), log, g.state]).toEqual([undefined, [[0, true], [1, true], [2, true]], 'GEN_CLOSED'])
    })

    it('gives the return value of the generator (3.13), whatever the delegates returned', () => {
      function* inner() {
        try {
          yield 1
        } catch {
          return 'inner'
        }
        return 'never'
      }
      const g = pyGenerator(function* () {
        try {
          yield* yieldFrom(inner())
        } catch (error) {
          return `outer saw ${(error as Error).name}`
        }
        return 'never'
      })
      g.next()
      expect(g.close()).toBe('outer saw GeneratorExit')
    })

    it('is refused by a generator that yields, which lives on', () => {
      const g = pyGenerator(function* () {
        try {
          yield 1
        } finally {
          yield 'no'
        }
      })
      g.next()
      expect(() => g.close()).toThrow(new RuntimeError('generator ignored GeneratorExit'))
      expect(g.state).toBe('GEN_SUSPENDED')
      expect(() => g.next()).toThrow(GeneratorExit)
    })

    it('raises in the delegator what a delegate makes of it', () => {
      const log: unknown[] = []
      function* stubborn() {
        try {
          yield 1
        } finally {
          yield 'no'
        }
      }
      function* failing() {
        try {
          yield 1
        } finally {
          throw new RangeError('instead')
        }
      }
      for (const inner of [stubborn, failing] as (() => Generator)[]) {
        const g = pyGenerator(function* () {
          try {
            yield* yieldFrom(inner())
          } catch (error) {
            log.push((error as Error).message)
            throw error
          }
        })
        g.next()
        expect(() => g.close()).toThrow()
      }
      expect(log).toEqual(['generator ignored GeneratorExit', 'instead'])
    })

    it('runs nothing before the start, and clean-up may delegate', () => {
      const log: unknown[] = []
      function* cleanup() { log.push('cleaning up'); yield* [] }
      function* work() {
        try {
          yield 1
        } finally {
          yield* yieldFrom(cleanup())
          log.push('cleaned up')
        }
      }
      pyGenerator(work).close()
      const g = pyGenerator(work)
      g.next()
      g.close()
      expect(log).toEqual(['cleaning up', 'cleaned up'])
    })

    it('by for...of that breaks', () => {
      const log: unknown[] = []
      const g = pyGenerator(function* () {
        try {
          yield 1
          yield 2
        } finally {
          log.push('finally')
        }
      })
      for (const value of g) {
        log.push(value)
        break
      }
      expect([log, g.return('x' as never)]).toEqual([[1, 'finally'], { value: 'x', done: true }])
    })

    it('closes a delegate first when GeneratorExit is thrown in, and may go on', () => {
      const log: unknown[] = []
      const exit = new GeneratorExit('mine')
      function* inner() {
        try {
          yield 1
        } catch (error) {
          log.push(['inner', error === exit])
          return 'ignored'
        }
        return 'never'
      }
      const g = pyGenerator(function* () {
        try {
          yield* yieldFrom(inner())
        } catch (error) {
          log.push(['outer', error === exit])
        }
        yield 'goes on'
      })
      g.next()
      expect([g.throw(exit).value, log]).toEqual(['goes on', [['inner', false], ['outer', true]]])
    })
  })

  describe('entered again while it runs', () => {
    it('refuses next, send, throw and close with a ValueError that its body may catch (Y10)', () => {
      const log: unknown[] = []
      const g: PyGenerator = pyGenerator(function* () {
        for (const again of [() => g.next(), () => g.send(1), () => g.throw(new Error('e')), () => g.close(),
          () => g.throw(new GeneratorExit())]) {
          try {
            again()
          } catch (error) {
            log.push([error instanceof GeneratorBusyError, (error as Error).name, (error as Error).message])
          }
        }
        yield 'unharmed'
      })
      expect([g.next().value, log]).toEqual(['unharmed', Array<unknown>(5).fill([true, 'ValueError', 'generator already executing'])])
    })

    it('is refused for those that delegate to it, too', () => {
      const log: unknown[] = []
      const outer: PyGenerator = pyGenerator(function* () { yield* yieldFrom(middle) })
      const middle: PyGenerator = pyGenerator(function* () { yield* yieldFrom(inner()) })
      function* inner() {
        for (const delegator of [outer, middle]) {
          expect(() => delegator.next()).toThrow(GeneratorBusyError)
          expect(() => delegator.close()).toThrow(GeneratorBusyError)
          log.push(delegator.state)
        }
        yield 'inner'
      }
      expect([outer.next().value, log]).toEqual(['inner', ['GEN_RUNNING', 'GEN_RUNNING']])
    })

    it('is refused when it delegates to itself, natively or not', () => {
      function nativeItself() { return native }
      const native: Generator = (function* (): Generator {
        try {
          yield* yieldFrom(nativeItself())
        } catch (error) {
          yield (error as Error).name
        }
      })()
      const g: PyGenerator = pyGenerator(function* () {
        try {
          yield* yieldFrom(g)
        } catch (error) {
          yield (error as Error).name
        }
      })
      expect([pyGenerator(native).next().value, g.next().value]).toEqual(['ValueError', 'ValueError'])
    })

    it('is refused when a delegate delegates back to its delegator', () => {
      const log: unknown[] = []
      function theOther() { return second }
      const first: Generator = (function* () {
        yield* yieldFrom(theOther())
        log.push('first goes on')
        yield 'first'
      })()
      const second: Generator = (function* () {
        try {
          yield* yieldFrom(first)
        } catch (error) {
          log.push(error instanceof GeneratorBusyError)
        }
        yield 'second'
      })()
      const g = pyGenerator(first)
      log.push(g.next().value, g.next().value)
      expect(log).toEqual([true, 'first goes on', 'second', 'first'])
    })
  })

  describe('shared by two delegators', () => {
    const delegator = (child: PyGenerator, name: string) => pyGenerator(function* () {
      const result: unknown = yield* yieldFrom(child)
      yield `${name} got ${String(result)}`
    })

    it('goes on where the other left it; the one that comes too late gets nothing', () => {
      const shared = pyGenerator(function* () {
        yield 1
        yield 2
        yield 3
        return 'the end'
      })
      const a = delegator(shared, 'a')
      const b = delegator(shared, 'b')
      expect([a.next().value, b.next().value, shared.next().value, a.next().value, b.next().value]).toEqual(
        [1, 2, 3, 'a got the end', 'b got undefined'])
    })

    it('keeps what it delegates to itself, whoever drives it', () => {
      const log: unknown[] = []
      function* deep(): Generator<number, string> {
        try {
          for (let n = 1; ; n++) log.push(['deep got', yield n])
        } catch (error) {
          log.push(['deep caught', (error as Error).message])
        }
        return 'deep result'
      }
      const shared = pyGenerator(function* () {
        log.push(['shared got', yield* yieldFrom(deep())])
        yield 'shared goes on'
        return 'shared result'
      })
      const a = delegator(shared, 'a')
      const b = delegator(shared, 'b')
      log.push(a.next().value, b.next().value, a.send('x').value, shared.send('y').value)
      log.push(b.stack.length, b.throw(new Error('stop')).value, a.next().value, b.next().value)
      expect(log).toEqual([
        ['deep got', undefined], ['deep got', 'x'], ['deep got', 'y'], 1, 2, 3, 4,
        ['deep caught', 'stop'], ['shared got', 'deep result'], 3, 'shared goes on', 'a got shared result', 'b got undefined',
      ])
    })

    it('closed by one, is finished for the other', () => {
      const shared = pyGenerator(function* () { yield 1; yield 2 })
      const a = delegator(shared, 'a')
      const b = delegator(shared, 'b')
      a.next()
      b.next()
      a.close()
      expect([shared.state, b.next().value]).toEqual(['GEN_CLOSED', 'b got undefined'])
    })
  })
})
