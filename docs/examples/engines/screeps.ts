// Scripts of a Screeps colony within the processor time of each tick; here a few lines stand for the server
// npx ts-node docs/examples/engines/screeps.ts
import { type Coroutine, EventLoop, ManualHost, sleep } from 'yieldfrom'
import { tickOfGame } from 'yieldfrom/engine/screeps'

// On the server, this is the global Game.
let used = 0
const game = { time: 100, cpu: { limit: 10, getUsed: () => used } }

const loop = new EventLoop({ host: new ManualHost(game.time) })

function* creep(name: string, cost: number): Coroutine<void> {
  for (;;) {
    console.log(`  ${name} works`)
    used += cost
    yield* sleep(1) // until the next tick
  }
}

loop.createTask(creep('harvester', 4), { name: 'harvester' })
loop.createTask(creep('builder', 6), { name: 'builder' })
loop.createTask(creep('upgrader', 2), { name: 'upgrader' })

// On the server: module.exports.loop = () => { tickOfGame(loop, Game) }
for (let tick = 0; tick < 3; tick++) {
  game.time++
  used = 0
  console.log(`tick ${game.time}`)
  const { ready } = tickOfGame(loop, game)
  console.log(`  ${used} of ${game.cpu.limit} used, ${ready} wait for the next tick`)
}
loop.close()
