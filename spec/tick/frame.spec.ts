import {
  BlockingHost, type Coroutine, Event, EventLoop, type Greenlet, ManualHost, Queue, VirtualHost, createTask, currentTask, greenlet, nextFrame, sleep, suspend, type Task, gather, RuntimeError,
} from '../../lib/index.ts'
import { slip, words } from '../support/stories.ts'

const inManualTime = () => new EventLoop({ host: new ManualHost(), logger: () => undefined })

describe('frame()', () => {
  it('wakes sleeps of 16 at 16, 32 and 48, and a yield is a frame', () => {
    const log: unknown[] = []
    const loop = inManualTime()
    loop.createTask(function* () {
      for (let i = 0; i < 3; i++) {
        yield* sleep(16)
        log.push(`awake at ${loop.time()}`)
      }
    }())
    loop.createTask(function* () {
      for (;;) {
        log.push(`moves at ${loop.time()}`)
        yield
      }
    }())
    for (const now of [0, 16, 32, 48]) loop.frame({ now })
    expect(log).toEqual(['moves at 0', 'moves at 16', 'awake at 16', 'moves at 32', 'awake at 32', 'moves at 48', 'awake at 48'])
  })

  it('is done with a chain of ten queues in one frame', () => {
    const log: unknown[] = []
    const loop = inManualTime()
    const queues = Array.from({ length: 11 }, () => new Queue<number>())
    queues.slice(0, 10).forEach((from, i) => {
      loop.createTask(function* () { for (;;) yield* (queues[i + 1] as Queue<number>).put(1 + (yield* from.get())) }())
    })
    loop.createTask(function* () { for (;;) log.push(yield* (queues[10] as Queue<number>).get()) }())
    loop.frame({ dt: 16 })
    queues[0]?.putNowait(0)
    loop.frame({ dt: 16 })
    expect(log).toEqual([10])
  })

  it('ends after so many turns, if what runs makes ever more ready', () => {
    const loop = inManualTime()
    let calls = 0
    const again = (): void => { calls++; loop.callSoon(again) }
    loop.callSoon(again)
    const { ran, ready } = loop.frame({ maxTurns: 50 })
    expect([ran, ready, calls]).toEqual([50, 1, 50])
  })

  it('is cut at its budget, says who overran, and the next frame begins with the others', () => {
    const log: string[] = []
    const loop = inManualTime()
    let spent = 0
    function* works(name: string, cost: number): Coroutine<void> {
      for (;;) {
        log.push(name)
        spent += cost
        yield
      }
    }
    for (const [name, cost] of [['a', 1], ['greedy', 10], ['b', 1]] as const) loop.createTask(works(name, cost), { name })
    for (let i = 0; i < 3; i++) {
      const { overran, overBudget } = loop.frame({ dt: 1, budget: 5, cost: () => spent })
      log.push(`${String(overBudget)} ${(overran as Task | null)?.getName() ?? 'nobody'}`)
    }
    expect(log).toEqual(['a', 'greedy', 'true greedy', 'b', 'a', 'greedy', 'true greedy', 'b', 'a', 'greedy', 'true greedy'])
  })

  it('lets greenlets without a task wait for frames, too', () => {
    const log: unknown[] = []
    const loop = inManualTime()
    loop.callSoon(() => {
      greenlet(function* () {
        for (;;) {
          log.push(loop.time())
          yield
        }
      }).resume()
    })
    for (let i = 0; i < 3; i++) loop.frame({ dt: 10 })
    loop.frame({ dt: 10, maxCallbacks: 5 })
    loop.tick({ dt: 10 })
    expect(log).toEqual([10, 20, 30, 40, 50])
  })

  it.each([['without a limit', {}], ['with a limit that it does not reach', { maxCallbacks: 100 }]])('%s, gives each its turn in order, in its own name', (_what, limits) => {
    const log: unknown[] = []
    const loop = inManualTime()
    const say = (what: string): void => { log.push(`${what}, as ${currentTask()?.getName() ?? 'nobody'}`) }
    const clock = loop.clock.child()
    loop.owner('world', { clock }).spawn(function* () { for (;;) { yield* nextFrame(); say('a clock') } }(), { name: 'world' })
    const other = loop.createTask(function* () {
      try {
        for (;;) yield
      } finally {
        say('cleans up')
      }
    }(), { name: 'other' })
    const greenlets: Greenlet[] = []
    loop.createTask(function* () {
      yield* nextFrame()
      say('a frame')
      log.push(other.throwNow(new Error('now')))
      say('goes on')
      yield
      yield* greenlet(function* () {
        say('in a greenlet')
        yield // the task waits for the frame here
        say('still there')
      }).switch()
      say('back')
      loop.callSoon(() => { greenlets.push(greenlet(function* () { yield; say('a greenlet without a task') })); greenlets[0]?.resume() })
    }(), { name: 'A' })
    loop.createTask(function* () { yield* sleep(10); say('a timer'); yield; say('later') }(), { name: 'timer' })
    const ran = [0]
    for (let i = 0; i < 5; i++) {
      if (i === 1) loop.callSoon(() => { say('a callback') })
      const report = loop.frame({ dt: 5, ...limits })
      ran.push(report.ran, report.blocked)
      log.push('--')
    }
    expect(log).toEqual([
      '--',
      'a callback, as nobody', 'a frame, as A', 'cleans up, as other', true, 'goes on, as A', 'a clock, as world', '--',
      'in a greenlet, as A', 'a clock, as world', 'a timer, as timer', '--',
      'still there, as A', 'back, as A', 'later, as timer', 'a clock, as world', '--',
      'a greenlet without a task, as nobody', 'a clock, as world', '--',
    ])
    expect([ran, other.done()]).toEqual([[0, 4, 1, 4, 1, 4, 0, 4, 0, 2, 0], true])
  })

  it('comes to a script that is paused before its turn when it goes on, and not any more when it is closed first', () => {
    const log: string[] = []
    const loop = inManualTime()
    const enemy = loop.owner('enemy')
    loop.createTask(function* () {
      yield
      enemy.pause()
    }())
    const moves = function* (name: string): Coroutine<void> {
      try {
        for (;;) {
          log.push(`${name} moves`)
          yield
        }
      } finally {
        log.push(`${name} is over`)
      }
    }
    enemy.spawn(moves('wolf'))
    const bear = enemy.spawn(moves('bear'))
    for (let i = 0; i < 3; i++) loop.frame({ dt: 10 })
    enemy.resume()
    bear.throwNow(new Error('now'))
    loop.frame({ dt: 10 })
    enemy.pause()
    enemy.resume()
    enemy.close()
    log.push(`${loop.frame({ dt: 10 }).ran}`)
    expect(log).toEqual(['wolf moves', 'bear moves', 'bear is over', 'wolf moves', 'wolf is over', '0'])
  })

  it('does not come any more for a greenlet without a task that is killed while it waits for it', () => {
    const log: unknown[] = []
    const loop = inManualTime()
    const animal = greenlet(function* () {
      try {
        for (;;) {
          log.push(loop.time())
          yield
        }
      } finally {
        log.push('is over')
      }
    })
    loop.callSoon(() => { animal.resume() })
    loop.frame({ dt: 10 })
    animal.kill()
    log.push(loop.frame({ dt: 10 }).ran, loop.nextWakeUp)
    expect(log).toEqual([10, 'is over', 0, null])
  })

  it('is the next one for who begins to wait for it while clocks make their steps', () => {
    const log: string[] = []
    const loop = inManualTime()
    const say = (what: string): void => { log.push(`${loop.time()}: ${what}`) }
    const world = loop.owner('world', { clock: loop.clock.child() })
    const physics = loop.owner('physics', { clock: loop.clock.child({ step: 10 }) })
    const bell = new Event()
    world.spawn(function* () {
      say('moves')
      yield* nextFrame()
      say('moves once more')
    }())
    world.spawn(function* () {
      yield* bell.wait()
      say('hears the bell')
      yield* nextFrame()
      say('answers')
    }())
    physics.spawn(function* () {
      yield* sleep(10)
      say('rings')
      bell.set()
    }())
    for (let i = 0; i < 4; i++) loop.frame({ dt: 5 })
    expect(log).toEqual([
      '5: moves', '10: rings', '10: hears the bell', '10: moves once more', '15: answers',
    ])
  })

  it('can be mixed with ticks, and a task that waits for a frame can be cancelled', () => {
    const log: unknown[] = []
    const loop = inManualTime()
    const task = loop.createTask(function* () {
      try {
        for (;;) {
          log.push(loop.time())
          yield* sleep(0)
        }
      } finally {
        log.push('over')
      }
    }())
    loop.frame({ dt: 10 })
    expect(loop.nextWakeUp).toBe(10)
    loop.tick({ dt: 10 })
    loop.frame({ dt: 10 })
    task.cancel()
    loop.frame({ dt: 10 })
    expect(log).toEqual([10, 20, 30, 'over'])
    const victim = loop.createTask(function* () { yield; yield }())
    loop.frame({ dt: 10 })
    victim.throwNow(new Error('now'))
    expect([loop.frame({ dt: 10 }).ran, victim.done()]).toEqual([0, true])
  })
})

