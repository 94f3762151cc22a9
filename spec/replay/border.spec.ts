import {
  CancelScope, type Coroutine, DivergenceError, Event, EventLoop, type Future, ManualHost, type Owner, type Program, type RecordingData, createTask, nextFrame, replay, restore, sleep, use, waitInput,
} from '../../lib/index.ts'
import { slip } from '../support/stories.ts'

const inManualTime = (): EventLoop => new EventLoop({ host: new ManualHost(), logger: () => undefined })

function begun(program: Program) {
  const loop = inManualTime()
  const recording = loop.record()
  program(loop, null)
  return { loop, recording }
}

const asText = (data: RecordingData): RecordingData => JSON.parse(JSON.stringify(data)) as RecordingData

/** Three scripts, of three owners of which two have the same name, in a fourth. Each walks in every frame. */
function arena(log: string[]) {
  const owners: Owner[] = []
  const program: Program = loop => {
    const world = loop.owner('world')
    owners.push(world)
    for (const name of ['enemy', 'enemy', 'friend']) {
      const owner = world.owner(name, { onError: error => { log.push(String(error)) } })
      owners.push(owner)
      owner.spawn(function* (): Coroutine<void> {
        const me = `${name} ${owners.indexOf(owner)}`
        try {
          for (;;) {
            log.push(`${loop.time()}: ${me}`)
            yield* nextFrame()
          }
        } finally {
          log.push(`${me} falls`)
        }
      }())
    }
  }
  return { owners, program }
}

describe('what the host does to owners between two frames', () => {
  it('is recorded, and a replay does it again', () => {
    const log: string[] = []
    const { owners, program } = arena(log)
    const { loop, recording } = begun(program)
    const [world, , second, friend] = owners as [Owner, Owner, Owner, Owner]
    loop.frame({ dt: 10 })
    second.close({ reason: 'shot' })
    friend.pause()
    loop.frame({ dt: 10 })
    friend.resume()
    world.cancel('the end')
    loop.frame({ dt: 10 })
    world.close({ turns: Infinity })
    const told = ['10: enemy 1', '10: enemy 2', '10: friend 3', 'enemy 2 falls', '20: enemy 1', 'friend 3 falls', 'enemy 1 falls']
    expect(log.splice(0)).toEqual(told)
    const again = arena(log)
    const restored = restore(again.program, asText(recording.checkpoint()))
    expect([log, restored.trace(), again.owners.map(owner => owner.closed)]).toEqual([told, loop.trace(), [true, true, true, true]])
    expect(restored.record().toJSON()).toEqual(recording.toJSON())
    expect(recording.toJSON().events.filter(([kind]) => kind === 'owner')).toEqual([
      ['owner', 'close', [['world', 0, 'enemy', 1], { reason: 'shot', turns: 1000, cleanup: 'cancel' }]],
      ['owner', 'pause', [['world', 0, 'friend', 0], null]],
      ['owner', 'resume', [['world', 0, 'friend', 0], null]],
      ['owner', 'cancel', [['world', 0], 'the end']],
      ['owner', 'close', [['world', 0], { reason: 'world is closed', turns: 2 ** 53, cleanup: 'cancel' }]],
    ])
  })

  it('goes on being recorded after a restore', () => {
    const log: string[] = []
    const { owners, program } = arena(log)
    const { loop, recording } = begun(program)
    loop.frame({ dt: 10 })
    owners[1]?.close()
    const once = arena(log)
    const restored = restore(once.program, asText(recording.checkpoint()))
    once.owners[2]?.close()
    restored.frame({ dt: 10 })
    const twice = arena(log)
    expect(restore(twice.program, asText(restored.record().checkpoint())).trace()).toBe(restored.trace())
    expect(twice.owners.map(owner => owner.closed)).toEqual([false, true, true, false])
  })

  it('is an error of the replay when the program has no such owner', () => {
    const { owners, program } = arena([])
    const { loop, recording } = begun(program)
    loop.frame({ dt: 10 })
    owners[2]?.close()
    const other: Program = it => { for (let i = 0; i < 3; i++) it.createTask(function* (): Coroutine<void> { for (;;) yield* nextFrame() }()) }
    expect([slip(() => restore(other, recording.toJSON()))]).toEqual([
      'DivergenceError DIVERGED: the replay differs from the recording at event 1: close() of the owner world, enemy was recorded, and now there is no such owner'])
  })

  it('may fail, and then it fails in the replay as well, where nobody is told again', () => {
    const program: Program = loop => {
      loop.owner('stubborn').spawn(function* (): Coroutine<void> {
        try {
          yield* sleep(1000)
        } finally {
          for (;;) try { yield* sleep(1) } catch { /* never ends */ }
        }
      }(), { name: 'stubborn' })
      loop.onInput('wrong', () => { throw new Error('wrong input') })
      loop.onInput('key', () => { loop.external('dice', () => 4) })
    }
    const { loop, recording } = begun(program)
    const own = begun(it => {
      program(it, null)
      it.onInput('stop', () => { stubborn.close() })
      const stubborn = it.owner('another')
    })
    own.loop.frame()
    loop.frame({ dt: 10 })
    expect(() => { loop.input('wrong', 1) }).toThrow('wrong input')
    loop.input('key', 1)
    const json = asText(recording.checkpoint())
    expect(replay(program, json).trace()).toBe(loop.trace())
    const asking: Program = it => {
      program(it, null)
      it.onInput('wrong', () => it.external('nothing', () => 1))
    }
    expect(() => restore(asking, json).trace()).not.toThrow(DivergenceError) // the first listener fails before it asks
    const other: Program = it => {
      it.onInput('key', () => it.external('card', () => 1))
      program(it, null)
    }
    expect(() => restore(other, json)).toThrow(DivergenceError)
  })

  it('is not recorded when a script does it, or a function that is told of an error or of an input: those come again by themselves', () => {
    const log: string[] = []
    const program: Program = loop => {
      const phoenix = loop.owner('phoenix', { onError: error => {
        log.push(`${loop.time()}: ${String(error)}`)
        phoenix.spawn(flies())
      } })
      function* flies(): Coroutine<void> {
        yield* sleep(15)
        throw new Error('ashes')
      }
      phoenix.spawn(flies())
      loop.onInput('end', () => {
        log.push('the end')
        loop.input('quietly', 1) // no input from outside
        phoenix.close()
      })
      loop.onInput('quietly', () => { log.push('quietly') })
    }
    const { loop, recording } = begun(program)
    for (let i = 0; i < 4; i++) loop.frame({ dt: 10 })
    loop.input('end', 1)
    loop.frame({ dt: 10 })
    const told = ['30: Error: ashes', 'the end', 'quietly']
    expect(log.splice(0)).toEqual(told)
    expect([replay(program, asText(recording.toJSON())).trace(), log]).toEqual([loop.trace(), told])
  })
})

