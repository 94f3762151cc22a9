import {
  Clock, type Coroutine, Event, EventLoop, ManualHost, type OwnerOptions, asCompleted, createTask, currentTask, sleep, timeout, use, moveOnAfter, eagerTaskFactory,
} from '../../../lib/index.ts'
import { slip } from '../../support/stories.ts'

function scene(options: OwnerOptions | ((loop: EventLoop) => OwnerOptions) = {}) {
  const log: unknown[] = []
  const loop = new EventLoop({ host: new ManualHost(), logger: text => { log.push(text) } })
  const enemy = loop.owner('enemy', typeof options === 'function' ? options(loop) : options)
  const say = (what: string): void => { log.push(`${loop.time()}: ${what}`) }
  /** So many frames of 10 ms. */
  const frames = (count: number): void => { for (let i = 0; i < count; i++) loop.frame({ dt: 10 }) }
  return { log, loop, enemy, say, frames }
}

describe('an owner that is paused', () => {
  it('lets sleeps stand still: what was left of them is left when it goes on', () => {
    const { log, enemy, say, frames } = scene()
    enemy.spawn(function* () {
      yield* sleep(50)
      say('awake')
      yield* sleep(20)
      say('awake again')
    }())
    frames(3)
    enemy.pause()
    frames(10)
    enemy.resume()
    frames(10)
    expect(log).toEqual(['160: awake', '180: awake again']) // it began at 10, and stood still from 30 to 130
  })

  it('lets frames stand still', () => {
    const { log, enemy, say, frames } = scene()
    enemy.spawn(function* () {
      for (;;) {
        say('moves')
        yield
      }
    }())
    frames(2)
    enemy.pause()
    frames(3)
    enemy.resume()
    frames(1)
    expect(log).toEqual(['10: moves', '20: moves', '60: moves'])
  })

  it('keeps what becomes ready, in order, until it goes on', () => {
    const { log, loop, enemy, say, frames } = scene()
    const [first, second] = [new Event(), new Event()]
    enemy.spawn(function* () { yield* first.wait(); say('first') }())
    enemy.spawn(function* () { yield* second.wait(); say('second') }())
    frames(1)
    enemy.pause()
    second.set()
    first.set()
    enemy.spawn(function* () { say('a new one') }())
    frames(2)
    loop.callSoon(() => { enemy.resume() })
    frames(1)
    expect(log).toEqual(['40: second', '40: first', '40: a new one'])
  })

  it('lets time limits stand still', () => {
    const { log, enemy, say, frames } = scene()
    enemy.spawn(function* () {
      const wait = new Event()
      yield* use(moveOnAfter(30), () => wait.wait())
      say('moved on')
      try {
        yield* use(timeout(30), () => wait.wait())
      } catch (error) {
        say(String(error))
      }
    }())
    frames(2)
    enemy.pause()
    frames(10)
    enemy.resume()
    frames(10)
    expect(log).toEqual(['140: moved on', '170: TimeoutError: timeout(30): 30 ms are over'])
  })

  it('lets a sleep last longer that it was paused and went on in', () => {
    const { log, enemy, say, frames } = scene()
    enemy.spawn(function* () {
      yield* sleep(50)
      say('awake')
    }())
    frames(2)
    enemy.pause()
    log.push(String(enemy))
    frames(2)
    enemy.resume()
    log.push(String(enemy))
    frames(5)
    expect(log).toEqual(["<Owner 'enemy' paused>", "<Owner 'enemy'>", '80: awake'])
  })

  it('counts the time of what it waits for by its own clock: asCompleted() too', () => {
    const { enemy, log, say, frames } = scene(loop => ({ clock: loop.clock.child({ scale: 0.5 }) }))
    enemy.spawn(function* () {
      for (const next of asCompleted([sleep(10, 'soon'), sleep(1000, 'late')], { timeout: 20 })) {
        try {
          say(yield* next)
        } catch (error) {
          say(String(error))
        }
      }
    }())
    frames(8)
    expect(log).toEqual(['30: soon', '50: TimeoutError: asCompleted(…, { timeout: 20 }): 20 ms are over'])
  })

  it('can be paused by its own script, in the middle of a frame', () => {
    const { log, enemy, say, frames } = scene()
    enemy.spawn(function* () {
      say('pauses')
      enemy.pause()
      yield* sleep(10)
      say('goes on')
    }())
    enemy.spawn(function* () { say('has not begun') }())
    frames(5)
    log.push(enemy.paused)
    enemy.resume()
    frames(2)
    expect(log).toEqual(['10: pauses', true, '60: has not begun', '60: goes on'])
  })

  it('is paused with the one that it belongs to, however often', () => {
    const { log, loop, enemy, say, frames } = scene()
    const gun = enemy.owner('gun')
    gun.spawn(function* () {
      for (;;) {
        say('shoots')
        yield
      }
    }())
    const late = loop.owner('late', { parent: enemy })
    frames(1)
    enemy.pause()
    enemy.pause()
    gun.pause()
    enemy.resume()
    frames(1)
    log.push([enemy.paused, gun.paused, late.paused])
    gun.resume()
    gun.resume()
    frames(1)
    enemy.pause()
    const born = enemy.owner('born in a pause')
    born.spawn(function* () { say('born') }())
    frames(1)
    enemy.resume()
    frames(1)
    expect(log).toEqual(['10: shoots', [false, true, false], '30: shoots', '50: shoots', '50: born'])
  })

  it('does not begin a task that is to begin at once', () => {
    const { log, loop, enemy, say, frames } = scene()
    loop.setTaskFactory(eagerTaskFactory)
    enemy.pause()
    loop.callSoon(() => { enemy.spawn(function* () { say('begins') }()) })
    frames(2)
    enemy.resume()
    frames(1)
    expect(log).toEqual(['30: begins'])
  })
})

