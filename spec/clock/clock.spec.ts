import { type Coroutine, EventLoop, VirtualHost, sleep } from '../../lib/index.ts'

const virtual = () => new EventLoop({ host: new VirtualHost() })

describe('a clock in steps', () => {
  it('wakes a loop that waits when its next step is due, however many it has made', () => {
    const loop = virtual()
    const physics = loop.owner('physics', { clock: loop.clock.child({ step: 10 }) })
    const log: unknown[] = []
    loop.runUntilComplete(physics.spawn(function* (): Coroutine<void> {
      for (const ms of [20, 25, 5, 10]) {
        yield* sleep(ms)
        log.push([loop.time(), physics.clock.now()])
      }
    }()))
    expect(log).toEqual([[20, 20], [50, 50], [60, 60], [70, 70]])
  })

  it('does so at half the speed, and after it stood still', () => {
    const loop = virtual()
    const clock = loop.clock.child({ step: 10, scale: 0.5 })
    const log: unknown[] = []
    loop.callLater(45, () => { clock.paused = true })
    loop.callLater(100, () => { clock.paused = false })
    loop.runUntilComplete(loop.owner('physics', { clock }).spawn(function* (): Coroutine<void> {
      for (const ms of [20, 20, 10]) {
        yield* sleep(ms)
        log.push([loop.time(), clock.now()])
      }
    }()))
    expect(log).toEqual([[40, 20], [135, 40], [155, 50]])
  })
})
