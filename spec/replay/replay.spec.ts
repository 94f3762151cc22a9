import fc from 'fast-check'
import {
  type Awaitable, type Coroutine, DivergenceError, EventLoop, ManualHost, type Plain, type Program, type RecordingData, VirtualHost, createTask, nextFrame, replay, restore, sleep, trim, waitInput,
  formatWaitTree,
} from '../../lib/index.ts'
import { slip } from '../support/stories.ts'

/** A game of scripts that spawn, sleep, wait for keys, roll dice and close owners. */
const game = (log: string[]): Program => loop => {
  const world = loop.owner('world')
  const roll = (): number => loop.external('dice', () => Math.floor(Math.random() * 100))
  function* enemy(n: number): Coroutine<void> {
    try {
      for (let i = 0; ; i++) {
        log.push(`${loop.time()}: enemy ${n} ${i} ${roll()}`)
        yield* sleep(10 + n)
        yield* nextFrame()
      }
    } finally {
      log.push(`enemy ${n} dies`)
    }
  }
  world.spawn(function* () {
    for (let n = 0; ; n++) {
      const key = yield* waitInput<string>('key')
      log.push(`key ${key}`)
      const owner = world.owner(`enemy ${n}`)
      owner.spawn(enemy(n))
      createTask(function* () {
        yield* sleep(60)
        owner.close()
      }())
    }
  }())
}

function play(loop: EventLoop, steps: readonly number[]): void {
  for (const step of steps) {
    if (step % 5 === 0) loop.input('key', `k${step}`)
    if (step % 3 === 0) loop.tick({ dt: step, maxCallbacks: 3 })
    else loop.frame({ dt: step })
  }
}

function recorded(program: Program): EventLoop {
  const loop = new EventLoop({ host: new ManualHost() })
  loop.record()
  program(loop, null)
  return loop
}

const asText = (data: RecordingData): RecordingData => JSON.parse(JSON.stringify(data)) as RecordingData

