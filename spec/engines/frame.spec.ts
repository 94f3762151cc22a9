import { type Coroutine, EventLoop, ManualHost, nextFrame, sleep } from '../../lib/index.ts'
import { type AttachOptions, attachToFrames } from '../../lib/engine/frame/index.ts'
import { slip } from '../support/stories.ts'

/** As a page: it calls who has asked for the next frame, once, and shows the frame. */
function page(...options: [AttachOptions?]) {
  const log: unknown[] = []
  const asked: ((now: number) => void)[] = []
  const loop = new EventLoop({ host: new ManualHost(), logger: text => { log.push(text.split('\n')[0]) } })
  const detach = attachToFrames(loop, callback => asked.push(callback), ...options)
  const show = (now: number): void => { for (const callback of asked.splice(0)) callback(now) }
  return { log, loop, detach, show, asked }
}

describe('attachToFrames()', () => {
  it('makes one frame of the loop in each frame of the page, and time begins with the first', () => {
    const reports: number[] = []
    const { log, loop, show } = page({ onFrame: ({ ran }) => { reports.push(ran) } })
    loop.createTask(function* (): Coroutine<void> {
      for (let i = 0; i < 3; i++) {
        log.push(`moves at ${loop.time()}`)
        yield* nextFrame()
      }
    }())
    loop.createTask(function* (): Coroutine<void> {
      yield* sleep(20)
      log.push(`awake at ${loop.time()}`)
    }())
    for (const now of [5000, 5016, 5032]) show(now)
    expect([log, reports]).toEqual([['moves at 0', 'moves at 16', 'moves at 32', 'awake at 32'], [2, 1, 3]])
  })

  it('counts no frame for more than the longest, and none for less than nothing', () => {
    const { log, loop, show } = page({ longest: 50, onFrame: () => { log.push(loop.time()) } })
    for (const now of [1000, 1016, 61_016, 61_010, 61_026]) show(now)
    const patient = page({ onFrame: () => { log.push(patient.loop.time()) } })
    for (const now of [0, 1000]) patient.show(now)
    expect(log).toEqual([0, 16, 66, 66, 82, 0, 100])
  })

  it('passes its limits on to each frame', () => {
    const { log, loop, show } = page({ maxTurns: 3 })
    const again = (): void => {
      log.push(loop.time())
      loop.callSoon(again)
    }
    loop.callSoon(again)
    for (const now of [0, 10]) show(now)
    expect(log).toEqual([0, 0, 0, 10, 10, 10])
  })

  it('goes on with the next frame after one has failed', () => {
    const { log, loop, show } = page({ errors: 'throw' })
    loop.createTask(function* (): Coroutine<void> { throw new Error('a script fails') }())
    loop.createTask(function* (): Coroutine<void> {
      yield* nextFrame()
      log.push('the other goes on')
    }())
    log.push(slip(() => { show(0) }))
    show(16)
    expect(log).toEqual(['Error undefined: a script fails', 'the other goes on'])
  })

  it('has the errors of scripts logged in the frame in which they fail, unless somebody asks for them', () => {
    const fails = function* (): Coroutine<void> { throw new Error('a script fails') }
    const seen = (...options: [AttachOptions?]): unknown[] => {
      const { log, loop, show } = page(...options)
      loop.createTask(fails())
      for (const now of [0, 16]) show(now)
      return log
    }
    expect([seen(), seen({ onFrame: () => undefined }), seen({ errors: 'collect' })]).toEqual([['a script has failed'], [], []])
  })

  it('asks for no frame any more when it is ended, or when the loop is closed', () => {
    const [ended, closed] = [page(), page()]
    for (const { loop, log } of [ended, closed]) {
      loop.createTask(function* (): Coroutine<void> {
        for (;;) {
          log.push('moves')
          yield* nextFrame()
        }
      }())
    }
    for (const { show } of [ended, closed]) show(0)
    ended.detach()
    closed.loop.close()
    for (const { show } of [ended, closed]) show(16)
    expect([ended.log, ended.asked, closed.log, closed.asked]).toEqual([
      ['moves'], [], ['moves'], [],
    ])
  })
})
