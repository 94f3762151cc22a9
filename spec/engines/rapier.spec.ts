import { createHash } from 'node:crypto'
import RAPIER from '@dimforge/rapier2d-compat'
import { type Coroutine, EventLoop, ManualHost, type Program, type RecordingData, nextFrame, restore, sleep, waitInput } from '../../lib/index.ts'

/** The time of a step of physics, in milliseconds. */
const STEP = 16
const STEPS = 100
const BOXES = 6

/** A heap of boxes, and a ball that falls on it. The engine tells when the ball begins to touch something. */
class Arena {
  world: RAPIER.World | null = null
  private readonly touched = new RAPIER.EventQueue(true)

  build(): this {
    const world = this.world = new RAPIER.World({ x: 0, y: -40 })
    world.timestep = STEP / 1000
    world.createCollider(RAPIER.ColliderDesc.cuboid(20, 0.5))
    for (let i = 0; i < BOXES; i++) {
      const box = world.createRigidBody(RAPIER.RigidBodyDesc.dynamic().setTranslation(i % 3 * 1.2, 1 + Math.floor(i / 3) * 1.1))
      world.createCollider(RAPIER.ColliderDesc.cuboid(0.5, 0.5).setRestitution(0.3), box)
    }
    const ball = world.createRigidBody(RAPIER.RigidBodyDesc.dynamic().setTranslation(0.7, 6))
    world.createCollider(RAPIER.ColliderDesc.ball(0.4).setRestitution(0.6).setActiveEvents(RAPIER.ActiveEvents.COLLISION_EVENTS), ball)
    return this
  }

  /** @returns what the ball has touched in this step. */
  step(): string[] {
    const world = this.world as RAPIER.World
    const touched: string[] = []
    world.step(this.touched)
    this.touched.drainCollisionEvents((one, other, isBegin) => {
      if (!isBegin) return
      const place = world.colliders.getAll().findIndex(({ handle }) => handle === Math.min(one, other))
      touched.push(place === 0 ? 'the ground' : `box ${place}`)
    })
    return touched
  }

  /** The ball flies up, to the side where fewer boxes lie. @returns how many lie on the left. */
  kick(): number {
    const ball = this.bodies.at(-1) as RAPIER.RigidBody
    const left = this.bodies.filter(body => body.translation().x < ball.translation().x).length
    ball.applyImpulse({ x: left > BOXES / 2 ? 1 : -1, y: 3 }, true)
    return left
  }

  /** Where all bodies are, and how they turn, as exact numbers. */
  places(): number[] { return this.bodies.flatMap(body => [body.translation().x, body.translation().y, body.rotation()]) }

  save(): Uint8Array { return (this.world as RAPIER.World).takeSnapshot() }

  end(): void {
    this.world?.free()
    this.touched.free()
  }

  private get bodies(): RAPIER.RigidBody[] { return (this.world as RAPIER.World).bodies.getAll() }
}

/** What scripts ask of the physics, and what they do to it, goes through `external()`. So a replay of the scripts needs no physics. */
function game(arena: Arena, log: string[]): Program {
  return loop => {
    const steps = loop.clock.child({ step: STEP, maxSteps: 10 })
    const owner = loop.owner('arena', { clock: steps })
    const say = (what: string): void => { log.push(`step ${steps.now() / STEP}: ${what}`) }
    owner.spawn(function* () {
      for (;;) {
        for (const thing of loop.external('step', () => arena.step())) loop.input('touch', thing)
        yield* nextFrame()
      }
    }(), { name: 'physics' })
    owner.spawn(function* (): Coroutine<void> {
      for (;;) {
        say(`the ball touches ${yield* waitInput<string>('touch')}`)
        yield* sleep(5 * STEP)
        say(`it is kicked, to the right of ${loop.external('kick', () => arena.kick())} boxes`)
      }
    }(), { name: 'kicker' })
  }
}

/** Numbers that are the same in each run of the spec. */
function numbers(seed: number): (below: number) => number {
  let state = seed
  return below => {
    state = Math.imul(state, 48271) % 0x7fffffff
    return Math.abs(state) % below
  }
}

/** A moment of the game, to compare: places as exact numbers, a digest of the world byte by byte, and all that the scripts did. */
const moment = (loop: EventLoop, arena: Arena, log: readonly string[]) => ({
  places: arena.places(), world: createHash('sha1').update(arena.save()).digest('hex'), trace: loop.trace(), log: [...log],
})

describe('Rapier', () => {
  beforeAll(() => RAPIER.init())

  it('tells of a contact at the same step in 100 runs, whatever the frames', () => {
    const ends = Array.from({ length: 100 }, (_, run) => {
      const [arena, log, upTo] = [new Arena().build(), [] as string[], numbers(run + 1)]
      const loop = new EventLoop({ host: new ManualHost() })
      game(arena, log)(loop, null)
      for (let now = 0; now < STEPS * STEP;) loop.frame({ now: now = Math.min(STEPS * STEP, now + 1 + upTo(60)) })
      const places = arena.places()
      arena.end()
      return { places, log }
    })
    const [first] = ends as [typeof ends[0]]
    expect(first.log).toEqual([
      'step 25: the ball touches box 4', 'step 30: it is kicked, to the right of 2 boxes', 'step 59: the ball touches box 6',
      'step 64: it is kicked, to the right of 4 boxes', 'step 97: the ball touches the ground',
    ])
    expect(ends).toEqual(ends.map(() => first))
  })

  it('goes on to the same, bit by bit, after the world and the scripts were rolled back to 1,000 points', () => {
    const [arena, log, upTo] = [new Arena().build(), [] as string[], numbers(13)]
    const loop = new EventLoop({ host: new ManualHost() })
    const recording = loop.record()
    game(arena, log)(loop, null)
    const lengths = Array.from({ length: 100 }, () => 1 + upTo(40))
    const moments = lengths.map(dt => {
      loop.frame({ dt })
      return {
        reached: moment(loop, arena, log),
        saved: { scripts: JSON.stringify(recording.checkpoint()), world: arena.save() },
      }
    })
    arena.end()
    for (let point = 0; point < 1000; point++) {
      const from = upTo(lengths.length - 1)
      const to = Math.min(lengths.length - 1, from + 1 + upTo(10))
      const { saved } = moments[from] as typeof moments[0]
      const again = new Arena()
      const lines: string[] = []
      const rolledBack = restore(game(again, lines), JSON.parse(saved.scripts) as RecordingData)
      again.world = RAPIER.World.restoreSnapshot(saved.world)
      for (const dt of lengths.slice(from + 1, to + 1)) rolledBack.frame({ dt })
      expect(moment(rolledBack, again, lines)).toEqual(moments[to]?.reached)
      again.end()
    }
  })
})