describe('a recording', () => {
  it('replays to the same, and goes on from there', () => {
    fc.assert(fc.property(fc.array(fc.nat(20), { maxLength: 40 }), fc.array(fc.nat(20), { maxLength: 20 }), (before, after) => {
      const [first, second]: [string[], string[]] = [[], []]
      const loop = recorded(game(first))
      play(loop, before)
      const checkpoint = asText(loop.record().checkpoint())
      const again = restore(game(second), checkpoint)
      expect([second, again.trace(), again.time(), formatWaitTree(again)]).toEqual([first, loop.trace(), loop.time(), formatWaitTree(loop)])
      expect(again.record().toJSON()).toEqual(checkpoint)
      // From here on, both are asked for new dice: so they play with the same ones.
      const dice = jest.spyOn(Math, 'random').mockReturnValue(0.5)
      play(loop, after)
      play(again, after)
      dice.mockRestore()
      expect([second, again.trace()]).toEqual([first, loop.trace()])
      const third: string[] = []
      expect(replay(game(third), asText(again.record().toJSON())).trace()).toBe(again.trace())
      expect(third).toEqual(second)
    }), { numRuns: 100 })
  })

  it('is the same for the same inputs, and another one for others', () => {
    const traces = [[7, 5, 7, 7], [7, 5, 7, 7], [7, 5, 7, 8], [7, 7, 5, 7]].map(steps => {
      const loop = new EventLoop({ host: new ManualHost() })
      game([])(loop, null)
      play(loop, steps)
      return loop.trace()
    })
    expect(new Set(traces).size).toBe(3)
    expect(traces[0]).toBe(traces[1])
    expect(traces[0]).toMatch(/^[0-9a-f]{16}$/)
  })

  it('names the first event that differs', () => {
    const loop = recorded(game([]))
    play(loop, [7, 5, 7, 7, 7])
    const data = loop.record().toJSON()
    const outcome = (program: Program, json = data): unknown => slip(() => `no error: ${restore(program, json).trace()}`)
    const other = (change: (log: string[]) => Program): unknown => outcome(change([]))
    expect([
      other(() => it => { it.createTask(sleep(1)) }),
      other(() => it => { it.external('name', () => 'x') }),
      other(log => it => { game(log)(it, null); it.onInput('key', () => it.external('other', () => 1)) }),
      outcome(game([]), { ...data, events: data.events.slice(0, -1) }),
      outcome(game([]), { ...data, trace: '0' }),
      outcome(game([]), { ...data, events: [['frame', 7, 1, 1, 0], ...data.events.slice(1)] }),
      outcome(it => { game([])(it, null) }, { ...data, events: data.events.filter(([kind]) => kind !== 'external') }),
      outcome(() => undefined, { ...data, events: data.events.filter(([kind]) => kind === 'external') }),
    ]).toEqual([
      'DivergenceError DIVERGED: the replay differs from the recording at event 2: a frame at 12 with 3 turns was recorded, and now 2 had a turn',
      "DivergenceError DIVERGED: the replay differs from the recording at event 0: a frame at 7 was recorded, and now the program asks for 'name'",
      expect.stringMatching(/^DivergenceError DIVERGED: the replay differs from the recording at event 2: a frame at 12 was recorded, and now the program asks for 'other'/),
      expect.stringMatching(/at event 7: nothing more was recorded, and now the program asks for 'dice'$/),
      expect.stringMatching(/the trace 0 at the end was recorded, and now it is [0-9a-f]+$/),
      expect.stringMatching(/at event 0: a frame at 7 with the check 1 was recorded, and now it is \d+: other tasks or timers took part$/),
      expect.stringMatching(/now the program asks for 'dice'$/),
      "DivergenceError DIVERGED: the replay differs from the recording at event 0: external 'dice' was recorded, and now the program does not ask for it",
    ])
    expect(() => restore(it => { it.createTask(sleep(1)) }, data)).toThrow(DivergenceError)
  })

  it('is cut where the program says so, and a replay begins there', () => {
    const waves = (log: string[]): Program => (loop, state) => {
      loop.createTask(function* () {
        for (let wave = state === null ? 1 : (state as { wave: number }).wave; ; wave++) {
          trim({ wave })
          log.push(`${loop.time()}: wave ${wave}`)
          yield* Array.from({ length: wave }, () => createTask(sleep(wave * 10) as Coroutine<void>))[0] as Awaitable<void>
          log.push(`${loop.time()}: won after ${loop.external('luck', () => wave)}`)
        }
      }())
    }
    const log: string[] = []
    const loop = recorded(waves(log))
    for (let i = 0; i < 20; i++) loop.frame({ dt: 7 })
    const data = asText(loop.record().checkpoint())
    expect([data.start.state, data.events.length < 10]).toEqual([{ wave: 5 }, true])
    const second: string[] = []
    const again = restore(waves(second), data)
    expect([second, again.trace(), again.time()]).toEqual([log.slice(log.findIndex(line => line.includes('wave 5'))), loop.trace(), loop.time()])
    for (const each of [loop, again]) for (let i = 0; i < 20; i++) each.frame({ dt: 7 })
    expect([again.trace(), formatWaitTree(again)]).toEqual([loop.trace(), formatWaitTree(loop)])
  })

  it('says what is wrong', () => {
    const loop = new EventLoop({ host: new ManualHost() })
    loop.createTask(sleep(1))
    expect([
      slip(() => loop.record()), slip(() => { loop.input('a', (() => 1) as unknown as Plain) }), slip(() => { loop.input('a', NaN) }), slip(() => loop.onInput('a', 1 as never)),
      slip(() => restore(3 as never, {} as never)), slip(() => restore(() => undefined, '{}' as never)),
      slip(() => { loop.input('a', new Map() as unknown as Plain) }),
    ]).toEqual([
      'RuntimeError RECORDED_TOO_LATE: a recording begins before the program: write const recording = loop.record() first',
      expect.stringContaining('input() takes what can be written down as JSON'), 'TypeError NOT_PLAIN: input() takes what can be written down as JSON, not NaN',
      'TypeError CALLBACK_NOT_CALLABLE: onInput() takes a function, not 1',
      'TypeError PROGRAM_NOT_CALLABLE: restore() takes the program, which is a function, as its first argument, not 3',
      expect.stringContaining('TypeError NOT_A_RECORDING: restore() takes what recording.toJSON() gave'),
      expect.stringContaining('NOT_PLAIN'),
    ])
  })

  it('is not needed for inputs', () => {
    const log: unknown[] = []
    const loop = new EventLoop({ host: new ManualHost() })
    const stop = loop.onInput('key', value => { log.push(value) })
    loop.input('key', { a: [1, 'two', true, null], b: undefined as never })
    stop()
    loop.input('key', 2)
    const task = loop.createTask(function* () {
      trim(null)
      log.push(loop.external('seed', () => 7), yield* waitInput('key'))
    }())
    loop.tick()
    loop.input('key', 'pressed')
    loop.tick()
    const other = loop.createTask(waitInput('key') as Coroutine<void>)
    loop.tick()
    other.cancel()
    loop.tick()
    loop.input('key', 'late')
    expect([log, task.done()]).toEqual([[{ a: [1, 'two', true, null] }, 7, 'pressed'], true])
  })

  it('keeps the time still while a tick is not told it', () => {
    const host = new ManualHost(5)
    const loop = new EventLoop({ host })
    const recording = loop.record()
    loop.callSoon(() => { host.advance(3) })
    loop.tick()
    recording.input('key', 1)
    host.advance(1)
    loop.tick()
    expect(recording.toJSON().events.map(event => event.slice(0, 2))).toEqual([['tick', 5], ['input', 'key'], ['tick', 9]])
    expect(replay(it => { it.callSoon(() => undefined) }, recording.toJSON()).time()).toBe(9)
  })
})

