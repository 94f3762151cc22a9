import {
  type Coroutine, VirtualHost, asyncGenerator, coroutine, createTask, emit, forEach, getCurrent, getRunningLoop, greenlet, pyGenerator, run, sleep, yieldFrom,
} from '../../lib/index.ts'
import {
  Moments, Recorder, type StudyEvent, marbles, sentences, toChromeTrace, toHTML, toMermaid, toSVG,
} from '../../lib/study/index.ts'

function recorded(program: () => void, limit?: number): Recorder {
  const recorder = new Recorder(limit === undefined ? {} : { limit })
  recorder.start()
  program()
  recorder.stop()
  return recorder
}

function* inner(): Generator<unknown, string> {
  const got = yield 'a'
  return `got ${String(got)}`
}

function* outer(): Generator<unknown, unknown> {
  try {
    yield* yieldFrom(inner())
    yield 'b'
  } finally {
    yield* []
  }
  return 'end'
}

const delegation = (): Recorder => recorded(() => {
  const g = pyGenerator(outer)
  g.next()
  g.send(10)
  expect(() => g.throw(new RangeError('too far'))).toThrow('too far')
})

const tasks = (): Recorder => recorded(() => {
  const brew = coroutine(function* brew(ms: number): Coroutine<string> { return yield* sleep(ms, 'tea') })
  run((function* main(): Coroutine<void> {
    const slow = createTask(brew(9), { name: 'slow' })
    yield* createTask(brew(5), { name: 'tea' })
    slow.cancel()
    yield* sleep(1)
  })(), { host: new VirtualHost() })
})

const greenlets = (): Recorder => recorded(() => {
  const main = getCurrent()
  const cook = greenlet(function* cook(order: string) {
    const next: string = yield* main.switch<string>(`one ${order}`)
    return `and ${next}`
  })
  cook.resume('tea')
  cook.resume('cake')
})

