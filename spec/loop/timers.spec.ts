import fc from 'fast-check'
import { EventLoop, ManualHost, type TimerHandle, VirtualHost, seconds } from '../../lib/index.ts'
import { FINE } from '../support/stories.ts'

const loopOf = (host: ManualHost | VirtualHost) => new EventLoop({ host, logger: () => undefined })

/** What is done to the timers of a loop. Numbers that choose a timer do so out of all that were ever made. */
type Command =
  | { readonly kind: 'later' | 'at'; readonly ms: number }
  | { readonly kind: 'cancel'; readonly which: number }
  | { readonly kind: 'advance'; readonly ms: number }

const ms = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: -3, max: 30 }) },
  { weight: 2, arbitrary: fc.constantFrom(0.5, 1 / 3, 7.25) },
  { weight: 1, arbitrary: fc.constant(Infinity) })

const commands: fc.Arbitrary<Command[]> = fc.array(fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constantFrom('later' as const, 'at' as const), ms }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('cancel' as const), which: fc.nat(100) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('advance' as const), ms: fc.integer({ min: 0, max: 9 }) }) },
), { maxLength: 200, size: 'max' })

/** Timers by the dozen, most of which will be cancelled. */
const many = fc.array(
  fc.record({ when: fc.nat(1000), cancelled: fc.nat(9).map(n => n > 1) }),
  { minLength: 110, maxLength: 250, size: 'max' })

/** The timers as a list that is sorted and searched from one end to the other. */
class SortedList {
  private timers: { readonly when: number; readonly id: number }[] = []

  add(when: number, id: number): void {
    this.timers.push({ when, id })
    this.timers.sort((a, b) => a.when === b.when ? a.id - b.id : a.when < b.when ? -1 : 1)
  }

  remove(id: number): void { this.timers = this.timers.filter(timer => timer.id !== id) }

  takeDue(now: number): number[] {
    const due = this.timers.filter(timer => timer.when <= now)
    this.timers = this.timers.slice(due.length)
    return due.map(timer => timer.id)
  }

  get next(): number | null {
    const [first] = this.timers
    return first === undefined || first.when === Infinity ? null : first.when
  }
}

