import {
  type Coroutine, EventLoop, Task, VirtualHost, type WatchEvent, coroutine, getCurrent, greenlet, pyGenerator, setTrace, sleep, suspend,
  watch,
} from '../../lib/index.ts'

const quiet = () => new EventLoop({ host: new VirtualHost(), logger: () => undefined })

const describeValue = (value: object): string => value instanceof Task ? value.getName() : value.constructor.name

describe('a loop that is watched', () => {
  it('shows the life of a task: its turns, what it waits for, and how it ends', () => {
    const inner = coroutine(function* inner(): Coroutine<string> { return yield* sleep(5, 'woken') })
    function* outer(): Coroutine<string> {
      yield
      return yield* inner()
    }
    const loop = quiet()
    const log: string[] = []
    const tasks = new Set<unknown>()
    const end = watch((event: WatchEvent) => {
      const { kind, frame, time, task } = event
      if (frame !== null) tasks.add(task instanceof Task ? task.getName() : task)
      if (kind === 'turn') log.push(`turn at ${String(time)}`)
      else if (frame === null && kind !== 'switch') log.push(`${kind} ${describeValue(event.value)}`)
      else log.push([kind, frame?.name ?? 'loop', ...kind === 'delegate' ? [] : [kind === 'switch' ? event.value.why : String(event.value)],
        ...task === null ? ['?'] : []].join(' '))
    })
    loop.runUntilComplete(loop.createTask(outer(), { name: 'tea' }))
    end()
    expect(log).toEqual([
      'task tea',
      'turn at 0', 'switch loop wake', 'enter outer undefined', 'yield outer undefined', 'switch outer wait',
      'turn at 0', 'switch loop wake', 'send outer undefined', 'delegate outer', 'enter inner undefined',
      'suspend inner sleep(5)', 'timer Sleep', 'switch inner wait',
      'turn at 5', 'due Sleep',
      'turn at 5', 'switch loop wake', 'answer inner woken', 'return inner woken', 'result outer woken', 'return outer woken',
      'done tea', 'switch loop end',
      'turn at 5', 'callback Handle',
    ])
    expect([...tasks]).toEqual(['tea'])
  })

  it.each([['tick', [0, 16, 16]], ['frame', [0, 16]]] as const)('shows the turns of a %s, too', (method, times) => {
    const loop = quiet()
    const log: string[] = []
    loop.createTask((function* (): Coroutine<void> { yield* sleep(5) })(), { name: 'tea' })
    const end = watch(({ kind, value, time }) => {
      if (kind === 'turn') log.push(`turn at ${String(time)} of ${value === loop ? 'this loop' : 'another one'}`)
      else if (['due', 'done'].includes(kind)) log.push(`${kind} ${describeValue(value as object)}`)
    })
    for (const now of times) loop[method]({ now })
    end()
    expect(log).toEqual(['turn at 0 of this loop', 'turn at 16 of this loop', 'due Sleep', 'turn at 16 of this loop', 'done tea'])
  })

  it('shows a future that is set, and a task that is cancelled, each request once', () => {
    const loop = quiet()
    const log: string[] = []
    const future = loop.createFuture<string>()
    function* waits(): Coroutine<unknown> { return yield* future }
    function* sleeps(): Coroutine<unknown> { return yield* sleep(1000) }
    const end = watch(({ kind, value }) => {
      if (['task', 'done', 'cancel', 'callback', 'due'].includes(kind)) log.push(`${kind} ${describeValue(value as object)}`)
    })
    const waiting = loop.createTask(waits(), { name: 'waits' })
    const sleeping = loop.createTask(sleeps(), { name: 'sleeps' })
    loop.callLater(1, () => {
      future.setResult('set')
      sleeping.cancel()
      sleeping.cancel()
    })
    waiting.addDoneCallback(() => { loop.stop() })
    loop.runForever()
    loop.createFuture().cancel()
    end()
    expect(log).toEqual([
      'task waits', 'task sleeps', 'due TimerHandle', 'callback TimerHandle', 'done Future', 'cancel sleeps', 'cancel sleeps',
      'done waits', 'done sleeps', 'callback Handle', 'cancel Future', 'done Future',
    ])
  })
})

describe('whoever watches a loop', () => {
  /** What a task does that passes a turn, is woken with a value, and passes another. */
  function* work(log: unknown[]): Coroutine<string> {
    log.push(yield* sleep(0, 'at once'))
    log.push(yield* sleep(5, 'later'))
    log.push(yield)
    return 'the end'
  }

  const run = () => {
    const loop = quiet()
    const log: unknown[] = []
    log.push(loop.runUntilComplete(work(log)))
    return log
  }

  const unwatched = ['at once', 'later', undefined, 'the end']

  it('may drive greenlets, and changes no value that a turn brings', () => {
    const end = watch(() => { greenlet(function* (_: string) { yield* [] }).resume('something else') })
    expect(run()).toEqual(unwatched)
    end()
  })

  it('may run a loop itself, of which nobody is told', () => {
    const told: string[] = []
    const inner: unknown[] = []
    const end = watch(({ kind, seq }) => {
      told.push(kind)
      inner.push(...run(), seq)
    })
    pyGenerator(function* () { yield 1 }).next()
    end()
    expect(told).toEqual(['enter', 'yield'])
    const first = inner[unwatched.length] as number
    expect(inner).toEqual([...unwatched, first, ...unwatched, first + 1])
  })

  it('may forget a yield*: it harms nobody', () => {
    let slips = 0
    const end = watch(({ task }) => {
      if (task === null) return // plain code cannot switch at all
      greenlet(function* () { yield* [] }).switch()
      slips++
    })
    expect(run()).toEqual(unwatched)
    end()
    expect(slips).toBe(18)
  })

  it.each(['wake', 'answer', 'yield', 'wait'])('may end its watch at any event of a turn, such as %s', last => {
    const told: string[] = []
    let times = 0
    const end = watch(({ kind, value }) => {
      const event = kind === 'switch' ? (value).why : kind
      told.push(event)
      if (event === last && ++times === 2) end()
    })
    expect(run()).toEqual(unwatched)
    const turn = ['turn', 'wake']
    const all = [
      'task', ...turn, 'enter', 'yield', 'wait', ...turn, 'answer', 'suspend', 'timer', 'wait', 'turn', 'due', ...turn, 'answer', 'yield', 'wait',
    ]
    expect(told).toEqual(all.slice(0, all.indexOf(last, all.indexOf(last) + 1) + 1))
  })
})