describe('Recorder', () => {
  it('keeps plain data, in order: names for generators, words for values', () => {
    const { events } = delegation()
    expect(events.map(({ seq, kind, frame, parent, depth, value }) => [seq, kind, frame, parent, depth, value])).toEqual([
      [1, 'enter', 'outer', null, 0, ''],
      [2, 'delegate', 'outer', null, 0, 'inner'],
      [3, 'enter', 'inner', 'outer', 1, ''],
      [4, 'yield', 'inner', 'outer', 1, "'a'"],
      [5, 'send', 'inner', 'outer', 1, '10'],
      [6, 'return', 'inner', 'outer', 1, "'got 10'"],
      [7, 'result', 'outer', null, 0, "'got 10'"],
      [8, 'yield', 'outer', null, 0, "'b'"],
      [9, 'throw', 'outer', null, 0, 'RangeError: too far'],
      [10, 'raise', 'outer', null, 0, 'RangeError: too far'],
    ])
  })

  it('marks what the library runs for itself', () => {
    const countdown = asyncGenerator(function* countdown() { yield* emit(1) })
    const { events } = recorded(() => {
      run((function* main(): Coroutine<void> {
        yield* createTask(countdown().anext())
      })(), { host: new VirtualHost() })
    })
    const begun = events.filter(({ kind }) => kind === 'enter').slice(0, 3).map(({ frame, internal }) => [frame, internal === true])
    expect(begun).toEqual([['main', false], ['$resume', true], ['countdown', false]])
  })

  it('numbers what has the same name', () => {
    const { events } = recorded(() => { for (let i = 0; i < 3; i++) pyGenerator(inner).next() })
    expect(events.filter(({ kind }) => kind === 'enter').map(({ frame }) => frame)).toEqual(['inner', 'inner#2', 'inner#3'])
  })

  it('keeps the last events when there are more than its limit, and says how many it forgot', () => {
    const recorder = recorded(() => { Array.from(pyGenerator(function* count() { for (let i = 0; i < 50; i++) yield i })) }, 3)
    expect([recorder.dropped, Array.from(recorder, ({ kind, value }) => `${kind} ${value}`)]).toEqual([
      99, ['yield 49', 'send undefined', 'return undefined'],
    ])
  })

  it('tells each event at once, and gives all as JSON and as lines of JSON', () => {
    const seen: StudyEvent[] = []
    const recorder = new Recorder({ onEvent: event => { seen.push(event) } })
    recorder.start()
    expect(() => { recorder.start() }).toThrow('records already')
    pyGenerator(inner).next()
    recorder.stop()
    recorder.stop()
    pyGenerator(inner).next()
    expect(seen).toEqual(recorder.events)
    expect(JSON.parse(JSON.stringify(recorder))).toEqual({ version: 1, dropped: 0, events: seen })
    expect(recorder.toNDJSON().trim().split('\n').map(line => JSON.parse(line) as StudyEvent)).toEqual(seen)
  })

  it('refuses options that it does not have', () => {
    expect(() => new Recorder({ limt: 5 } as never)).toThrow("Did you mean 'limit'?")
    expect(() => new Recorder({ limit: 1.5 })).toThrow('whole number')
  })

  it('shows values of any kind in short words, and survives those that do not let themselves be looked at', () => {
    const hostile = new Proxy({}, { getPrototypeOf: () => { throw new Error('no') } })
    const values: unknown[] = [[1, [2, [3]]], { a: 1, get b(): number { throw new Error('no') } }, {}, { x: { y: { z: 1 } } }, new Map(),
      [1, 2, 3, 4, 5, 6], 'x'.repeat(99), new Array(30).fill('long word'), hostile, null]
    const { events } = recorded(() => { Array.from(pyGenerator(function* () { yield* values })) })
    expect(events.filter(({ kind }) => kind === 'yield').map(({ value }) => value)).toEqual([
      '[1, [2, [1 items]]]', '{ a: 1, b: … }', '{}', '{ x: { y: {…} } }', 'Map', '[1, 2, 3, 4, 5, …]', `'${'x'.repeat(37)}...'`,
      `['long word', 'long word', 'long word', 'long word', 'long …`, 'an object', 'null',
    ])
  })
})

describe('sentences()', () => {
  it('says each transfer in plain words', () => {
    expect(sentences(delegation().events)).toEqual([
      'outer begins',
      'outer delegates to inner',
      'outer starts inner',
      "inner yields 'a', past outer",
      "outer forwards send(10) to inner; inner's yield evaluates to 10",
      "inner returns 'got 10' to outer",
      "outer's yield* evaluates to 'got 10'",
      "outer yields 'b'",
      "outer's yield throws RangeError: too far",
      'outer ends with RangeError: too far',
    ])
  })

  it('says what a loop and greenlets do', () => {
    const words = sentences(tasks().events)
    for (const sentence of ['the task slow is made', 'the loop begins a turn at 5 ms', 'brew#2 waits for sleep(5)', 'slow is asked to end']) {
      expect(words).toContain(sentence)
    }
    expect(sentences(greenlets().events)).toEqual([
      "main switches to cook with 'tea'", 'cook begins', "cook switches to main with 'one tea'",
      "main switches to cook with 'cake'", "cook's yield* evaluates to 'cake'", "cook returns 'and cake'",
      "cook is over, and main goes on with 'and cake'",
    ])
  })
})

/** A recording of what happens seldom. */
const oddities = (): Recorder => recorded(() => {
  const main = getCurrent()
  const count = asyncGenerator(function* count() { yield* emit(1) })
  run((function* program(): Coroutine<void> {
    yield* forEach(count(), function* () { /* nothing */ })
    const future = getRunningLoop().createFuture<void>()
    future.cancel()
    const task = createTask(coroutine(function* () { yield* sleep(1) })())
    yield* task
  })(), { host: new VirtualHost() })
  const g = pyGenerator(function* half() { yield 1 })
  g.next()
  g.close()
  const cook = greenlet(function* cook(): Coroutine<void> {
    try {
      yield* main.switch()
    } catch (error) {
      yield* main.throw(error)
    }
  })
  cook.resume()
  expect(() => { cook.resumeThrow(new RangeError('too far')) }).toThrow('too far')
  greenlet(() => 5).resume()
})

