import { type FrameEvent, GeneratorExit, type Greenlet, getCurrent, greenlet, pyGenerator, suspend, watch, yieldFrom }
  from '../../lib/index.ts'

describe('watch()', () => {
  const told = (event: FrameEvent) => [event.type, event.frame?.name,
    event.type === 'delegate' ? (event.value as { name: string }).name : event.value]

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
      ['send', 'outer', 'done'],
      ['yield', 'outer', 'done'],
      ['throw', 'outer', boom],
      ['raise', 'outer', boom],
    ])
  })

  it('sees a close, innermost first', () => {
    const log: unknown[] = []
    function* inner() { yield 1 }
    function* outer() { yield* yieldFrom(inner()) }
    const g = pyGenerator(outer)
    g.next()
    const unwatch = watch(({ type, frame, value }) => { log.push([type, frame?.name, value instanceof GeneratorExit]) })
    g.close()
    unwatch()
    expect(log).toEqual(['inner', 'outer'].flatMap(name => ['close', 'throw', 'raise'].map(type => [type, name, true])))
  })

  it('sees switches and waits between greenlets', () => {
    const log: unknown[] = []
    let wake: (value: string) => void = () => undefined
    const a: Greenlet = greenlet(function* a() { yield* b.switch() })
    const b: Greenlet = greenlet(function* b() { return yield* suspend<string>(resume => { wake = resume }) })
    const names = new Map<object, string>([[getCurrent(), 'main'], [a, 'a'], [b, 'b']])
    const unwatch = watch(event => {
      log.push(event.type === 'switch'
        ? [names.get(event.value.origin), '->', names.get(event.value.target)]
        : [event.type, event.frame.name, event.type === 'suspend' ? String(event.value) : event.value])
    })
    a.resume()
    wake('up')
    unwatch()
    expect(log).toEqual([
      ['main', '->', 'a'], ['enter', 'a', undefined],
      ['a', '->', 'b'], ['enter', 'b', undefined],
      ['suspend', 'b', 'a suspend()'], ['b', '->', 'main'],
      ['main', '->', 'b'], ['send', 'b', 'up'], ['return', 'b', 'up'],
      ['b', '->', 'main'],
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
      log.push(event.type)
      expect(run()).toEqual(unwatched)
    })
    expect(run()).toEqual(unwatched)
    unwatch()
    expect(log).toEqual(['enter', 'delegate', 'enter', 'yield', 'send', 'return', 'send', 'return'])
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

  it('leaves the place to a newer watcher', () => {
    const log: string[] = []
    const endFirst = watch(() => { log.push('first') })
    const endSecond = watch(() => { log.push('second') })
    endFirst()
    pyGenerator(function* () { yield* [] }).next()
    endSecond()
    expect(log).toEqual(['second', 'second'])
  })
})
