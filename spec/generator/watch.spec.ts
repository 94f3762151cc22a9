import { GeneratorExit, type Greenlet, type WatchEvent, getCurrent, greenlet, pyGenerator, suspend, watch, yieldFrom }
  from '../../lib/index.ts'

describe('watch()', () => {
  const told = (event: WatchEvent) => [event.kind, event.frame?.name, event.kind === 'delegate' ? event.value.name : event.value]

  it('sees send, yield, delegate, return, throw and raise, in order', () => {
    const log: unknown[] = []
    const boom = new Error('boom')
    function* inner() {
      yield 'a'
      return 'done'
    }
    function* outer() {
      yield yield* yieldFrom(inner())
    }
    const g = pyGenerator(outer)
    const unwatch = watch(event => { log.push(told(event)) })
    g.next()
    g.send('x')
    expect(() => g.throw(boom)).toThrow(boom)
    unwatch()
    pyGenerator(outer).next()
    expect(log).toEqual([
      ['enter', 'outer', undefined],
      ['delegate', 'outer', 'inner'],
      ['enter', 'inner', undefined],
      ['yield', 'inner', 'a'],
      ['send', 'inner', 'x'],
      ['return', 'inner', 'done'],
      ['result', 'outer', 'done'],
      ['yield', 'outer', 'done'],
      ['throw', 'outer', boom],
      ['raise', 'outer', boom],
    ])
  })

  it('sees a close: who was asked, once, and then what is thrown, innermost first', () => {
    const log: unknown[] = []
    function* inner() { yield 1 }
    function* outer() { yield* yieldFrom(inner()) }
    const g = pyGenerator(outer)
    g.next()
    const unwatch = watch(({ kind, frame, value }) => { log.push([kind, frame?.name, value instanceof GeneratorExit]) })
    g.close()
    unwatch()
    expect(log).toEqual([
      ['close', 'outer', false],
      ['throw', 'inner', true], ['raise', 'inner', true],
      ['throw', 'outer', true], ['raise', 'outer', true],
    ])
  })

  it('sees switches and waits between greenlets', () => {
    const log: unknown[] = []
    let wake: (value: string) => void = () => undefined
    const a: Greenlet = greenlet(function* a() { yield* b.switch('for b') })
    const b: Greenlet = greenlet(function* b() { return yield* suspend<string>(resume => { wake = resume }) })
    const names = new Map<object, string>([[getCurrent(), 'main'], [a, 'a'], [b, 'b']])
    const unwatch = watch(event => {
      if (event.kind === 'switch') {
        const { origin, target, why, run, value } = event.value
        log.push([names.get(origin), run === undefined ? '->' : '=>', names.get(target), why, value])
      } else {
        log.push([event.kind, event.frame?.name, event.kind === 'suspend' ? String(event.value) : event.value])
      }
    })
    a.resume()
    wake('up')
    unwatch()
    expect(log).toEqual([
      ['main', '=>', 'a', 'switch', undefined], ['enter', 'a', undefined],
      ['a', '=>', 'b', 'switch', 'for b'], ['enter', 'b', undefined],
      ['suspend', 'b', 'a suspend()'], ['b', '->', 'main', 'wait', undefined],
      ['main', '->', 'b', 'switch', 'up'], ['answer', 'b', 'up'], ['return', 'b', 'up'],
      ['b', '->', 'main', 'end', 'up'],
    ])
  })

  it('changes nothing in what it watches, even when the watcher drives generators itself', () => {
    const log: unknown[] = []
    function* inner(): Generator<unknown, string> { return `got ${String(yield 'a')}` }
    const run = () => {
      const g = pyGenerator(function* () { return yield* yieldFrom(inner()) })
      return [g.next(), g.send('x')]
    }
    const unwatched = run()
    const unwatch = watch(event => {
      log.push(event.kind)
      expect(run()).toEqual(unwatched)
    })
    expect(run()).toEqual(unwatched)
    unwatch()
    expect(log).toEqual(['enter', 'delegate', 'enter', 'yield', 'send', 'return', 'result', 'return'])
  })

  it('changes nothing in an error or a value that is on its way, even when the watcher drives greenlets', () => {
    function* inner(): Generator<unknown, string> {
      yield 'first'
      return `got ${String(yield 'second')}`
    }
    const run = () => {
      const log: unknown[] = []
      const shared = pyGenerator(inner)
      const outer = pyGenerator(function* (): Generator<unknown, unknown> { return yield* yieldFrom(shared) })
      log.push(outer.next(), shared.next(), outer.send('what is sent')) // it has to ask for its delegate again, for somebody else has driven that
      const fails = pyGenerator(function* (): Generator<unknown, unknown> {
        try {
          yield* yieldFrom((function* (): Generator<unknown, void> { yield 1; throw new RangeError('too far') })())
        } catch (error) {
          return String(error)
        }
        return 'nothing has come'
      })
      log.push(fails.next(), fails.next())
      return log
    }
    const unwatched = run()
    expect(unwatched.slice(2)).toEqual([{ value: 'got what is sent', done: true }, { value: 1, done: false }, { value: 'RangeError: too far', done: true }])
    const unwatch = watch(() => { greenlet(function* (_: string) { yield* [] }).resume('something else') })
    expect(run()).toEqual(unwatched)
    unwatch()
  })

  it('drops a watcher that throws, and gives its error to whoever ends the watch', () => {
    let events = 0
    const unwatch = watch(() => {
      events++
      throw new Error('clumsy')
    })
    expect([...pyGenerator(function* () { yield 1; yield 2 })]).toEqual([1, 2])
    expect(events).toBe(1)
    expect(unwatch).toThrow('clumsy')
    expect(unwatch).not.toThrow()
  })

  it('lets several watch, each until it ends its watch', () => {
    const log: string[] = []
    const endFirst = watch(() => { log.push('first') })
    const endSecond = watch(() => { log.push('second') })
    const empty = (): void => { pyGenerator(function* () { yield* [] }).next() }
    empty()
    endFirst()
    empty()
    endSecond()
    endSecond()
    empty()
    expect(log).toEqual(['first', 'second', 'first', 'second', 'second', 'second'])
  })

  it('drops only the watcher that throws, and goes on telling the others', () => {
    const log: string[] = []
    const endClumsy = watch(() => { throw new Error('clumsy') })
    const endOther = watch(({ kind }) => { log.push(kind) })
    pyGenerator(function* () { yield 1 }).next()
    endOther()
    expect(endClumsy).toThrow('clumsy')
    expect(log).toEqual(['enter', 'yield'])
  })

  it('numbers the events, and says who delegates to the frame and how deep it lies', () => {
    const seen: unknown[] = []
    let last = 0
    function* inner() { yield 1 }
    function* outer() { yield* yieldFrom(inner()) }
    const end = watch(({ seq, frame, parent, depth, time, task, greenlet: current }) => {
      if (last > 0) expect(seq).toBe(last + 1)
      last = seq
      expect([time, task, current]).toEqual([null, null, getCurrent()])
      seen.push([frame?.name, parent?.name ?? null, depth])
    })
    pyGenerator(outer).next()
    end()
    expect(seen).toEqual([['outer', null, 0], ['outer', null, 0], ['inner', 'outer', 1], ['inner', 'outer', 1]])
  })

  it('tells an error of the delegate from one that is thrown in', () => {
    const log: unknown[] = []
    function* inner() { yield 1 }
    function* outer() {
      try {
        yield* yieldFrom(inner())
      } catch { yield 2 }
    }
    const g = pyGenerator(outer)
    g.next()
    const end = watch(({ kind, frame }) => { log.push([kind, frame?.name]) })
    g.throw(new Error('boom'))
    end()
    expect(log).toEqual([['throw', 'inner'], ['raise', 'inner'], ['fail', 'outer'], ['yield', 'outer']])
  })
})