describe('an owner', () => {
  it('adopts what its scripts make, also by way of a task factory', () => {
    const { log, loop, enemy, frames } = scene()
    loop.setTaskFactory(eagerTaskFactory)
    enemy.spawn(function* () {
      createTask(function* () {
        try {
          createTask(sleep(100))
          yield* sleep(100)
        } finally {
          log.push('the grandchild is over')
        }
      }())
    }())
    frames(1)
    log.push(loop.report().length)
    enemy.close()
    log.push(loop.report().length)
    expect(log).toEqual([2, 'the grandchild is over', 0])
  })

  it('cancels its scripts, and goes on', () => {
    const { log, enemy, say, frames } = scene()
    function* script(): Coroutine<void> {
      try {
        yield* sleep(100)
      } catch (error) {
        say(String(error))
        throw error
      }
    }
    enemy.spawn(script())
    frames(1)
    enemy.cancel('new orders')
    frames(1)
    enemy.spawn(function* () { say('another one') }())
    frames(1)
    expect(log).toEqual(['20: CancelledError: new orders', '30: another one'])
  })

  it('takes nothing any more when it is closed', () => {
    const { log, loop, enemy, frames } = scene()
    const gun = enemy.owner('gun')
    enemy.onClose(() => { log.push('told') })
    enemy.close()
    enemy.onClose(() => { log.push('told at once') })
    enemy.pause()
    log.push([enemy.closed, gun.closed, enemy.paused, String(enemy), enemy.closing])
    log.push(slip(() => enemy.spawn(function* () { log.push('never') }())), slip(() => enemy.owner('late')))
    frames(1)
    expect(log).toEqual([
      'told', 'told at once', [true, true, false, "<Owner 'enemy' closed>", []],
      "RuntimeError OWNER_CLOSED: <Owner 'enemy' closed>: nothing can begin in it any more",
      "RuntimeError OWNER_CLOSED: <Owner 'enemy' closed>: nothing can begin in it any more",
    ])
    expect(loop.report()).toEqual([])
  })

  it('is closed by using it', () => {
    const { log, enemy, frames } = scene()
    enemy.spawn(function* () {
      try {
        yield* sleep(100)
      } finally {
        log.push('over')
      }
    }())
    frames(1)
    enemy[Symbol.dispose]()
    expect(log).toEqual(['over'])
  })

  it('says what is wrong with what it is given', () => {
    const { loop, enemy } = scene()
    const other = new EventLoop({ host: new ManualHost() })
    expect([
      slip(() => loop.owner(7 as never)), slip(() => loop.owner('a', { clock: 3 as never })), slip(() => loop.owner('a', { onError: 3 as never })),
      slip(() => loop.owner('a', { parent: 3 as never })), slip(() => loop.owner('a', { clock: other.clock })), slip(() => other.owner('a', { parent: enemy })),
      slip(() => { enemy.close({ turns: -1 }) }), slip(() => { enemy.close({ cleanup: 'no' as never }) }), slip(() => { enemy.onClose(1 as never) }),
    ]).toEqual([
      'TypeError NOT_A_NAME: owner() takes a name first, not 7',
      'TypeError NOT_A_CLOCK: the clock of an owner is a Clock, not 3. Write loop.clock.child({ scale: 0.5 })',
      'TypeError HANDLER_NOT_CALLABLE: onError is a function of the error and the task, not 3',
      'TypeError NOT_AN_OWNER: the parent of an owner is an owner, not 3',
      "RuntimeError OTHER_LOOP: the clock and the parent of <Owner 'a'> must belong to its own loop",
      "RuntimeError OTHER_LOOP: the clock and the parent of <Owner 'a'> must belong to its own loop",
      'TypeError NOT_A_LIMIT: close() takes turns as a number that is not negative, not -1',
      "TypeError NOT_A_CLEANUP: close() takes cleanup as 'cancel' or 'skipTime', not 'no'",
      'TypeError CALLBACK_NOT_CALLABLE: onClose() takes a function, not 1',
    ])
  })

  it('tells of the errors of its scripts at the end of the frame, or of the turn', () => {
    const told: unknown[] = []
    const { loop, enemy } = scene({ onError: (error, task) => { told.push([String(error), task.getName(), currentTask()]) } })
    function* fails(): Coroutine<void> { throw new Error('no') }
    enemy.spawn(fails(), { name: 'A' })
    expect(loop.frame().errors).toEqual([])
    expect(told).toEqual([['Error: no', 'A', null]])
    const plain = new EventLoop({ host: new ManualHost(), logger: text => { told.push(text) } })
    const owner = plain.owner('owner', { onError: error => { told.push(`run: ${String(error)}`) } })
    const task = owner.spawn(fails())
    plain.runUntilComplete(function* () { yield* sleep(0); yield* sleep(0) }())
    expect([told[1], task.done()]).toEqual(['run: Error: no', true])
  })
})