describe('what else comes from outside while a loop is recorded', () => {
  const NOT = /^RuntimeError NOT_RECORDED: (.+) comes from outside of a loop that is recorded, and a replay could not repeat it\. Write loop\.input\('name', value\) instead/

  it('is refused where it is done, and the recording stays as it is', () => {
    let future: Future<number> | null = null
    const program: Program = loop => {
      future = loop.createFuture<number>()
      const clock = loop.clock.child()
      loop.owner('world', { clock }).spawn(function* (): Coroutine<void> { yield* sleep(1000) }(), { name: 'sleeper' })
    }
    const { loop, recording } = begun(program)
    const clock = loop.clock.child()
    const scope = new CancelScope()
    loop.createTask(use(scope, () => sleep(1000)))
    const [task, world] = [loop.createTask(sleep(1000)), loop.owner('mine')]
    const before = inManualTime()
    expect(before.createTask(sleep(1)).cancel()).toBe(true)
    loop.frame({ dt: 10 })
    const it = future as unknown as Future<number>
    const calls: (() => unknown)[] = [
      () => loop.createTask(sleep(1)), () => world.spawn(sleep(1)), () => loop.owner('late'), () => world.owner('late'),
      () => { it.setResult(1) }, () => { it.setException(new Error('x')) }, () => scope.cancel(), () => task.cancel(), () => task.throwNow(new Error('x')),
      () => loop.callSoon(() => undefined), () => loop.callLater(1, () => undefined), () => { clock.scale = 0.5 }, () => { clock.paused = true },
      () => loop.external('dice', () => 4),
    ]
    expect(calls.map(call => NOT.exec(slip(call) as string)?.[1])).toEqual([
      'createTask()', 'createTask()', "making <Owner 'late'>", "making <Owner 'late'>", 'future.setResult()', 'future.setException()', 'scope.cancel()',
      'task.cancel()', 'task.throwNow()', 'callSoon()', 'callLater()', 'changing a clock', 'changing a clock', 'external()',
    ])
    expect([it.state, task.state, world.closed, clock.scale, clock.paused]).toEqual(['pending', 'pending', false, 1, false])
    expect(recording.checkpoint().events.length).toBe(1)
    loop.close()
    expect(task.cancelled()).toBe(true)
  })

  it('makes the checkpoint an error that names it, when it cannot be refused', () => {
    const outcomes = [false, true].map(isPaused => {
      const door = new Event()
      const { loop, recording } = begun(it => {
        const guard = it.owner('guard')
        guard.spawn(door.wait(), { name: 'guard' })
        it.onInput('pause', () => { guard.pause() })
      })
      loop.frame({ dt: 10 })
      if (isPaused) loop.input('pause', true)
      recording.checkpoint()
      door.set()
      return [slip(() => recording.checkpoint()), slip(() => JSON.stringify(recording))]
    })
    for (const told of outcomes.flat()) {
      expect(told).toMatch(/^RuntimeError NOT_RECORDED: this recording cannot be replayed: <Task pending name='guard'.* became ready from outside, and that was not recorded\. Write loop\.input/)
    }
  })

  it('is no error before the first frame: so a program begins', () => {
    const { loop } = begun(it => {
      const clock = it.clock.child()
      clock.scale = 2
      const owner = it.owner('a', { clock })
      owner.pause()
      owner.spawn(sleep(1)).cancel()
      owner.resume()
    })
    loop.callSoon(() => undefined)
    expect(loop.record().checkpoint().events).toEqual([])
  })

  it('does not take the place of whoever drives the loop', () => {
    const loop = inManualTime()
    const told: unknown[] = []
    loop.$onReady = item => { told.push(String(item)) }
    loop.record()
    loop.callSoon(told.push)
    expect(told).toEqual([expect.stringContaining('<Handle')])
  })

  it('is free again when the loop is no longer recorded', () => {
    const { loop, recording } = begun(() => undefined)
    loop.frame({ dt: 10 })
    const copy = replay(() => undefined, recording.toJSON())
    copy.createTask(sleep(1))
    expect(copy.frame({ dt: 10 }).ran).toBe(1)
  })

  it('may be a watchdog that stops a script: the recording is over then', () => {
    const { loop, recording } = begun(it => { it.createTask(function* (): Coroutine<void> { it.abandon('too slow') }()) })
    expect(() => loop.frame({ dt: 10 })).toThrow()
    expect(slip(() => recording.checkpoint())).toContain('this recording cannot be replayed: abandon() has ended a turn from outside')
  })
})

