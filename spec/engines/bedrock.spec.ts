import { type Coroutine, EventLoop, ManualHost, type Task, sleep } from '../../lib/index.ts'
import { runAsJob } from '../../lib/engine/bedrock/index.ts'

type Job = Generator<void, void, void>

/** As `system` of Minecraft Bedrock: in each game tick it resumes its jobs in turn, as often as there is time. */
class System {
  currentTick = 100
  private readonly jobs = new Map<number, Job>()
  private made = 0

  constructor(private readonly slices: number) {}

  runJob(job: Job): number {
    this.jobs.set(++this.made, job)
    return this.made
  }

  clearJob(id: number): void { this.jobs.delete(id) }

  get waiting(): number { return this.jobs.size }

  /** @returns whether a job is left. */
  tick(): boolean {
    this.currentTick++
    for (let i = 0; i < this.slices; i++) {
      for (const [id, job] of this.jobs) if (job.next().done === true) this.jobs.delete(id)
    }
    return this.jobs.size > 0
  }
}

function world(slices: number) {
  const log: string[] = []
  const system = new System(slices)
  const loop = new EventLoop({ host: new ManualHost(system.currentTick), logger: text => { log.push(text.split('\n')[0] as string) } })
  const say = (what: string): void => { log.push(`${system.currentTick}: ${what}`) }
  return { log, system, loop, say }
}

describe('runAsJob()', () => {
  it('counts time in game ticks, and the job is over when no script is left', () => {
    const { log, system, loop, say } = world(10)
    function* villager(name: string, ticks: number): Coroutine<void> {
      say(`${name} sleeps`)
      yield* sleep(ticks)
      say(`${name} is up`)
    }
    loop.createTask(villager('Ann', 3))
    loop.createTask(villager('Ben', 1))
    runAsJob(loop, system)
    while (system.tick());
    expect(log).toEqual(['101: Ann sleeps', '101: Ben sleeps', '102: Ben is up', '104: Ann is up'])
  })

  it('goes on in the next game tick with what this one had no time for', () => {
    const { log, system, loop, say } = world(2)
    for (const name of ['a', 'b', 'c']) loop.createTask(function* (): Coroutine<void> { say(name) }())
    runAsJob(loop, system)
    while (system.tick());
    expect(log).toEqual(['101: a', '101: b', '102: c'])
  })

  it('stands still when the job is ended, and goes on as another job', () => {
    const { log, system, loop, say } = world(10)
    loop.createTask(function* (): Coroutine<void> {
      for (let i = 0; i < 3; i++) {
        say(`step ${i}`)
        yield* sleep(1)
      }
    }())
    const end = runAsJob(loop, system)
    system.tick()
    end()
    for (let i = 0; i < 5; i++) system.tick()
    say(`${system.waiting} jobs`)
    runAsJob(loop, system)
    while (system.tick());
    expect(log).toEqual(['101: step 0', '106: 0 jobs', '107: step 1', '108: step 2'])
  })

  it('is over when the loop is closed', () => {
    const { log, system, loop, say } = world(10)
    loop.createTask(function* (): Coroutine<void> {
      try {
        yield* sleep(1000)
      } finally {
        say('cleaned up')
      }
    }())
    runAsJob(loop, system)
    system.tick()
    loop.close()
    say(String(system.tick()))
    expect(log).toEqual(['101: cleaned up', '102: false'])
  })

  it('tells of the error of a script in the game tick in which it failed: the loop logs it', () => {
    const { log, system, loop, say } = world(10)
    loop.createTask(function* (): Coroutine<void> {
      yield* sleep(5)
      throw new Error('x')
    }())
    loop.createTask(sleep(40))
    runAsJob(loop, system)
    while (system.tick()) if (system.currentTick === 106 || system.currentTick === 107) say('still running')
    loop.close()
    expect(log).toEqual(['a script has failed', '106: still running', '107: still running'])
  })

  it('gives errors to a function instead, and goes on', () => {
    const { log, system, loop, say } = world(10)
    loop.createTask(function* (): Coroutine<void> { throw new Error('x') }(), { name: 'villager' })
    loop.createTask(function* (): Coroutine<void> {
      yield* sleep(2)
      say('goes on')
    }())
    runAsJob(loop, system, { errors: (error, task) => { say(`${(task as Task).getName()}: ${String(error)}`) } })
    while (system.tick());
    loop.close()
    expect(log).toEqual(['101: villager: Error: x', '103: goes on'])
  })
})
