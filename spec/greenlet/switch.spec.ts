import { type Greenlet, getCurrent, greenlet, runMain, suspend, yieldFrom } from '../../lib/index.ts'

describe('switch()', () => {
  it('goes back and forth between two greenlets, and returns to main when one ends', () => {
    const log: unknown[] = []
    const a: Greenlet = greenlet(function* () {
      log.push('a1')
      log.push(yield* b.switch('to b'))
      log.push('a2')
      return 'a is done'
    })
    const b: Greenlet = greenlet(function* (first: string) {
      log.push(first)
      log.push(yield* a.switch('to a'))
    })
    const back = a.resume()
    log.push(back, a.dead, b.dead, getCurrent() === a.parent)
    expect(log).toEqual(['a1', 'to b', 'to a', 'a2', 'a is done', true, false, true])
  })

  it('brings nothing as undefined, one value as itself, several as an array', () => {
    const log: unknown[] = []
    const g: Greenlet = greenlet(function* (...args: unknown[]) {
      log.push(args)
      for (;;) log.push(yield* main.switch())
    })
    const main = getCurrent()
    g.resume(1, 2)
    g.resume()
    g.resume([1])
    g.resume(1, 2)
    g.resume(null)
    expect(log).toEqual([[1, 2], undefined, [1], [1, 2], null])
  })

  it('hands several values over between greenlets, too', () => {
    const log: unknown[] = []
    const b: Greenlet = greenlet(function* (...args: unknown[]) { log.push(args); return yield* getCurrent().switch('self', 'switch') })
    greenlet(function* () { log.push(yield* b.switch(1, 2), yield* greenlet((...none: unknown[]) => none).switch()) }).resume()
    expect(log).toEqual([[1, 2]])
  })

  it('may come from any depth of delegation, native or owned', () => {
    const log: unknown[] = []
    function* deepest() { return yield* main.switch('from the depth') }
    function* deep() { return yield* deepest() }
    const main = getCurrent()
    const g: Greenlet = greenlet(function* () { log.push(yield* deep()) })
    log.push(g.resume(), g.frames.map(frame => frame.name))
    g.resume('back down')
    expect(log).toEqual(['from the depth', [''], 'back down'].map(line => Array.isArray(line) ? ['<anonymous>'] : line))
  })

  it('gives a request that can be looked at, and yielded through yieldFrom(), which adds nothing', () => {
    const main = getCurrent()
    const log: unknown[] = []
    const g: Greenlet = greenlet(function* worker() {
      const request = main.switch<string>('hello')
      log.push([request, suspend(() => undefined)].map(String))
      log.push(yield* yieldFrom(request))
    })
    log.push(g.resume(), g.frames.map(frame => frame.name))
    g.resume('back')
    expect(log).toEqual([
      ['switch to <Greenlet suspended active started main>', 'a suspend()'], 'hello', ['worker'], 'back',
    ])
  })

  it('works from a program that runs in main', () => {
    const log: unknown[] = []
    const result = runMain(function* (name: string) {
      const main = getCurrent()
      const g: Greenlet = greenlet(function* () {
        for (let n = 0; n < 3; n++) log.push(yield* main.switch(n))
        return 'done'
      })
      for (const word of ['a', 'b', 'c', 'd']) log.push(yield* g.switch(word))
      return name
    }, 'program')
    expect([result, log]).toEqual(['program', [0, 'b', 1, 'c', 2, 'd', 'done']])
  })

  it('lets main be given errors, and end with them', () => {
    const error = new Error('from g')
    expect(() => runMain(function* () {
      yield* greenlet(function* () { throw error }).switch()
    })).toThrow(error)
    expect(runMain(function* () {
      try {
        return yield* greenlet(() => { throw error }).switch()
      } catch (caught) {
        return caught
      }
    })).toBe(error)
    expect(runMain(() => 'a plain function' as unknown as Generator<undefined, string>)).toBe('a plain function')
  })

  it('a hundred thousand times between a thousand greenlets', () => {
    let switches = 0
    const ring: Greenlet[] = Array.from({ length: 1000 }, (_, i) => greenlet(function* () {
      while (switches < 100_000) {
        switches++
        yield* (ring[(i + 1) % 1000] as Greenlet).switch()
      }
    }))
    ring[0]?.resume()
    expect(switches).toBe(100_000)
  })

  it('falls through a hundred thousand parents that all end at once', () => {
    let last = getCurrent()
    for (let n = 0; n < 100_000; n++) last = greenlet((value: number) => value + 1, last)
    expect(last.resume(0)).toBe(100_000)
  })
})