describe('a checkpoint', () => {
  it('is refused in the middle of a frame, and of an input, with the words for what to write', () => {
    const told: unknown[] = []
    const { loop, recording } = begun(it => {
      const save = (): void => { told.push(slip(() => recording.checkpoint())) }
      it.onInput('save', save)
      it.createTask(function* (): Coroutine<void> {
        save()
        told.push(slip(() => JSON.stringify(recording)))
        yield* waitInput('save')
        createTask(sleep(1))
      }())
    })
    loop.frame({ dt: 10 })
    loop.input('save', 1)
    const words = 'RuntimeError CHECKPOINT_IN_TICK: a checkpoint is made between two frames, and not while something happens in the loop. Let the script set a flag, and ' +
      'write if (wantsToSave) save(recording.checkpoint()) after loop.frame()'
    expect([told, recording.checkpoint().events.length]).toEqual([[words, words, words], 2])
  })

  it('of a closed loop is what was recorded before it was closed', () => {
    const log: string[] = []
    const { program } = arena(log)
    const { loop, recording } = begun(program)
    loop.frame({ dt: 10 })
    const before = recording.checkpoint()
    loop.close()
    loop.close()
    expect(recording.checkpoint()).toEqual(before)
    expect(restore(arena([]).program, asText(recording.toJSON())).trace()).toBe(before.trace)
  })
})