describe('a recording of what happens seldom', () => {
  const { events } = oddities()

  it('has it in words', () => {
    const words = sentences(events)
    for (const sentence of ['count emits 1', 'half is asked to close', 'main throws RangeError: too far into cook', 'program starts <anonymous>', 'future is asked to end']) {
      expect(words).toContain(sentence)
    }
    expect(sentences([
      { seq: 1, time: null, kind: 'turn', task: null, greenlet: 'main', frame: null, parent: null, depth: 0, value: '' },
      { seq: 2, time: null, kind: 'switch', task: null, greenlet: 'main', frame: null, parent: null, depth: 0, value: '5' },
      { seq: 3, time: null, kind: 'task', task: null, greenlet: 'main', frame: null, parent: null, depth: 0, value: 'tea' },
      { seq: 4, time: null, kind: 'done', task: null, greenlet: 'main', frame: null, parent: null, depth: 0, value: 'tea' },
      { seq: 5, time: null, kind: 'cancel', task: null, greenlet: 'main', frame: null, parent: null, depth: 0, value: 'tea' },
    ])).toEqual(['the loop begins a turn', 'somebody switches to somebody with 5', 'the task tea is made', 'tea is done: tea', 'tea is asked to end'])
  })

  it('has it on lines, in a diagram and in a trace', () => {
    expect(marbles(events)).toMatch(/half .*close/)
    expect(toMermaid(events).split('\n').filter(line => line.endsWith('close()')).length).toBe(1)
    const cut = events.filter(({ kind, frame }) => !(kind === 'return' && frame === 'half'))
    const { traceEvents } = JSON.parse(toChromeTrace(cut)) as { traceEvents: { ph: string; id?: string; ts?: number }[] }
    expect(traceEvents.filter(({ ph, id }) => id === 'half' && ph !== 'i').map(({ ph }) => ph)).toEqual(['b', 'e'])
  })

  it('draws what only the source of a program tells', () => {
    const told = (kind: StudyEvent['kind'], value: string): StudyEvent => ({ seq: 1, time: null, kind, task: null, greenlet: 'main', frame: 'f', parent: null, depth: 0, value })
    expect(marbles([
      told('made', ''), told('enter', ''), told('suspend', 'sleep(1)'), told('answer', '1'), told('fail', 'Error'), told('emit', '2'), told('catch', ''),
      told('finally', ''), told('close', ''), told('return', '3'),
    ]).split('\n')[0]).toBe('f  .-|=~sleep(1)-<1=!Error=2>-catch=finally=close=3|')
    expect(toMermaid([{ ...told('switch', ''), frame: null }])).toBe('sequenceDiagram\n')
    expect(toMermaid([{ ...told('switch', '5'), frame: null, from: 'a', to: 'b' }]).split('\n').slice(1, -1)).toEqual([
      '  participant p0 as a', '  participant p1 as b', '  p0->>p1: 5',
    ])
  })

  it('calls what has an empty name anonymous', () => {
    const { events: made } = recorded(() => { run((function* (): Coroutine<void> { yield* createTask(sleep(1), { name: '' }) })(), { host: new VirtualHost() }) })
    expect(new Set(made.map(({ greenlet: name }) => name))).toEqual(new Set(['main', 'Task-1', '<anonymous>', 'Task-2', 'Task-3']))
  })

  it('becomes a page without a title or a source', () => {
    const page = toHTML(events)
    expect([page.includes('<title>A recording</title>'), page.includes('"source":""')]).toEqual([true, true])
  })

  it('keeps nothing with a limit of 0, and counts', () => {
    const recorder = recorded(() => { pyGenerator(inner).next() }, 0)
    expect([recorder.events, recorder.dropped]).toEqual([[], 2])
  })

  it('cannot be written where there is no JSON', () => {
    const own = Object.getOwnPropertyDescriptor(globalThis, 'JSON') as PropertyDescriptor
    Reflect.deleteProperty(globalThis, 'JSON')
    try {
      expect(() => toChromeTrace(events)).toThrow('this engine has no JSON. Read recorder.events instead')
    } finally {
      Object.defineProperty(globalThis, 'JSON', own)
    }
  })
})