describe('the errors of scripts', () => {
  function* fails(what: string): Coroutine<void> { throw new Error(what) }

  it('are in the report of the same tick, and stop nobody', () => {
    const log: unknown[] = []
    const loop = inManualTime()
    loop.createTask(fails('a'), { name: 'A' })
    loop.createTask(function* () { log.push('the other runs') }())
    const { errors, failed } = loop.tick()
    expect([log, errors.map(String), (failed as Task[]).map(task => task.getName()), loop.tick().errors]).toEqual([
      ['the other runs'], ['Error: a'], ['A'], [],
    ])
  })

  it('are not, if somebody waits for them and reads them', () => {
    const loop = inManualTime()
    const log: unknown[] = []
    loop.createTask(function* () {
      try {
        yield* createTask(fails('read'))
      } catch (error) {
        log.push(String(error))
      }
    }())
    const watched = loop.createTask(fails('watched'))
    watched.addDoneCallback(() => undefined)
    for (let i = 0; i < 5; i++) log.push(...loop.tick().errors.map(String))
    expect(log).toEqual(['Error: watched', 'Error: read'])
  })

  it('are thrown by tick() if it is told so, when all have had their turn', () => {
    const log: unknown[] = []
    const loop = inManualTime()
    loop.createTask(fails('a'))
    loop.createTask(function* () { log.push('the other runs') }())
    expect(() => loop.tick({ errors: 'throw' })).toThrow('a')
    loop.createTask(fails('b'))
    loop.createTask(fails('c'))
    log.push(slip(() => loop.tick({ errors: 'throw' })))
    expect(log).toEqual(['the other runs', 'ExceptionGroup EXCEPTION_GROUP: errors of scripts'])
  })

  it('are dealt with in one of three ways', () => {
    const loop = inManualTime()
    expect(slip(() => loop.tick({ errors: 'ignore' as never }))).toBe(
      "TypeError NOT_A_POLICY: tick() takes errors as 'throw', 'collect' or a function, not 'ignore'")
  })

  it('are given to a function, and those that were collected are not reported again', () => {
    const logged: string[] = []
    const loop = new EventLoop({ host: new ManualHost(), logger: text => { logged.push(text.split('\n')[0] as string) } })
    const told: unknown[] = []
    loop.createTask(fails('a'), { name: 'A' })
    loop.tick({ errors: (error, task) => { told.push([String(error), (task as Task).getName(), currentTask()]) } })
    loop.createTask(fails('b'))
    loop.tick({ errors: 'collect' })
    loop.createTask(fails('c'))
    loop.tick()
    loop.close()
    expect([told, logged]).toEqual([[['Error: a', 'A', null]], ['Task exception was never retrieved']])
  })
})

