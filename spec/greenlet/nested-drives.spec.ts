import { type Greenlet, GreenletError, type PyGenerator, getCurrent, greenlet, pyGenerator, runMain, setTrace, yieldFrom }
  from '../../lib/index.ts'

/**
 * Plain code that calls `resume()` inside a greenlet begins a drive inside a drive. The greenlet is the main of the
 * inner one: control comes back to it by returning from that call.
 */
describe('a drive inside a drive', () => {
  it('has the greenlet that began it for its main', () => {
    const log: unknown[] = []
    const outer: Greenlet = greenlet(function* () {
      const inner: Greenlet = greenlet(function* () {
        log.push(['inner begins', getCurrent() === inner])
        log.push(['inner got', yield* outer.switch('to my main')])
        return 'inner ends'
      })
      log.push(inner.parent === outer, inner.resume(), getCurrent() === outer, inner.resume('again'), inner.dead)
      return 'outer ends'
    })
    log.push(outer.resume())
    expect(log).toEqual([
      ['inner begins', true], ['inner got', 'again'], true, 'to my main', true, 'inner ends', true, 'outer ends',
    ])
  })

  it('throws what the inner drive ends with at the resume()', () => {
    const outer: Greenlet = greenlet(function* () {
      try {
        greenlet(() => { throw new RangeError('inner') }).resume()
      } catch (error) {
        return (error as Error).message
      }
      return 'never'
    })
    expect(outer.resume()).toBe('inner')
  })

  it('cannot switch to what is buried under it, and both sides stay whole', () => {
    const log: unknown[] = []
    const main = getCurrent()
    const buried: Greenlet = greenlet(function* () {
      const inner: Greenlet = greenlet(function* () {
        const nested: Greenlet = greenlet(function* () {
          for (const target of [main, buried]) {
            try {
              log.push(yield* target.switch('never'))
            } catch (error) {
              log.push(error instanceof GreenletError && error.code)
            }
          }
          return 'nested ends'
        })
        return nested.resume()
      })
      return inner.resume()
    })
    expect([buried.resume(), log]).toEqual(['nested ends', ['BURIED', 'BURIED']])
  })

  it('gives its main what a greenlet ends with whose parent is buried', () => {
    const child: Greenlet = greenlet(function* () { return 'a result' })
    const failing: Greenlet = greenlet(() => { throw new RangeError('an error') })
    const outer: Greenlet = greenlet(function* () {
      expect(() => failing.resume()).toThrow('an error')
      return ['outer got', child.resume()]
    })
    expect(outer.resume()).toEqual(['outer got', 'a result'])
  })

  it('may go on with greenlets that another drive left waiting', () => {
    const log: unknown[] = []
    const waiting: Greenlet = greenlet(function* () { log.push(yield* getCurrent().parent?.switch('waits') ?? []) })
    log.push(waiting.resume())
    greenlet(function* () {
      waiting.resume('from inside')
    }).resume()
    expect([log, waiting.dead]).toEqual([['waits', 'from inside'], true])
  })

  it('refuses to resume what is running', () => {
    const g: Greenlet = greenlet(function* () {
      expect(() => g.resume()).toThrow(expect.objectContaining({ name: 'GreenletError', code: 'RUNNING' }))
      expect(() => g.resumeThrow()).toThrow(expect.objectContaining({ code: 'RUNNING' }))
      expect(() => { g.kill() }).toThrow(expect.objectContaining({ code: 'RUNNING' }))
      greenlet(() => {
        expect(() => g.resume()).toThrow(expect.objectContaining({ code: 'BURIED' }))
        expect(() => { g.kill() }).toThrow(expect.objectContaining({ code: 'BURIED' }))
      }).resume()
      return 'unharmed'
    })
    expect(g.resume()).toBe('unharmed')
    expect(getCurrent().resume(1, 2)).toEqual([1, 2]) // main may: that is G6
  })

  describe('of a PyGenerator', () => {
    it('lets the generator switch away and back, in the name of the greenlet that drives it', () => {
      const log: unknown[] = []
      const other: Greenlet = greenlet(function* (word: string) {
        log.push(word)
        for (;;) log.push(yield* main.switch('other answers'))
      })
      const main = getCurrent()
      const g = pyGenerator(function* () {
        log.push(getCurrent() === main, yield* other.switch('hello'))
        yield 1
        log.push(yield* other.switch('again'))
        yield 2
      })
      expect([...g, ...log]).toEqual([1, 2, 'hello', true, 'other answers', 'again', 'other answers'])
    })

    it('is busy for everybody else while control is elsewhere', () => {
      const log: unknown[] = []
      const g: PyGenerator = pyGenerator(function* () {
        yield* other.switch()
        yield 'value'
      })
      const other: Greenlet = greenlet(() => {
        log.push(g.state)
        expect(() => g.next()).toThrow('generator already executing')
      })
      expect([g.next().value, log]).toEqual(['value', ['GEN_RUNNING']])
    })

    it('raises an error at the switch when it cannot be made', () => {
      const g = pyGenerator(function* () {
        try {
          yield* greenlet().switch()
        } catch (error) {
          yield (error as Error).name
        }
      })
      expect(g.next().value).toBe('AttributeError')
    })

    it('switches to itself, like any greenlet', () => {
      expect(pyGenerator(function* () { yield yield* getCurrent().switch(5) }).next().value).toBe(5)
    })

    it('can be closed while its clean-up switches', () => {
      const log: unknown[] = []
      const g = pyGenerator(function* () {
        try {
          yield 1
        } finally {
          log.push(yield* greenlet((word: string) => `${word} done`).switch('clean-up'))
        }
      })
      g.next()
      g.close()
      expect(log).toEqual(['clean-up done'])
    })
  })

  it('leaves everything as it was when a program in it fails', () => {
    const main = getCurrent()
    expect(() => runMain(function* () {
      yield* greenlet(function* () {
        runMain(function* () { yield* greenlet(() => { throw new Error('deep') }).switch() })
      }).switch()
    })).toThrow('deep')
    expect(getCurrent()).toBe(main)
    expect(greenlet(() => 'fine').resume()).toBe('fine')
  })

  it('is traced like any other switch', () => {
    const log: unknown[] = []
    const names = new Map<object, string>([[getCurrent(), 'main']])
    const outer: Greenlet = greenlet(function* outer() {
      const inner: Greenlet = greenlet(function* inner() { })
      names.set(inner, 'inner')
      inner.resume()
      yield* yieldFrom([] as undefined[])
    })
    names.set(outer, 'outer')
    setTrace((event, [origin, target]) => { log.push([event, names.get(origin), names.get(target)]) })
    outer.resume()
    setTrace(null)
    expect(log).toEqual([
      ['switch', 'main', 'outer'], ['switch', 'outer', 'inner'], ['switch', 'inner', 'outer'], ['switch', 'outer', 'main'],
    ])
  })
})
