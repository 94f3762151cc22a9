/**
 * Everything at once, for a time: all programs run side by side, round after round. In one round Node's event loop runs them, in the next the
 * thread blocks and a second thread does the input and output. Every loop is new, and closed.
 */
import { type Coroutine, EventLoop, NodeHost, TaskGroup, allTasks, attach, run, use } from 'yieldfrom/node'
import { connections, pool } from './connections.mts'
import { MEGABYTE, heapUsed, mean } from './heap.mts'
import { programs } from './programs.mts'

const TOLERANCE = 1.02
/** The first part of the time: the compiler, the pools and Node itself fill their stores. */
const WARM_UP = 0.15
const SAMPLES_PER_MINUTE = 6

function* everythingOnce(): Coroutine<void> {
  yield* use(new TaskGroup(), function* (group) {
    for (const program of [...programs, ...programs, ...connections]) group.createTask(program(), { name: program.name })
  })
}

/** What the library tells of errors that nobody reads: there are none here. */
const logger = (text: string): never => { throw new Error(`the library reports: ${text}`) }

function attached(): Promise<void> {
  return new Promise((resolve, reject) => {
    const loop = new EventLoop({ logger })
    const { detach } = attach(loop)
    loop.createTask(everythingOnce()).addDoneCallback(task => {
      setImmediate(() => {
        detach()
        const left = allTasks(loop).size
        loop.close()
        const error = task.exception()
        if (error !== null) reject(error)
        else if (left > 0) reject(new Error(`${left} tasks are left`))
        else resolve()
      })
    })
  })
}

interface Sample {
  readonly heap: number
  readonly resident: number
  /** What keeps Node's event loop: sockets, timers, threads. */
  readonly resources: number
}

function sample(): Sample {
  const heap = heapUsed() / MEGABYTE
  return { heap, resident: process.memoryUsage().rss / MEGABYTE, resources: process.getActiveResourcesInfo().length }
}

/** A fifth of the samples at each end: how much more there is in the last than in the first. */
function growthOf(figures: readonly number[]): number {
  const few = Math.max(1, Math.floor(figures.length / 5))
  return mean(figures.slice(-few)) / mean(figures.slice(0, few))
}

const percent = (growth: number) => `${growth >= 1 ? '+' : ''}${((growth - 1) * 100).toFixed(2)} %`

/** @returns whether the heap is as it was. */
export async function everything(minutes: number): Promise<boolean> {
  const start = performance.now()
  const length = minutes * 60_000
  const samples: Sample[] = []
  let rounds = 0
  let due = 0
  for (let now = 0; now < length; now = performance.now() - start) {
    await attached()
    run(everythingOnce(), { loopFactory: () => new EventLoop({ host: new NodeHost(), logger }) })
    rounds += 2
    if (now < due) continue
    due += 60_000 / SAMPLES_PER_MINUTE
    const taken = sample()
    if (now >= length * WARM_UP) samples.push(taken)
    const { heap, resident, resources } = taken
    console.log(`${(now / 60_000).toFixed(1)} min  ${rounds} rounds  heap ${heap.toFixed(2)} MB  resident ${resident.toFixed(0)} MB  ${resources} resources`)
  }
  pool.shutdown()
  const growth = growthOf(samples.map(({ heap }) => heap))
  console.log(`${minutes} minutes, ${rounds} rounds of ${2 * programs.length + connections.length} programs; heap ${percent(growth)}, ` +
    `resident ${percent(growthOf(samples.map(({ resident }) => resident)))}, at most ${Math.max(...samples.map(({ resources }) => resources))} resources`)
  return growth <= TOLERANCE
}