describe('the time of a loop', () => {
  it('goes on from what a tick was told', () => {
    const loop = new EventLoop({ host: new VirtualHost() })
    loop.tick({ now: loop.time() + 1 })
    expect([loop.runUntilComplete(sleep(10, 'slept') as Coroutine<string>), loop.time()]).toEqual(['slept', 11])
    const real = new EventLoop({ host: typeof Atomics === 'undefined' ? new VirtualHost() : new BlockingHost() })
    real.tick({ now: real.time() + 1 })
    expect(real.runUntilComplete(sleep(2, 'slept') as Coroutine<string>)).toBe('slept')
  })

  it('never goes back', () => {
    const host = new ManualHost()
    const loop = new EventLoop({ host })
    loop.tick({ now: 100 })
    loop.tick()
    const times = [loop.time()]
    host.advance(16)
    loop.tick()
    times.push(loop.time())
    loop.tick({ dt: 5 })
    loop.callLater(10, () => { times.push(loop.time()) })
    loop.tick({ dt: 10 })
    expect([...times, slip(() => loop.tick({ now: 5 })), slip(() => loop.tick({ now: 5, dt: 5 }))]).toEqual([
      100, 116, 131, 'ValueError TIME_WENT_BACK: time does not go back: it is 131, and tick() was told 5',
      'TypeError TWO_TIMES: tick() takes now or dt, not both',
    ])
  })

  it('is not asked for by a tick inside of a tick: that is refused first', () => {
    const loop = inManualTime()
    const log: unknown[] = []
    loop.callSoon(() => { log.push(slip(() => loop.tick({ now: -5 }))) })
    loop.tick({ now: 10 })
    expect(log).toEqual([expect.stringContaining('already running')])
  })

  it('tells when the loop wants to be called again', () => {
    const loop = inManualTime()
    const wakeUps = [loop.nextWakeUp]
    loop.callSoon(() => { loop.callLater(30, () => undefined) })
    wakeUps.push(loop.nextWakeUp)
    loop.tick({ now: 5 })
    wakeUps.push(loop.nextWakeUp)
    const clock = loop.clock.child()
    loop.owner('a', { clock }).spawn(function* () { yield; yield; yield }())
    loop.frame({ now: 6 })
    wakeUps.push(loop.nextWakeUp)
    clock.paused = true
    loop.frame({ now: 7 })
    wakeUps.push(loop.nextWakeUp)
    expect(wakeUps).toEqual([null, 0, 35, 6, 35])
  })
})