describe('a recording', () => {
  it('is refused when there is none', () => {
    expect([null, undefined, 'text'].map(json => slip(() => restore(() => undefined, json as never)))).toEqual([
      'TypeError NOT_A_RECORDING: restore() takes what recording.toJSON() gave, not null. Write JSON.parse(text) for text',
      'TypeError NOT_A_RECORDING: restore() takes what recording.toJSON() gave, not undefined. Write JSON.parse(text) for text',
      "TypeError NOT_A_RECORDING: restore() takes what recording.toJSON() gave, not 'text'. Write JSON.parse(text) for text",
    ])
  })

  it('has what comes from outside alone: what a script says itself comes again by itself', () => {
    const log: string[] = []
    const program: Program = loop => {
      loop.onInput('key', key => { log.push(`key ${key as string}`) })
      loop.createTask(function* () {
        for (;;) {
          loop.input('key', 'of the script')
          yield* nextFrame()
        }
      }())
    }
    const loop = new EventLoop({ host: new ManualHost() })
    const recording = loop.record()
    program(loop, null)
    loop.frame({ dt: 10 })
    loop.input('key', 'from outside')
    loop.frame({ dt: 10 })
    const json = recording.toJSON()
    const [first] = [log.splice(0)]
    replay(program, JSON.parse(JSON.stringify(json)) as RecordingData)
    expect([first, log, json.events.filter(([kind]) => kind === 'input')]).toEqual([
      ['key of the script', 'key from outside', 'key of the script'], ['key of the script', 'key from outside', 'key of the script'],
      [['input', 'key', 'from outside']],
    ])
  })

  it('gives a script the same zero as its replay from a file: JSON has no minus zero', () => {
    const zeros: unknown[] = []
    const program: Program = loop => {
      loop.onInput('speed', speed => { zeros.push(1 / (speed as number)) })
      loop.createTask(function* (): Coroutine<void> { zeros.push(1 / loop.external('speed', () => -0)) }())
    }
    const loop = recorded(program)
    loop.input('speed', -0)
    loop.tick()
    replay(program, asText(loop.record().toJSON()))
    expect(zeros).toEqual([Infinity, Infinity, Infinity, Infinity])
  })

  it('can be cut in a loop that is run, and not ticked', () => {
    const loop = new EventLoop({ host: new VirtualHost() })
    const recording = loop.record()
    loop.runUntilComplete(function* () {
      loop.external('dice', () => 4)
      yield* sleep(30)
      trim({ wave: 3 })
      loop.external('dice', () => 6)
    }())
    const { start: { time, state, isCut }, events } = recording.toJSON()
    expect([time, state, isCut, events]).toEqual([30, { wave: 3 }, true, [['external', 'dice', 6]]])
  })
})

describe('trim()', () => {
  it('needs no state when the program needs none', () => {
    const program: Program = loop => {
      loop.createTask(function* () {
        for (;;) {
          trim()
          loop.external('dice', () => 4)
          yield* nextFrame()
        }
      }())
    }
    const loop = recorded(program)
    for (let i = 0; i < 5; i++) loop.frame({ dt: 10 })
    const data = asText(loop.record().checkpoint())
    expect([data.start, data.events.length, restore(program, data).trace()]).toEqual([{ time: 50, unnamed: 1, state: null, isCut: true }, 2, loop.trace()])
  })

  it('is refused while another script is in the middle of something, or a timer is set, and the recording stays whole', () => {
    const told: unknown[] = []
    const program: Program = loop => {
      loop.createTask(function* () {
        const timer = loop.callLater(100, () => undefined)
        yield* sleep(20)
        told.push(slip(() => { trim() }))
        yield* sleep(20)
        told.push(slip(() => { trim() }))
        timer.cancel()
        createTask(sleep(1))
        trim()
        yield* sleep(20)
      }())
      loop.createTask(sleep(30), { name: 'guard' })
    }
    const loop = recorded(program)
    for (let i = 0; i < 3; i++) loop.frame({ dt: 10 })
    expect(restore(program, asText(loop.record().checkpoint())).trace()).toBe(loop.trace())
    told.splice(1)
    for (let i = 0; i < 3; i++) loop.frame({ dt: 10 })
    expect([...told, loop.record().checkpoint().start]).toEqual([
      'RuntimeError TRIM_IN_THE_MIDDLE: trim() was called while guard is under way, and a replay would begin it anew. ' +
        'Call it when all other scripts have ended, or have not begun yet',
      'RuntimeError TRIM_IN_THE_MIDDLE: trim() was called while a timer is set, and a replay would not set it. Cancel it first, or write a script that sleeps',
      { time: 50, unnamed: 2, state: null, isCut: true },
    ])
  })
})
