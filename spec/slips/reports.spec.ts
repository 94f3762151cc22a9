import { type Coroutine, EventLoop, ManualHost, VirtualHost, createTask, run, sleep } from '../../lib/index.ts'
import type * as core from '../../lib/index.ts'

describe('errors that nobody reads', () => {
  it('are told while the program runs, once each, and few of them are kept', () => {
    const told: string[] = []
    const loop = new EventLoop({ host: new ManualHost() })
    loop.setExceptionHandler((_, { message, exception }) => { told.push(`${message}: ${String(exception)}`) })
    function* fails(i: number): Coroutine<void> { throw new Error(String(i)) }
    for (let i = 0; i < 3000; i++) {
      loop.createTask(fails(i))
      loop.tick()
      loop.tick()
    }
    expect(told.length).toBeGreaterThanOrEqual(1990)
    expect(told.slice(0, 2)).toEqual(['Task exception was never retrieved: Error: 0', 'Task exception was never retrieved: Error: 1'])
    loop.close()
    expect([told.length, new Set(told).size]).toEqual([3000, 3000])
  })

  it('are told in a loop that waits, too', () => {
    const loop = new EventLoop({ host: new VirtualHost() })
    let told = 0
    loop.setExceptionHandler(() => { told++ })
    function* fails(): Coroutine<void> { throw new Error('no tea') }
    function* server(): Coroutine<number> {
      for (let i = 0; i < 1500; i++) createTask(fails())
      yield* sleep(1)
      yield* sleep(1)
      return told
    }
    expect(loop.runUntilComplete(server())).toBe(500)
    loop.close()
    expect(told).toBe(1500)
  })
})

describe('two copies of the package in one program', () => {
  let other!: typeof core
  jest.isolateModules(() => { other = jest.requireActual<typeof core>('../../lib/index.ts') })
  const advice = 'A loop of another copy of yieldfrom runs: the program has loaded the package twice. Have it load one: ' +
    'see `npm ls yieldfrom`, and bundle it once'

  it.each<[string, () => Coroutine<unknown>]>([
    ['a wait', () => other.sleep(5) as Coroutine<void>],
    ['createTask()', function* () { other.createTask(sleep(5)) }],
    ['a future', function* () { return new other.Future() }],
  ])('find out when one drives %s of the other', (_, main) => {
    function* uses(): Coroutine<unknown> { return yield* main() }
    expect(() => run(uses(), { host: new VirtualHost() })).toThrow(advice)
  })

  it('are not blamed when there is but one', () => {
    expect(() => createTask(sleep(5))).not.toThrow(advice)
  })
})

describe('virtual time', () => {
  it('is told how many turns ran in which it could not pass', () => {
    const told: number[] = []
    class Impatient extends VirtualHost {
      override busy(turns: number): void {
        told.push(turns)
        super.busy(turns * 32)
      }
    }
    function* spins(): Coroutine<never> { for (;;) yield* sleep(0) }
    expect(() => run(spins(), { host: new Impatient() })).toThrow('Write sleep(1) instead of sleep(0)')
    expect(told).toEqual([2 ** 20])
  })

  it('is not stopped for ever by a program that only ever sleeps 0', () => {
    expect(() => { new VirtualHost().busy(2 ** 25) }).toThrow('33554432 turns ran and no time passed')
  })
})