describe('marbles()', () => {
  it('draws a line for each generator', () => {
    expect(marbles(delegation().events).split('\n').slice(0, 2)).toEqual([
      "outer  |=(inner----------------------='got 10'='b'>-!RangeError: too far=RangeError: too farX",
      "inner           |='a'>-<10='got 10'|",
    ])
  })

  it('goes on in another block where a line is full', () => {
    const text = marbles(delegation().events, { width: 40 })
    expect(text.split('\n\n').length).toBeGreaterThan(2)
    expect(text.split('\n').every(line => line.length <= 40)).toBe(true)
    expect(marbles([])).toBe('no generator ran\n')
  })

  it('leaves out the lines on which nothing stands, and shortens long names, but not their numbers', () => {
    const told = (kind: StudyEvent['kind'], frame: string, value: string): StudyEvent => ({ seq: 1, time: null, kind, task: null, greenlet: 'main', frame, parent: null, depth: 0, value })
    const events = ['theFirstGenerator', 'theFirstGenerator#2'].flatMap(frame => [told('enter', frame, ''), told('return', frame, '123456789')])
    expect(marbles(events, { width: 25 }).split('\n\n').slice(0, 2)).toEqual(['theFirs…  |=123456789|\ntheFi…#2               |=', 'theFi…#2  123456789|'])
  })
})