describe('a loop that is traced', () => {
  function* waits(log: unknown[]): Coroutine<void> {
    for (const wait of [() => sleep(0), () => sleep(1), function* () { yield }, () => suspend(resume => { resume() })]) {
      try {
        yield* wait()
        log.push('waited')
      } catch (error) {
        log.push(['caught', (error as Error).message])
      }
    }
  }

  it('tells the tracer of each turn', () => {
    const log: unknown[] = []
    const loop = quiet()
    const main = getCurrent()
    const task = loop.createTask(waits(log))
    setTrace((event, [origin, target]) => { log.push([event, origin === main ? 'loop' : 'task', target === main ? 'loop' : 'task']) })
    loop.runUntilComplete(task)
    setTrace(null)
    const [goes, comes] = [['switch', 'loop', 'task'], ['switch', 'task', 'loop']]
    expect(log).toEqual([
      goes, comes, goes, 'waited', comes, goes, 'waited', comes, goes, 'waited', 'waited', comes,
    ])
  })

  it('throws the error of a tracer at the wait of the task, whatever that is', () => {
    const log: unknown[] = []
    for (let turn = 1; turn <= 4; turn++) {
      const loop = quiet()
      const task = loop.createTask(waits(log))
      let turns = 0
      setTrace((_, [, target]) => {
        if (target !== task.getGreenlet() || ++turns < turn) return
        throw new Error(`in turn ${String(turn)}`)
      })
      try {
        loop.runUntilComplete(task)
      } catch (error) {
        log.push(['failed', (error as Error).message])
      }
      setTrace(null)
    }
    expect(log).toEqual([
      ['failed', 'in turn 1'],
      ['caught', 'in turn 2'], 'waited', 'waited', 'waited',
      'waited', ['caught', 'in turn 3'], 'waited', 'waited',
      'waited', 'waited', ['caught', 'in turn 4'], 'waited',
    ])
  })

  it('lets a tracer that is a generator run before the task goes on', () => {
    const log: unknown[] = []
    const loop = quiet()
    const task = loop.createTask(waits(log))
    setTrace(function* (_, [, target]) { log.push(target === task.getGreenlet() ? 'before the task' : 'before the loop') })
    loop.runUntilComplete(task)
    setTrace(null)
    expect(log).toEqual([
      'before the task', 'before the loop', 'before the task', 'waited', 'before the loop', 'before the task', 'waited',
      'before the loop', 'before the task', 'waited', 'waited', 'before the loop',
    ])
  })

  it('tells the same of every turn, on the short way as on the long one, which a tracer takes', () => {
    const inner = coroutine(function* inner(): Coroutine<void> {
      yield
      yield* sleep(0)
    })
    function* passes(): Coroutine<string> {
      yield
      yield* sleep(0)
      yield* inner()
      return 'passed'
    }
    function* fails(): Coroutine<void> {
      yield
      throw new Error('no tea')
    }
    function* waits(): Coroutine<unknown> { return yield* suspend(resume => { resume('at once') }) }
    function* forgets(): Coroutine<void> {
      yield* sleep(0)
      sleep(0)[Symbol.iterator]()
      yield
    }
    function* yieldsNumbers(): Coroutine<void> { yield 5 as never }
    const told = (tracer: (() => void) | null, bodies: (() => Coroutine<unknown>)[]) => {
      const loop = quiet()
      const log: unknown[] = []
      const tasks = bodies.map((body, i) => loop.createTask(body(), { name: `task ${String(i)}` }))
      const before = setTrace(tracer)
      const end = watch(({ seq: _, kind, frame, value, time, task, greenlet: current, parent, depth }) => {
        const seen = kind === 'switch' ? [value.why, value.run, value.value, value.origin === getCurrent(), value.target === current] : [String(value)]
        log.push([kind, frame?.name, ...seen, time, task instanceof Task ? task.getName() : task, current === getCurrent(), parent?.name, depth])
      })
      for (const task of tasks) {
        try {
          log.push(loop.runUntilComplete(task))
        } catch (error) {
          log.push(String(error))
        }
      }
      end()
      setTrace(before)
      return log
    }
    const bodies = [passes, fails, waits, forgets, yieldsNumbers]
    const short = told(null, bodies)
    expect(short.length).toBeGreaterThan(50)
    expect(short).toEqual(told(() => undefined, bodies))
    const traced: string[] = []
    function* setsTracer(): Coroutine<void> {
      setTrace(event => { traced.push(event) })
      yield
    }
    told(null, [setsTracer])
    expect(traced).toEqual(['switch', 'switch', 'switch']) // it leaves, comes back, and ends
  })
})
