// Scripts as a job of Minecraft Bedrock: time is counted in game ticks; here a few lines stand for the server
// npx ts-node docs/examples/engines/bedrock.ts
import { type Coroutine, EventLoop, ManualHost, sleep } from 'yieldfrom'
import { runAsJob } from 'yieldfrom/engine/bedrock'

// On the server, this is: import { system } from '@minecraft/server'
const jobs = new Map<number, Generator<void, void, void>>()
const system = {
  currentTick: 0,
  runJob(job: Generator<void, void, void>): number {
    jobs.set(jobs.size, job)
    return jobs.size - 1
  },
  clearJob(id: number): void { jobs.delete(id) },
}

const loop = new EventLoop({ host: new ManualHost(system.currentTick) })

function* villager(name: string, ticks: number): Coroutine<void> {
  yield* sleep(ticks)
  console.log(`tick ${system.currentTick}: ${name} is up`)
}

loop.createTask(villager('Ann', 20))
loop.createTask(villager('Ben', 10))
loop.createTask(function* (): Coroutine<void> {
  yield* sleep(15)
  throw new Error('the villager has no bed')
}())
runAsJob(loop, system, { errors: error => { console.log(`tick ${system.currentTick}: ${String(error)}`) } })

while (jobs.size > 0) {
  system.currentTick++
  for (const [id, job] of jobs) {
    for (let slice = 0; slice < 5; slice++) if (job.next().done === true) jobs.delete(id) // as long as the tick has time
  }
}
console.log(`tick ${system.currentTick}: the job is over`)