describe('the clock of an owner', () => {
  it('stretches sleeps and time limits, and moves no deadline when its speed changes', () => {
    const clocks: Clock[] = []
    const { log, enemy, say, frames } = scene(loop => {
      clocks.push(loop.clock.child({ scale: 0.5 }))
      return { clock: clocks[0] as Clock }
    })
    const clock = clocks[0] as Clock
    enemy.spawn(function* () {
      yield* sleep(20)
      say(`awake at ${clock.now()}`)
      yield* use(moveOnAfter(20), () => sleep(1000))
      say(`moved on at ${clock.now()}`)
      yield* sleep(40)
      say(`awake at ${clock.now()}`)
    }())
    frames(5) // awake at 50
    frames(2)
    clock.scale = 2 // half of the limit is left, and takes 5
    frames(10)
    expect(log).toEqual(['50: awake at 25', '80: moved on at 55', '100: awake at 95'])
  })

  it('stands still with who waits for it, frames too', () => {
    const clocks: Clock[] = []
    const { log, enemy, say, frames } = scene(loop => {
      clocks.push(loop.clock.child())
      return { clock: clocks[0] as Clock }
    })
    const clock = clocks[0] as Clock
    enemy.spawn(function* () {
      for (;;) {
        say('moves')
        yield
      }
    }())
    enemy.spawn(function* () {
      yield* sleep(20)
      say('awake')
    }())
    frames(2)
    clock.paused = true
    frames(3)
    clock.paused = false
    frames(1)
    expect(log).toEqual(['10: moves', '20: moves', '60: moves', '60: awake'])
    expect(clock.toString()).toBe('<Clock 30>')
  })

  it('goes in steps: what waits for it runs once in each step, at the time of the step', () => {
    const clocks: Clock[] = []
    const { log, loop, enemy } = scene(it => {
      clocks.push(it.clock.child({ step: 20, maxSteps: 3 }))
      return { clock: clocks[0] as Clock }
    })
    const clock = clocks[0] as Clock
    enemy.spawn(function* () {
      for (;;) {
        log.push(`${loop.time()}: step ${clock.now()}`)
        yield
      }
    }())
    enemy.spawn(function* () {
      yield* sleep(50)
      log.push(`${loop.time()}: awake ${clock.now()}`)
    }())
    const wakeUps: unknown[] = []
    for (const dt of [0, 10, 35, 16, 500]) {
      loop.frame({ dt })
      wakeUps.push(loop.nextWakeUp)
    }
    expect(log).toEqual([
      '0: step 0', '45: step 20', '45: step 40', '61: step 60', '61: awake 60', '561: step 80', '561: step 100', '561: step 120',
    ])
    expect(wakeUps[0]).toBe(0) // the script waits for a frame
  })

  it('can be made faster and stopped while it goes in steps, and loses no time', () => {
    const loop = new EventLoop({ host: new ManualHost() })
    const clock = loop.clock.child({ step: 20 })
    const times: number[] = []
    const frame = (dt: number): void => {
      loop.frame({ dt })
      times.push(clock.now())
    }
    frame(15)
    clock.scale = 2 // 15 of the step are over
    frame(3)
    clock.paused = true
    frame(100)
    clock.paused = false
    frame(9)
    expect(times).toEqual([0, 20, 20, 20])
    frame(1)
    expect(clock.now()).toBe(40)
  })

  it('wakes a loop that runs by itself, and tells when', () => {
    const loop = new EventLoop({ host: new ManualHost() })
    const clock = loop.clock.child({ scale: 0.5 })
    const nested = clock.child({ scale: 0.5 })
    const steps = loop.clock.child({ step: 30 })
    const log: unknown[] = []
    for (const [name, of] of Object.entries({ nested, steps })) {
      loop.owner(name, { clock: of }).spawn(function* () {
        yield* sleep(50)
        log.push(`${loop.time()}: ${name}`)
      }())
    }
    loop.tick()
    expect(loop.nextWakeUp).toBe(60)
    while (loop.nextWakeUp !== null) loop.tick({ now: loop.nextWakeUp })
    expect(log).toEqual(['60: steps', '200: nested'])
  })

  it('goes by the clock of the loop that runs, if nobody says otherwise, and says what it is', () => {
    const log: unknown[] = []
    const loop = new EventLoop({ host: new ManualHost() })
    loop.callSoon(() => {
      const clock = new Clock()
      log.push(clock.parent === loop.clock)
      loop.owner('world', { clock }).spawn(function* () {
        yield* sleep(10)
        log.push(String(clock))
        clock.paused = true
        log.push(String(clock))
      }())
    })
    for (let i = 0; i < 4; i++) loop.frame({ dt: 10 })
    log.push(slip(() => new Clock({ parent: loop as never })))
    expect(log).toEqual([
      true, '<Clock 10>', '<Clock 10 paused>',
      'TypeError NOT_A_CLOCK: the parent of a clock is a Clock, not EventLoop. Write loop.clock.child({ scale: 0.5 })',
    ])
  })

  it('that the host makes goes by the clock of the loop of the first owner that gets it', () => {
    const log: unknown[] = []
    const loop = new EventLoop({ host: new ManualHost(100) })
    const clock = new Clock({ scale: 2 })
    const [slow, steps] = [clock.child({ scale: 0.25 }), new Clock({ parent: clock, step: 20 })]
    log.push(clock.parent, clock.now(), slow.now(), String(steps))
    clock.scale = 0.5
    clock.paused = true
    clock.paused = false
    for (const [name, given] of [['steps', steps], ['slow', slow], ['plain', clock]] as const) {
      loop.owner(name, { clock: given }).spawn(function* () {
        yield* sleep(20)
        log.push(`${loop.time()}: ${name}`)
      }())
    }
    for (let i = 0; i < 20; i++) loop.frame({ dt: 10 })
    const other = new EventLoop({ host: new ManualHost() })
    log.push(clock.parent === loop.clock, slip(() => other.owner('thief', { clock })))
    expect(log).toEqual([
      null, 0, 0, '<Clock 0>', '140: steps', '150: plain', '270: slow',
      true, "RuntimeError OTHER_LOOP: the clock and the parent of <Owner 'thief'> must belong to its own loop",
    ])
  })

  it('is of a loop, and positive', () => {
    const loop = new EventLoop({ host: new ManualHost() })
    expect([
      slip(() => loop.clock.child({ scale: 0 })), slip(() => loop.clock.child({ step: -1 })), slip(() => { loop.clock.scale = 2 }),
      slip(() => { loop.clock.paused = true }), loop.clock.scale, loop.clock.paused,
    ]).toEqual([
      'ValueError NOT_A_SCALE: the scale of a clock is a positive number, not 0. To stop it, write clock.paused = true',
      'ValueError NOT_A_STEP: the step of a clock is a positive number, not -1',
      'RuntimeError CLOCK_OF_THE_LOOP: the clock of a loop cannot be changed. Write loop.clock.child({ scale: 0.5 }), and give that clock to an owner',
      'RuntimeError CLOCK_OF_THE_LOOP: the clock of a loop cannot be changed. Write loop.clock.child({ scale: 0.5 }), and give that clock to an owner',
      1, false,
    ])
  })
})

it('the time of an owner stands still while it is paused, also for who looks meanwhile', () => {
  const loop = new EventLoop({ host: new ManualHost() })
  const owner = loop.owner('guards')
  const log: number[] = []
  const look = (now: number): void => {
    loop.tick({ now })
    log.push(owner.now())
  }
  look(10)
  owner.pause()
  look(60)
  look(100)
  owner.resume()
  look(130)
  expect(log).toEqual([10, 10, 10, 40])
})