describe('asJob()', () => {
  it('is the whole loop as a plain generator, in slices, and ends when nothing is left', () => {
    const log: unknown[] = []
    const loop = inManualTime()
    let now = 0
    for (const name of ['a', 'b']) {
      loop.createTask(function* () {
        for (let i = 0; i < 2; i++) {
          log.push(`${now}: ${name}`)
          yield
        }
        yield* sleep(3)
        log.push(`${now}: ${name} is over`)
      }())
    }
    for (const job = loop.asJob({ now: () => now }); job.next().done !== true && now < 20;) {
      for (let i = 0; i < 10; i++) job.next()
      now++
    }
    expect(log).toEqual(['0: a', '0: b', '1: a', '1: b', '5: a is over', '5: b is over'])
    const other = inManualTime()
    other.callLater(10, () => undefined)
    const job = other.asJob()
    job.next()
    other.close()
    expect(job.next().done).toBe(true)
  })
})

describe('the errors of scripts in a job', () => {
  function failing(log: unknown[]): EventLoop {
    const loop = inManualTime()
    loop.setExceptionHandler((_loop, { message, exception }) => { log.push(`${message}: ${String(exception)}`) })
    loop.createTask(function* () { throw new Error('x') }()).addDoneCallback(() => { log.push('somebody is told, and does not look') })
    return loop
  }

  it('go to the exception handler, also when the job ends in the same slice', () => {
    const log: unknown[] = []
    for (const slice of [1, 10]) for (const job = failing(log).asJob({ slice }); job.next().done !== true;);
    const told = ['somebody is told, and does not look', 'a script has failed: Error: x']
    expect(log).toEqual([...told, ...told])
  })

  it('go to a function, which must be one', () => {
    const log: unknown[] = []
    const loop = failing(log)
    for (const job = loop.asJob({ errors: error => { log.push(String(error)) } }); job.next().done !== true;);
    expect([...log, slip(() => loop.asJob({ errors: 'throw' as never }))]).toEqual([
      'somebody is told, and does not look', 'Error: x', "TypeError CALLBACK_NOT_CALLABLE: asJob({ errors }) takes a function, not 'throw'"])
  })
})

describe('a function that is told of errors, and fails itself', () => {
  function* fails(what: string): Coroutine<void> { throw new Error(what) }

  it('keeps no other error from being told in the next tick', () => {
    const log: unknown[] = []
    const loop = inManualTime()
    for (const name of ['a', 'b', 'c']) loop.createTask(fails(name))
    const told = (error: unknown): void => {
      log.push(String(error))
      if (log.length === 1) throw new Error('the teller is broken')
    }
    expect(() => loop.tick({ errors: told })).toThrow('the teller is broken')
    loop.tick({ errors: told })
    loop.close()
    expect(log).toEqual(['Error: a', 'Error: b', 'Error: c'])
  })

  it('is the same for the onError of an owner', () => {
    const loop = inManualTime()
    loop.createTask(fails('of nobody'))
    const owner = loop.owner('broken', { onError() { throw new Error('the teller is broken') } })
    owner.spawn(fails('of the owner'))
    loop.createTask(fails('of nobody, too'))
    expect(() => loop.tick()).toThrow('the teller is broken')
    expect(loop.tick().errors.map(String)).toEqual(['Error: of nobody', 'Error: of nobody, too'])
  })
})

