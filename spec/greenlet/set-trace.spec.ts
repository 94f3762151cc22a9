import { type Coroutine, type Greenlet, type Run, getCurrent, getTrace, greenlet, setTrace, suspend, yieldFrom } from
  '../../lib/index.ts'

describe('setTrace()', () => {
  const names = new Map<object, string>()
  const named = (name: string, g: Greenlet) => {
    names.set(g, name)
    return g
  }
  const log: unknown[] = []
  const tracer = (event: string, pair: [Greenlet, Greenlet]) => { log.push([event, ...pair.map(g => names.get(g))]) }

  beforeEach(() => {
    log.length = 0
    named('main', getCurrent())
  })
  afterEach(() => { setTrace(null) })

  it('gives the tracer before, and takes only functions', () => {
    const other = () => undefined
    expect([setTrace(tracer), getTrace(), setTrace(other), setTrace(null), getTrace()]).toEqual([null, tracer, tracer, other, null])
    expect(() => setTrace(5 as never)).toThrow(TypeError)
  })

  it('tells every jump after it was made: switches, throws, ends', () => {
    const g = named('g', greenlet(function* () { yield* getCurrent().parent?.switch() ?? [] }))
    setTrace((event, pair) => {
      tracer(event, pair)
      expect(getCurrent()).toBe(pair[1])
    })
    g.resume()
    expect(() => g.resumeThrow(new Error('e'))).toThrow('e')
    expect(log).toEqual([['switch', 'main', 'g'], ['switch', 'g', 'main'], ['throw', 'main', 'g'], ['throw', 'g', 'main']])
  })

  it('tells a wait as the way back to main', () => {
    let wake: () => void = () => undefined
    const g = named('g', greenlet(function* () { yield* suspend(resume => { wake = resume }) }))
    setTrace(tracer)
    g.resume()
    wake()
    expect(log).toEqual([['switch', 'main', 'g'], ['switch', 'g', 'main'], ['switch', 'main', 'g'], ['switch', 'g', 'main']])
  })

  it('raises an error of the tracer in the target, and removes it (G25)', () => {
    const g = greenlet(function* () {
      try {
        yield* getCurrent().parent?.switch() ?? []
      } catch (error) {
        return (error as Error).message
      }
      return 'never'
    })
    g.resume()
    setTrace(() => { throw new Error('from the tracer') })
    expect([g.resume(), getTrace()]).toEqual(['from the tracer', null])
    setTrace(() => { throw new Error('from the tracer') })
    const unstarted = greenlet(() => 'never')
    expect(() => unstarted.resume()).toThrow('from the tracer')
    expect(unstarted.dead).toBe(true)
  })

  describe('with a tracer that switches itself (G26)', () => {
    /** Traces everything, and at the first jump to `when` goes to `to` for a moment. */
    const detour = (when: Greenlet, to: Greenlet) => {
      let done = false
      return function* (event: string, pair: [Greenlet, Greenlet]) {
        tracer(event, pair)
        if (pair[1] !== when || done) return
        done = true
        log.push(yield* to.switch('detour'))
      }
    }
    /** Answers whoever comes. */
    const echo = () => named('echo', greenlet(function* (word: string): Coroutine<void> {
      const { parent } = getCurrent()
      for (;;) word = yield* (parent as Greenlet).switch<string>(`${word} echoed`)
    }))

    it('when the target waits in a switch()', () => {
      const g = named('g', greenlet(function* () {
        for (;;) log.push(['g got', yield* getCurrent().parent?.switch() ?? []])
      }))
      const other = echo()
      g.resume()
      other.parent = g
      setTrace(detour(g, other))
      g.resume('value')
      expect(log).toEqual([
        ['switch', 'main', 'g'], ['switch', 'g', 'echo'], ['switch', 'echo', 'g'], 'detour echoed', ['g got', 'value'],
        ['switch', 'g', 'main'],
      ])
    })

    it.each<[string, (g: Greenlet) => unknown, unknown]>([
      ['a value', g => g.resume('value'), ['g got', 'value']],
      ['an error', g => g.resumeThrow(new Error('words')), ['g caught', 'words']],
    ])('when %s is on its way to a target that waits deep in a delegation: it arrives after', (_, act, arrived) => {
      const main = getCurrent()
      function* deep(): Coroutine<void> {
        try {
          log.push(['g got', yield* main.switch()])
        } catch (error) {
          log.push(['g caught', (error as Error).message])
        }
      }
      const g = named('g', greenlet(function* () { yield* yieldFrom(deep()) }))
      const other = echo()
      g.resume()
      other.parent = g
      setTrace(detour(g, other))
      act(g)
      expect(log.slice(1)).toEqual([
        ['switch', 'g', 'echo'], ['switch', 'echo', 'g'], 'detour echoed', arrived, ['switch', 'g', 'main'],
      ])
    })

    it('when the target waits to be woken', () => {
      let wake: (value: string) => void = () => undefined
      const g = named('g', greenlet(function* () {
        log.push(['g got', yield* suspend<string>(resume => { wake = resume })])
      }))
      const other = echo()
      g.resume()
      other.parent = g
      setTrace(detour(g, other))
      wake('value')
      expect([log, g.dead]).toEqual([[
        ['switch', 'main', 'g'], ['switch', 'g', 'echo'], ['switch', 'echo', 'g'], 'detour echoed', ['g got', 'value'],
        ['switch', 'g', 'main'],
      ], true])
    })

    it('whose switches are traced, and may have detours of their own: what came first arrives last', () => {
      const main = getCurrent()
      const g = named('g', greenlet(function* () { log.push(['g got', yield* main.switch()]) }))
      g.resume()
      let level = 0
      setTrace(function* (event, pair) {
        tracer(event, pair)
        if (pair[1] !== g || level === 3) return
        const here = ++level
        log.push(`down ${String(here)}`)
        log.push([`up ${String(here)}`, yield* named('helper', greenlet(() => `result ${String(here)}`, g)).switch()])
      })
      g.resume('value')
      const there = ['switch', 'g', 'helper']
      const back = ['switch', 'helper', 'g']
      expect(log).toEqual([
        ['switch', 'main', 'g'], 'down 1', there, back, 'down 2', there, back, 'down 3', there, back,
        ['up 3', 'result 3'], ['up 2', 'result 2'], ['up 1', 'result 1'], ['g got', 'value'], ['switch', 'g', 'main'],
      ])
    })

    it('and stays away: what others send meanwhile is the answer to its own switch', () => {
      const main = getCurrent()
      const g = named('g', greenlet(function* () {
        for (;;) log.push(['g got', yield* main.switch('g waits')])
      }))
      g.resume()
      setTrace(detour(g, main))
      log.push(g.resume('value'))
      log.push(named('other', greenlet(function* () { yield* g.switch('meanwhile') })).resume())
      expect(log).toEqual([
        ['switch', 'main', 'g'], ['switch', 'g', 'main'], 'detour',
        ['switch', 'main', 'other'], ['switch', 'other', 'g'], 'meanwhile', ['g got', 'value'], ['switch', 'g', 'main'], 'g waits',
      ])
    })

    it.each<[string, Run, (g: Greenlet) => void, unknown[]]>([
      ['a generator function', function* (...args: unknown[]) { log.push(['began', ...args]) }, g => g.resume(1, 2),
        [['began', 1, 2], ['switch', 'g', 'main']]],
      ['a plain function', (...args: unknown[]) => { log.push(['began', ...args]) }, g => g.resume(1, 2),
        [['began', 1, 2], ['switch', 'g', 'main']]],
      ['an error', () => { log.push('never') }, g => { expect(() => g.resumeThrow(new Error('e'))).toThrow('e') },
        [['throw', 'g', 'main']]],
    ])('when the target is about to start, with %s', (_, run, start, ending) => {
      const g = named('g', greenlet(run))
      const other = echo()
      other.parent = g
      setTrace(detour(g, other))
      start(g)
      expect(log.slice(1)).toEqual([['switch', 'g', 'echo'], ['switch', 'echo', 'g'], 'detour echoed', ...ending])
    })

    it('when the target is plain code', () => {
      const main = getCurrent()
      const g = named('g', greenlet(() => 'result'))
      const other = echo()
      setTrace(detour(main, other))
      expect(g.resume()).toBe('result')
      expect(log).toEqual([
        ['switch', 'main', 'g'], ['switch', 'g', 'main'], ['switch', 'main', 'echo'], ['switch', 'echo', 'main'], 'detour echoed',
      ])
    })

    it('and fails, wherever it goes', () => {
      const main = getCurrent()
      const failing = (when: Greenlet) => function* (_: string, [, target]: [Greenlet, Greenlet]) {
        if (target === when) throw new Error('tracer failed')
      }
      const g = greenlet(function* () { yield* main.switch() })
      setTrace(failing(g))
      expect(() => g.resume()).toThrow('tracer failed')
      expect(getTrace()).toBe(null)
      setTrace(failing(main))
      expect(() => greenlet(() => 'result').resume()).toThrow('tracer failed')
      setTrace(function* (_: string, [, target]: [Greenlet, Greenlet]) { if (target === main) yield 5 as unknown as undefined })
      expect(() => greenlet(() => 'result').resume()).toThrow(expect.objectContaining({ code: 'BAD_YIELD' }))
    })
  })
})
