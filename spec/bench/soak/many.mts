/** A million tasks alive at once, ten million turns, and the heap as it was before. */
import { EventLoop, VirtualHost, allTasks, sleep } from 'yieldfrom'
import { MEGABYTE, heapUsed } from './heap.mts'

const TASKS = 1_000_000
const TURNS = 10_000_000
const TOLERANCE = 1.05

function* sleeper(ms: number) { yield* sleep(ms) }

function* walker(turns: number) { for (let i = 0; i < turns; i++) yield }

function timed(what: string, work: () => void): void {
  const start = performance.now()
  work()
  console.log(`${what}: ${((performance.now() - start) / 1000).toFixed(1)} s`)
}

/** All of them sleep at the same time, and wake one after the other. */
function manyTasks(count: number): void {
  const loop = new EventLoop({ host: new VirtualHost() })
  for (let i = 0; i < count; i++) loop.createTask(sleeper(1 + i % 1000))
  loop.tick()
  console.log(`  ${allTasks(loop).size} tasks alive, ${(heapUsed() / MEGABYTE).toFixed(0)} MB`)
  loop.callLater(1001, () => { loop.stop() })
  loop.runForever()
  console.log(`  ${allTasks(loop).size} left`)
  loop.close()
}

function manyTurns(count: number): void {
  const loop = new EventLoop({ host: new VirtualHost() })
  const tasks = Array.from({ length: 100 }, () => loop.createTask(walker(count / 100)))
  for (const task of tasks) loop.runUntilComplete(task)
  loop.close()
}

/** @returns whether the heap is as it was. */
export function many(): boolean {
  manyTasks(100_000)
  manyTurns(1_000_000)
  const before = heapUsed()
  timed(`${TASKS} tasks alive at once`, () => { manyTasks(TASKS) })
  timed(`${TURNS} turns`, () => { manyTurns(TURNS) })
  const growth = heapUsed() / before
  console.log(`heap afterwards: ${(growth * 100).toFixed(1)} % of what it was`)
  return growth <= TOLERANCE
}
