import { type Coroutine, EventLoop, ManualHost, type Program, type RecordingData, nextFrame, restore, waitUntil } from '../../lib/index.ts'

/** As far as it is used here. */
interface Matter {
  Engine: { create(): { world: object; gravity: { y: number } }; update(engine: object, dt: number): void }
  Bodies: { circle(x: number, y: number, radius: number): Body }
  Body: { setVelocity(body: Body, velocity: { x: number; y: number }): void; setPosition(body: Body, position: { x: number; y: number }): void }
  Composite: { add(world: object, body: object): void }
}
interface Body {
  readonly position: { readonly x: number; readonly y: number }
  readonly velocity: { readonly x: number; readonly y: number }
}

const { Engine, Bodies, Body, Composite } = require('matter-js') as Matter

/** A ball falls; at y > 50 a script kicks it up. Physics and scripts go by a clock of 16 ms steps. */
function kicker(log: string[]): { program: Program; ball: () => Body } {
  let ball: Body | null = null
  return {
    ball: () => ball as Body,
    program(loop) {
      const engine = Engine.create()
      ball = Bodies.circle(0, 0, 10)
      Composite.add(engine.world, ball)
      const steps = loop.clock.child({ step: 16, maxSteps: 10 })
      const world = loop.owner('world', { clock: steps })
      const falling = ball
      world.spawn(function* () {
        for (;;) {
          Engine.update(engine, 16)
          yield* nextFrame()
        }
      }(), { name: 'physics' })
      world.spawn(function* (): Coroutine<void> {
        for (;;) {
          yield* waitUntil(() => falling.position.y > 50)
          log.push(`kick at step ${steps.now() / 16}`)
          Body.setVelocity(falling, { x: 0, y: -5 })
          yield* waitUntil(() => falling.velocity.y > 0)
          log.push(`apex at step ${steps.now() / 16}`)
        }
      }(), { name: 'kicker' })
    },
  }
}

describe('matter-js', () => {
  it('kicks at the same step in 100 runs, whatever the frames', () => {
    const logs = Array.from({ length: 100 }, (_, run) => {
      const log: string[] = []
      const loop = new EventLoop({ host: new ManualHost() })
      kicker(log).program(loop, null)
      for (let now = 0, i = 0; now < 2000; i++) loop.frame({ now: now = Math.min(2000, now + 5 + (i * 7 + run) % 40) })
      return log.join()
    })
    expect(new Set(logs).size).toBe(1)
    expect(logs[0]).toMatch(/^kick at step \d+,apex at step \d+/)
  })

  it('comes to the same, bit by bit, after it was rolled back to any point', () => {
    const log: string[] = []
    const { program, ball } = kicker(log)
    const loop = new EventLoop({ host: new ManualHost() })
    const recording = loop.record()
    program(loop, null)
    const frames = (it: EventLoop, from: number, to: number): void => { for (let i = from; i < to; i++) it.frame({ dt: 11 + i % 13 }) }
    const saves: RecordingData[] = []
    const places: string[] = []
    for (let i = 0; i < 100; i++) {
      saves.push(recording.checkpoint())
      places.push(`${ball().position.y} ${ball().velocity.y} ${loop.trace()}`)
      frames(loop, i, i + 1)
    }
    let seed = 1
    for (let point = 0; point < 1000; point++) {
      seed = Math.imul(seed, 48271) >>> 0
      const to = seed % 100
      const further = Math.min(99, to + seed % 7)
      const again = kicker([])
      const restored = restore(again.program, saves[to] as RecordingData)
      frames(restored, to, further)
      expect(`${again.ball().position.y} ${again.ball().velocity.y} ${restored.trace()}`).toBe(places[further])
    }
  })
})