describe.each([['delegation', delegation], ['tasks', tasks], ['greenlets', greenlets]])('a recording of %s', (_, make) => {
  const { events } = make()

  it('becomes a trace in which each bar and each arrow has two ends', () => {
    const { traceEvents } = JSON.parse(toChromeTrace(events)) as { traceEvents: { ph: string }[] }
    const count = (ph: string): number => traceEvents.filter(entry => entry.ph === ph).length
    expect([count('b'), count('s')]).toEqual([count('e'), count('f')])
    expect(count('i')).toBe(events.length)
  })

  it('becomes a diagram, whose arrows are between participants that are declared', () => {
    const lines = toMermaid(events).trim().split('\n')
    expect(lines[0]).toBe('sequenceDiagram')
    const declared = lines.flatMap(line => /^ {2}participant (p\d+) as /.exec(line)?.[1] ?? [])
    const used = lines.slice(1).filter(line => !line.includes('participant')).flatMap(line => /^ {2}(?:Note over )?(p\d+)/.exec(line)?.[1] ?? 'none')
    expect(used.filter(id => !declared.includes(id))).toEqual([])
    expect(used.length).toBeGreaterThan(0)
  })

  it('becomes a picture with a mark for each event of a generator', () => {
    const picture = toSVG(events)
    expect(picture.split('<circle').length - 1).toBe(events.filter(({ frame }) => frame !== null).length)
  })

  it('becomes a page that carries its data and refers to nothing outside', () => {
    const page = toHTML(events, { title: '</script><b>', source: '</script>' })
    const data = /<script id="data" type="application\/json">(.*)<\/script>/.exec(page)?.[1] as string
    const shown = events.filter(({ internal }) => internal !== true)
    expect(JSON.parse(data)).toEqual({ events: shown, words: sentences(shown), source: '</script>', twin: null })
    expect(page).not.toMatch(/(?:src|href)="(?!data:)/)
    expect(page).toContain('<title>&lt;/script&gt;&lt;b&gt;</title>')
  })
})

describe('a page with a twin', () => {
  const twin = (events: readonly StudyEvent[]) => {
    const page = toHTML(delegation().events, { twin: { title: 'twin.py', events } })
    const data = JSON.parse(/<script id="data" type="application\/json">(.*)<\/script>/.exec(page)?.[1] as string) as { twin: { words: string[]; pairs: { ours: number | null; twins: number | null; same: boolean }[] } }
    return data.twin
  }

  it('lays event beside event, and finds no difference where there is none', () => {
    const { events } = delegation()
    const { words, pairs } = twin(events)
    expect(words).toEqual(sentences(events))
    expect(pairs).toEqual(events.map((_, i) => ({ ours: i, twins: i, same: true })))
  })

  it('says where they differ, and where one goes on alone', () => {
    const { events } = delegation()
    const other = events.map(event => event.kind === 'send' ? { ...event, value: '11' } : event)
    expect(twin(other).pairs.findIndex(({ same }) => !same)).toBe(4)
    expect(twin(events.slice(0, 3)).pairs.slice(2, 4)).toEqual([{ ours: 2, twins: 2, same: true }, { ours: 3, twins: null, same: false }])
    expect(twin([...events, events[0] as StudyEvent]).pairs.at(-1)).toEqual({ ours: null, twins: events.length, same: false })
  })
})

describe('Moments', () => {
  it('says of one that delegates that it stands still while its delegate goes on, whoever has resumed that', () => {
    const numbers = asyncGenerator(function* numbers() {
      yield* emit(1)
      yield* sleep(1)
    })
    const { events } = recorded(() => { run((function* main(): Coroutine<void> { yield* forEach(numbers(), function* body() { yield* [] }) })(), { host: new VirtualHost() }) })
    const moments = new Moments(events)
    const from = events.findIndex(({ kind, frame }) => kind === 'return' && frame === 'body') + 1
    expect(events.slice(from, from + 4).map((event, i) => [event.kind, ...moments.at(from + i).frames.map(({ frame, state }) => `${frame} ${state}`)])).toEqual([
      ['result', 'main runs', 'numbers suspended'], ['answer', 'main suspended', 'numbers runs'],
      ['suspend', 'main suspended', 'numbers suspended'], ['timer', 'main suspended', 'numbers suspended'],
    ])
  })

  it('tells at any event who is alive, and who stands on whom', () => {
    const { events } = delegation()
    const moments = new Moments(events)
    const at = (i: number) => moments.at(i).stack.map(({ frame, state }) => `${frame} ${state}`)
    expect([0, 3, 5, 6, 9].map(at)).toEqual([
      ['outer runs'], ['outer suspended', 'inner suspended'], ['outer suspended', 'inner runs'], ['outer runs'], ['outer runs'],
    ])
    expect(moments.at(9).frames).toEqual([])
    expect(moments.at(3).frames.map(({ frame }) => frame)).toEqual(['outer', 'inner'])
    expect(new Moments([]).at(0)).toEqual({ frames: [], stack: [], ready: [], timers: [] })
  })

  it('is the same wherever one jumps to, in a long recording', () => {
    const { events } = recorded(() => {
      const waits = pyGenerator(function* waits() { yield })
      waits.next()
      Array.from(pyGenerator(function* count() { for (let i = 0; i < 700; i++) yield i }))
      waits.close()
    })
    const moments = new Moments(events)
    expect(moments.at(1200)).toEqual(new Moments(events.slice(0, 1201)).at(1200))
    expect(moments.at(1200).frames.map(({ frame, state }) => [frame, state])).toEqual([['waits', 'suspended'], ['count', 'runs']])
    expect(moments.at(1200).stack.length).toBe(1)
  })
})
