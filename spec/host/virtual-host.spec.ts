import { BlockingHost, type Coroutine, EventLoop, VirtualHost, createTask, getRunningLoop, run, sleep } from '../../lib/index.ts'
import { slip } from '../support/stories.ts'

function* program(log: unknown[]): Coroutine<void> {
  const other = createTask(function* (): Coroutine<void> {
    yield* sleep(150)
    log.push(`other at ${getRunningLoop().time()}`)
  }())
  for (const ms of [100, 100]) {
    yield* sleep(ms)
    log.push(`main at ${getRunningLoop().time()}`)
  }
  yield* other
}

/** A rate takes an engine that can wait. */
if ('Atomics' in globalThis) describe('a VirtualHost with a rate', () => {
  it('shows the same in so much time, and does not wait again for the time that the program needed', () => {
    const stories = [undefined, 10].map(rate => {
      const log: unknown[] = []
      const clock = new BlockingHost()
      const start = clock.now()
      run(program(log), { host: rate === undefined ? new VirtualHost() : new VirtualHost({ rate, time: 0 }) })
      const took = clock.now() - start
      return [log, rate === undefined ? took < 2000 : took >= 19]
    })
    expect(stories).toEqual([0, 1].map(() => [['main at 100', 'other at 150', 'main at 200'], true]))
    const busy = new EventLoop({ host: new VirtualHost({ rate: 1000 }) })
    expect(busy.runUntilComplete(function* (): Coroutine<number> {
      const clock = new BlockingHost()
      const start = clock.now()
      while (clock.now() - start < 5); // five seconds of virtual time, of which nobody knows yet
      yield* sleep(4000)
      return clock.now() - start
    }())).toBeLessThan(500)
    expect(busy.time()).toBe(4000)
  })

  it('is woken before its time, and then it is as late as it is', () => {
    const host = new VirtualHost({ rate: 0.5 })
    host.wake()
    host.wait(1_000_000)
    expect([host.now() < 1000, host.now() >= 0]).toEqual([true, true])
    host.wait(null) // nothing is waited for
    const skipping = new VirtualHost({ time: 5 })
    skipping.wake()
    skipping.wait(10)
    expect(skipping.now()).toBe(15)
  })
})

describe('the rate of a VirtualHost', () => {
  it('refuses what is no rate', () => {
    expect([0, -1, NaN, Infinity, '2'].map(rate => slip(() => new VirtualHost({ rate: rate as number })))).toEqual(['0', '-1', 'NaN', 'Infinity', "'2'"].map(
      said => `TypeError NOT_A_RATE: VirtualHost() takes { rate }, a positive number, not ${said}`))
  })
})

it('a program that has many turns is not stopped before it has very many', () => {
  const host = new VirtualHost()
  expect([slip(() => { host.busy(2 ** 25 - 1) }), slip(() => { host.busy(2 ** 25) })]).toEqual([
    undefined, expect.stringContaining('TIME_STANDS_STILL'),
  ])
})
