// A game without graphics: two hundred enemies in waves, a pause, slow motion, and a save in mid-fight that is loaded again.
// npx ts-node docs/examples/engines/two-hundred-enemies.ts
import {
  type Coroutine, EventLoop, ManualHost, type Owner, type Program, type RecordingData, nextFrame, restore, sleep, waitInput,
} from 'yieldfrom'

const ENEMIES = 200
const FRAME = 16

/** What is to be seen of a world. */
interface World {
  loop: EventLoop
  readonly enemies: Map<string, { readonly owner: Owner; x: number }>
  killed: number
  readonly log: string[]
}

/** The scripts. All that comes from outside are the inputs `pause`, `slow` and `shoot`. */
function scripts(world: World): Program {
  return loop => {
    world.loop = loop
    const clock = loop.clock.child()
    const arena = loop.owner('arena', { clock })
    const say = (what: string): void => { world.log.push(`${loop.time()} ms: ${what}`) }

    function* enemy(owner: Owner): Coroutine<void> {
      const me = { owner, x: 0 }
      world.enemies.set(owner.name, me)
      try {
        for (;;) {
          me.x++ // walks
          if (me.x % 30 === 0) yield* sleep(100) // and looks around
          yield* nextFrame()
        }
      } finally {
        world.enemies.delete(owner.name) // however it ends
        world.killed++
      }
    }

    arena.spawn(function* waves() {
      for (let wave = 1; world.enemies.size + world.killed < ENEMIES; wave++) {
        say(`wave ${wave}`)
        for (let i = 0; i < 50; i++) {
          const owner = arena.owner(`enemy ${wave}-${i}`)
          owner.spawn(enemy(owner))
        }
        yield* sleep(1000)
      }
      say('no more waves')
    }())
    loop.owner('player').spawn(function* shots() {
      for (;;) {
        const name = yield* waitInput<string>('shoot')
        world.enemies.get(name)?.owner.close() // its finally has run when this returns
      }
    }())
    loop.onInput('pause', isPaused => {
      say(isPaused === true ? 'pause' : 'go on')
      if (isPaused === true) arena.pause()
      else arena.resume()
    })
    loop.onInput('slow', scale => {
      say(`time goes at ${Number(scale)}`)
      clock.scale = Number(scale)
    })
  }
}

function newWorld(): World { return { loop: new EventLoop({ host: new ManualHost() }), enemies: new Map(), killed: 0, log: [] } }

/** What the player does in a frame. */
function play(world: World, frame: number): void {
  const { loop } = world
  if (frame === 50) loop.input('pause', true)
  if (frame === 80) loop.input('pause', false)
  if (frame === 120) loop.input('slow', 0.25)
  if (frame === 200) loop.input('slow', 1)
  if (frame % 10 === 0) loop.input('shoot', `enemy 1-${frame / 10}`)
  loop.frame({ dt: FRAME, errors: 'throw' })
}

const world = newWorld()
const recording = world.loop.record()
scripts(world)(world.loop, null)
let saved: RecordingData | null = null
for (let frame = 0; frame < 300; frame++) {
  if (frame === 150) saved = JSON.parse(JSON.stringify(recording.checkpoint())) as RecordingData // in mid-fight, in slow motion
  play(world, frame)
}

const loaded = newWorld()
restore(scripts(loaded), saved as RecordingData)
for (let frame = 150; frame < 300; frame++) play(loaded, frame)

for (const line of world.log) console.log(line)
console.log(`${world.enemies.size} enemies live, ${world.killed} were shot`)
console.log(`the same after loading: ${String(loaded.loop.trace() === world.loop.trace())}, ${loaded.enemies.size} live`)
world.loop.close()
console.log(`closed: ${world.enemies.size} enemies live`)
