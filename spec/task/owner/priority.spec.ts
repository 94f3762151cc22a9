import fc from 'fast-check'
import {
  type Coroutine, EventLoop, ManualHost, type Program, type Task, VirtualHost, createTask, gather, moveOnAfter, nextFrame, restore, sleep, trim, use,
} from '../../../lib/index.ts'
import { SeededEventLoop } from '../../../lib/testing/index.ts'
import { slip } from '../../support/stories.ts'

const TICKS = 100

const inManualTime = (): EventLoop => new EventLoop({ host: new ManualHost() })

function* everyFrame(tell: () => void): Coroutine<void> {
  for (;;) {
    tell()
    yield* nextFrame()
  }
}

describe('the priority of an owner', () => {
  it('lets the scripts with the lower number go first in each frame, whichever began first', () => {
    const log: string[] = []
    const loop = inManualTime()
    for (const [name, priority] of [['camera', 10], ['nobody in particular', undefined], ['physics', -5], ['input', -Infinity], ['sound', 10]] as const) {
      loop.owner(name, priority === undefined ? {} : { priority }).spawn(everyFrame(() => { log.push(name) }))
    }
    loop.createTask(everyFrame(() => { log.push('a task without an owner') }))
    loop.frame({ dt: 16 })
    const first = log.splice(0)
    loop.frame({ dt: 16 })
    expect(first).toEqual(['input', 'physics', 'nobody in particular', 'a task without an owner', 'camera', 'sound'])
    expect(log).toEqual(first)
  })

  it('holds for owners and tasks inside of it, and for all that they wait for', () => {
    const log: string[] = []
    const loop = inManualTime()
    const late = loop.owner('late', { priority: 1 })
    const early = late.owner('early', { priority: -1 })
    const of = (name: string) => function* (): Coroutine<void> {
      createTask(function* () {
        yield* sleep(10)
        log.push(`child of ${name}`)
      }())
      yield* gather([sleep(10)])
      log.push(`${name} gathered`)
      yield* use(moveOnAfter(10), function* () { yield* sleep(1000) })
      log.push(`${name} moves on`)
    }
    late.owner('inside of late').spawn(of('late')())
    loop.createTask(of('nobody')())
    early.spawn(of('early')())
    for (let i = 0; i < 9; i++) loop.frame({ dt: 5 })
    expect([late.owner('another').priority, early.priority, log]).toEqual([1, -1, [
      'child of early', 'child of nobody', 'child of late', 'early gathered', 'nobody gathered', 'late gathered',
      'early moves on', 'nobody moves on', 'late moves on',
    ]])
  })

  it('holds in a loop that is run, and in one that shuffles what is ready', () => {
    const orders = [new EventLoop({ host: new VirtualHost() }), ...[1, 2, 3].map(seed => new SeededEventLoop({ seed, host: new VirtualHost() }))].map(loop => {
      const log: string[] = []
      for (const [name, priority] of [['third', 3], ['second', 2], ['first', 1]] as const) {
        loop.owner(name, { priority }).spawn(function* (): Coroutine<void> { log.push(name) }())
      }
      loop.runUntilComplete(sleep(1))
      return log
    })
    expect(orders).toEqual(orders.map(() => ['first', 'second', 'third']))
  })

  it('decides who has a turn in a tick with a budget, and one that was passed over ten times goes first', () => {
    const log: string[] = []
    const loop = inManualTime()
    let spent = 0
    const works = (name: string, priority: number): void => {
      loop.owner(name, { priority }).spawn(everyFrame(() => {
        spent++
        log.push(name)
      }), { name })
    }
    for (const name of ['x', 'y', 'z']) works(name, 5)
    for (const name of ['A', 'B']) works(name, 0)
    const frames = Array.from({ length: 24 }, () => {
      const { overran, ready } = loop.frame({ dt: 16, budget: 2, cost: () => spent })
      expect([ready, (overran as Task).getName()]).toEqual([3, log.at(-1)])
      return log.splice(0).join('')
    })
    expect(frames).toEqual([
      ...Array.from({ length: 10 }, () => 'AB'), 'xA', 'yB', 'zA', ...Array.from({ length: 8 }, () => 'BA'), 'xB', 'yA', 'zB',
    ])
  })

  it('passes nobody over for ever, and a replay from any tick on gives the same order', () => {
    const scripts = fc.array(fc.record({ priority: fc.integer({ min: -3, max: 3 }), pause: fc.constantFrom(0, 0, 10, 30) }), { minLength: 2, maxLength: 8 })
    const limits = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: TICKS, maxLength: TICKS })
    fc.assert(fc.property(scripts, limits, fc.nat(TICKS - 1), (all, most, at) => {
      const program = (turns: string[]): Program => loop => {
        all.forEach(({ priority, pause }, name) => {
          loop.owner(`${name}`, { priority }).spawn(function* () {
            for (;;) {
              turns.push(`${loop.time()}: ${name}`)
              if (pause > 0) yield* sleep(pause)
              yield* nextFrame()
            }
          }())
        })
      }
      const play = (loop: EventLoop, from: number, to: number): void => {
        most.slice(from, to).forEach((maxCallbacks, i) => {
          const options = { dt: 10, ...(maxCallbacks === 4 ? {} : { maxCallbacks }) }
          if ((from + i) % 5 === 0) loop.tick(options)
          else loop.frame(options)
        })
      }
      const [turns, again]: [string[], string[]] = [[], []]
      const loop = inManualTime()
      const recording = loop.record()
      program(turns)(loop, null)
      play(loop, 0, at)
      const save = recording.checkpoint()
      play(loop, at, TICKS)
      const restored = restore(program(again), save)
      play(restored, at, TICKS)
      expect([again, restored.trace()]).toEqual([turns, loop.trace()])
      // The pauses take 3 ticks at most. A script stands in the queue up to three times from one turn to the next: its timer, the turn after
      // the sleep, and the turn in the frame. Each time it is passed over ten times at most, and each of the others may stand before it.
      all.forEach((_, name) => {
        const times = turns.filter(turn => turn.endsWith(`: ${name}`)).map(parseFloat)
        const waits = [...times, TICKS * 10].map((time, i) => time - (times[i - 1] ?? 0))
        expect(Math.max(...waits) / 10).toBeLessThanOrEqual(3 * (10 + all.length) + 3)
      })
    }), { numRuns: 40 })
  })

  it('counts a frame that asJob() cuts into slices once', () => {
    const log: string[] = []
    const loop = inManualTime()
    loop.owner('camera', { priority: 10 }).spawn(everyFrame(() => { log.push('camera') }))
    const busy = (): void => {
      if (log.push('busy') < 15) loop.callSoon(busy)
    }
    loop.callSoon(busy)
    const job = loop.asJob({ now: () => 0, slice: 1 })
    for (let slice = 0; slice < 16; slice++) job.next()
    expect(log).toEqual([...Array.from({ length: 15 }, () => 'busy'), 'camera'])
  })

  it('counts from the beginning of a recording that was cut, so that a replay gives the same', () => {
    const program = (turns: string[]): Program => (loop, state) => {
      loop.createTask(function* () {
        for (let i = (state as number | null) ?? 1; ; i++) {
          if (i === 6) trim(i)
          turns.push(`${i}: first`)
          yield* nextFrame()
        }
      }())
      loop.owner('patient', { priority: 1 }).spawn(function* (): Coroutine<void> { turns.push('patient') }())
    }
    const [turns, again]: [string[], string[]] = [[], []]
    const loop = inManualTime()
    loop.record()
    program(turns)(loop, null)
    for (let i = 0; i < 17; i++) loop.frame({ dt: 1, maxCallbacks: 1 })
    const restored = restore(program(again), loop.record().checkpoint())
    expect(turns.slice(-3)).toEqual(['15: first', 'patient', '16: first'])
    expect([again, restored.trace()]).toEqual([turns.slice(5), loop.trace()])
  })

  it('is a number', () => {
    const loop = inManualTime()
    expect(['high', NaN].map(priority => slip(() => loop.owner('enemy', { priority: priority as number })))).toEqual([
      "TypeError NOT_A_NUMBER: the priority of an owner takes a number, not 'high'", 'TypeError NOT_A_NUMBER: the priority of an owner takes a number, not NaN',
    ])
  })
})
