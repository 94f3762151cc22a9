import { RuntimeError, coroutine, isCoroutine, pyGenerator, runMain, yieldFrom } from '../../lib/index.ts'

describe('coroutine()', () => {
  it('makes plain yield* delegate as yieldFrom does: at any depth, and visibly', () => {
    const down = coroutine(function* step(levels: number): Generator<unknown, number> {
      if (levels > 0) return (yield* down(levels - 1)) + 1
      yield 'bottom'
      return 0
    })
    const g = pyGenerator(down(100_000))
    expect([g.next().value, g.stack.length, g.stack[0]?.name, g.next()]).toEqual(
      ['bottom', 100_001, 'step', { value: 100_000, done: true }])
  })

  it('keeps the name, the receiver and the arguments of the function', () => {
    class Counter {
      from = 10
      count = coroutine(function* count(this: Counter, n: number) {
        yield this.from + n
      })
    }
    const counter = new Counter()
    expect([counter.count.name, [...pyGenerator(counter.count(5))]]).toEqual(['count', [15]])
  })

  it('runs nothing when it is called', () => {
    const log: unknown[] = []
    const load = coroutine(function* () { log.push('never'); yield* [] })
    load()
    expect(log).toEqual([])
  })

  it('makes objects that run once (Y16)', () => {
    const load = coroutine(function* (): Generator<undefined, string> { return 'loaded' })
    const once = load()
    runMain(function* () {
      expect(yield* once).toBe('loaded')
      let error: unknown
      try {
        yield* once
      } catch (caught) {
        error = caught
      }
      expect(error).toEqual(new RuntimeError('cannot reuse already awaited coroutine. Call the function* again', { code: 'COROUTINE_REUSED' }))
      expect(() => yieldFrom(once)[Symbol.iterator]()).toThrow('cannot reuse')
    })
  })

  it('refuses to be awaited by two at a time', () => {
    const wait = coroutine(function* () { yield 'waiting' })
    const once = wait()
    const first = pyGenerator(function* () { yield* once })
    const second = pyGenerator(function* () { yield* once })
    first.next()
    expect(() => second.next()).toThrow('coroutine is being awaited already. Make it a task')
    expect(first.next()).toEqual({ value: undefined, done: true })
  })

  it('tells coroutines from other things', () => {
    function* fn() { yield 1 }
    expect([fn(), coroutine(fn)(), fn, pyGenerator(fn), [][Symbol.iterator](), undefined].map(isCoroutine))
      .toEqual([true, true, false, false, false, false])
  })
})

describe('what is no generator function', () => {
  it('is refused: at once, or when it is called', () => {
    expect(() => coroutine(5 as never)).toThrow(expect.objectContaining({
      code: 'NOT_A_GENERATOR_FUNCTION',
      message: 'coroutine() takes a generator function, not 5. Write coroutine(function* () {...})',
    }))
    const five = coroutine((() => [5]) as never) as () => Generator<undefined, unknown>
    for (const call of [() => runMain(five), () => runMain(function* () { return yield* five() })]) {
      expect(call).toThrow(expect.objectContaining({
        code: 'NOT_A_GENERATOR', message: 'a generator is expected, not [1 items], which a function returned. Write coroutine(function* () {...})',
      }))
    }
  })
})