describe.each(['with typed arrays', 'without typed arrays'])('timers, in an engine %s', engine => {
  const { Float64Array, Uint32Array } = globalThis
  if (engine.startsWith('without')) {
    beforeEach(() => {
      Reflect.deleteProperty(globalThis, 'Float64Array')
      Reflect.deleteProperty(globalThis, 'Uint32Array')
    })
    afterEach(() => { Object.assign(globalThis, { Float64Array, Uint32Array }) })
  }

  it('fire as a sorted list has them, whichever are made and cancelled meanwhile', () => {
    fc.assert(fc.property(commands, todo => {
      const host = new ManualHost()
      const loop = loopOf(host)
      const list = new SortedList()
      const made: TimerHandle[] = []
      const fired: number[] = []
      const expected: number[] = []
      for (const command of [...todo, { kind: 'advance', ms: 100 } as const]) {
        if (command.kind === 'cancel') {
          const which = command.which % (made.length + 1)
          made[which]?.cancel()
          list.remove(which)
        } else if (command.kind === 'advance') {
          host.advance(command.ms)
          const { nextTimerAt } = loop.tick()
          expected.push(...list.takeDue(host.now()))
          if (nextTimerAt !== list.next) throw new Error(`next is ${String(nextTimerAt)}, not ${String(list.next)}`)
        } else {
          const id = made.length
          const fire = () => { fired.push(id) }
          made.push(command.kind === 'later' ? loop.callLater(command.ms, fire) : loop.callAt(command.ms, fire))
          list.add(command.kind === 'later' ? host.now() + command.ms : command.ms, id)
        }
      }
      expect(fired).toEqual(expected)
    }), { numRuns: 300 })
  })

  it('stay in order when most of very many are cancelled', () => {
    fc.assert(fc.property(many, timers => {
      const fired: number[] = []
      const loop = loopOf(new ManualHost(2000))
      const made = timers.map(({ when }) => loop.callAt(when, () => { fired.push(when) }))
      made.filter((_, i) => timers[i]?.cancelled).forEach(timer => { timer.cancel() })
      loop.tick()
      expect(fired).toEqual(timers.filter(({ cancelled }) => !cancelled).map(({ when }) => when).sort((a, b) => a - b))
    }), { numRuns: 300 })
  })

  it('do not pile up: cancelled ones are dropped when they are most of very many, and do not count', () => {
    const loop = loopOf(new ManualHost())
    for (let i = 0; i < 300; i++) loop.callAt(5, () => undefined).cancel()
    expect(loop['$timers']['count']).toBeLessThan(100)
    const ran: number[] = []
    for (let i = 0; i < 400; i++) {
      loop.callAt(1000, () => undefined)
      loop.callAt(0, () => undefined)
      ran.push(loop.tick().ran)
    }
    expect(ran).toEqual(ran.map(() => 1))
  })

  it('fire in the order they were made when they are due at the same time', () => {
    const log: unknown[] = []
    const loop = loopOf(new VirtualHost())
    for (let i = 0; i < 8; i++) loop.callAt(10, () => { log.push(i) })
    loop.callLater(11, () => { loop.stop() })
    loop.callLater(10, () => { log.push('by callLater') })
    loop.runForever()
    expect(log).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 'by callLater'])
  })

  it('come after what was ready already when they are due, and before what that adds', () => {
    const log: unknown[] = []
    const loop = loopOf(new ManualHost())
    loop.callLater(-5, () => { log.push('overdue') })
    loop.callLater(0, () => { log.push('due at once') })
    loop.callSoon(() => {
      log.push('ready')
      loop.callSoon(() => { log.push('added') })
    })
    loop.tick()
    loop.tick()
    expect(log).toEqual(['ready', 'overdue', 'due at once', 'added'])
  })

  it('do not fire when they are cancelled by what runs in the same turn', () => {
    const log: unknown[] = []
    const host = new ManualHost()
    const loop = loopOf(host)
    loop.callAt(5, () => {
      log.push('first')
      second.cancel()
    })
    const second = loop.callAt(5, () => { log.push('second') })
    host.set(5)
    log.push(loop.tick())
    expect(log).toEqual(['first', { ran: 2, ready: 0, nextTimerAt: null, blocked: 0, overBudget: false, ...FINE }])
  })

  it('count as due when only the rounding of a sum keeps them from it', () => {
    const log: unknown[] = []
    const host = new ManualHost()
    const loop = loopOf(host)
    loop.callAt(0.1 + 0.2, () => { log.push('fires') })
    loop.callAt(0.3 + 1e-5, () => { log.push('is too early') })
    host.set(0.3)
    loop.tick()
    expect(log).toEqual(['fires'])
  })

  it('are waited for at once, however long that is', () => {
    const log: unknown[] = []
    const host = new VirtualHost()
    const wait = host.wait.bind(host)
    host.wait = timeout => {
      log.push(timeout)
      wait(timeout)
    }
    const loop = loopOf(host)
    loop.callLater(seconds(2.5 * 24 * 3600), () => { loop.stop() })
    loop.runForever()
    expect(log).toEqual([216_000_000])
  })

  it('that are due are not waited for at all', () => {
    const log: unknown[] = []
    const loop = loopOf(new ManualHost(100))
    loop.callAt(50, () => {
      log.push('overdue')
      loop.stop()
    })
    loop.runForever()
    expect(log).toEqual(['overdue'])
  })

  it('are gone when the loop is closed, and may still be cancelled', () => {
    const log: unknown[] = []
    const loop = loopOf(new VirtualHost())
    const timer = loop.callLater(5, () => { log.push('never') })
    loop.close()
    timer.cancel()
    expect([timer.cancelled(), log]).toEqual([true, []])
  })
})