describe('a time that is never reached', () => {
  it('is refused, with the words for what to write', () => {
    const loop = inManualTime()
    expect([slip(() => loop.frame({ dt: Infinity })), slip(() => loop.tick({ now: Infinity })), loop.time()]).toEqual([
      'TypeError NOT_A_LIMIT: frame() takes dt as a time that can be reached, not Infinity. To reach the next timer, write frame({ now: loop.nextWakeUp })',
      'TypeError NOT_A_LIMIT: tick() takes now as a time that can be reached, not Infinity. To reach the next timer, write tick({ now: loop.nextWakeUp })', 0,
    ])
  })
})

describe('abandon()', () => {
  it('does nothing to a loop that does not run', () => {
    const loop = inManualTime()
    loop.abandon()
    expect(loop.tick().ran).toBe(0)
  })
})

describe('task.throwNow()', () => {
  it('throws into a task at its wait, in its own name, before it returns', () => {
    const log: unknown[] = []
    const loop = inManualTime()
    const task = loop.createTask(function* () {
      try {
        yield* sleep(100)
      } catch (error) {
        log.push(`${words(error)} in ${String(currentTask()?.getName())}`)
      }
      yield* sleep(10)
      log.push('goes on')
      return 7
    }(), { name: 'victim' })
    loop.tick()
    log.push(task.throwNow(new RuntimeError('now', { code: 'X' })))
    loop.createTask(function* () { log.push(task.throwNow(TypeError)) }())
    loop.tick()
    log.push(task.throwNow(new Error('too late')), String(task.exception()))
    expect(log).toEqual(['RuntimeError X: now in victim', true, true, false, 'TypeError'])
  })

  it('refuses a task that runs', () => {
    const log: unknown[] = []
    const loop = inManualTime()
    const task: Task = loop.createTask(function* () {
      log.push(slip(() => task.throwNow(new Error('no'))))
      const other = createTask(function* (): Coroutine<void> {
        try {
          yield* sleep(1)
        } finally {
          log.push(slip(() => task.throwNow(new Error('no'))))
        }
      }())
      yield
      other.throwNow(new Error('inner'))
      yield* gather([other], { returnExceptions: true })
    }(), { name: 'runs' })
    for (let i = 0; i < 5; i++) loop.tick()
    expect(log).toEqual([expect.stringContaining('TASK_RUNS'), expect.stringContaining('TASK_RUNS')])
  })

  it('takes a turn away, and what the wait had brought', () => {
    const log: unknown[] = []
    const loop = inManualTime()
    const queue = new Queue<string>()
    function* taker(name: string): Coroutine<void> {
      try {
        log.push(`${name} got ${yield* queue.get()}`)
      } catch (error) {
        log.push(`${name}: ${String(error)}`)
      }
    }
    const first = loop.createTask(taker('first'))
    loop.createTask(taker('second'))
    loop.tick()
    queue.putNowait('cake')
    first.throwNow(new Error('leave it'))
    while (loop.tick().ready > 0);
    expect(log).toEqual(['first: Error: leave it', 'second got cake'])
  })

  it('throws what the undo of a wait fails with, in the place of the error', () => {
    const log: unknown[] = []
    const loop = inManualTime()
    const victim = loop.createTask(function* () {
      try {
        yield* suspend(() => () => { throw new Error('the undo fails') })
      } catch (error) {
        log.push(`caught ${String(error)}`)
      }
      yield* sleep(10)
      log.push('goes on')
    }())
    loop.tick()
    log.push(victim.throwNow(new Error('now')))
    loop.tick({ dt: 10 })
    loop.tick()
    expect(log).toEqual(['caught Error: the undo fails', true, 'goes on'])
  })
})

it('a report can be written down', () => {
  const loop = inManualTime()
  loop.createTask(sleep(10), { name: 'sleeper' })
  loop.tick()
  expect(JSON.parse(JSON.stringify(loop.report()))).toEqual([
    { task: expect.stringContaining("name='sleeper'"), name: 'sleeper', waitsFor: 'sleep(10)', frames: ['awaiting'] },
  ])
})
