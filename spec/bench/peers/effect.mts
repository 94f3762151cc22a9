import { Deferred, Effect, Fiber, Queue, Semaphore } from 'effect'
import type { Case, Gauge } from '../harness/group.mts'
import { bytesEach } from '../cases/bytes-each.mts'

const TASKS = 1_000
const TURNS = 100
const OPS = 1_000
const SUM = OPS * (OPS - 1) / 2
const MESSAGES = 10_000
const OWNERS = 10

let count = 0

const child = (n: number): Effect.Effect<number> => Effect.gen(function* () { return n })

const walking = Effect.gen(function* () {
  for (let i = 0; i < TURNS; i++) {
    yield* Effect.yieldNow
    count++
  }
})

const walkers = Effect.gen(function* () {
  count = 0
  yield* Effect.all(Array.from({ length: TASKS }, () => walking), { concurrency: 'unbounded' })
  return count
})

export const turns: Case = {
  name: 'effect: yieldNow', ops: TASKS * TURNS, gives: TASKS * TURNS, prepare: () => () => Effect.runPromise(walkers),
}

const forks = Effect.gen(function* () {
  let sum = 0
  for (let n = 0; n < OPS; n++) sum += yield* Fiber.join(yield* Effect.forkChild(child(n)))
  return sum
})

export const spawning: Case = {
  name: 'effect: forkChild, join', ops: OPS, gives: SUM, prepare: () => () => Effect.runPromise(forks),
}

const calls = Effect.gen(function* () {
  let sum = 0
  for (let n = 0; n < OPS; n++) sum += yield* child(n)
  return sum
})

export const calling: Case = { name: 'effect: gen', ops: OPS, gives: SUM, prepare: () => () => Effect.runSync(calls) }

type Numbers = Queue.Queue<number>

const serve = (mine: Numbers, other: Numbers): Effect.Effect<void, unknown> => Effect.gen(function* () {
  for (let i = 0; i < MESSAGES / 2; i++) yield* Queue.offer(other, (yield* Queue.take(mine)) + 1)
})

const pingPongs = Effect.gen(function* () {
  const here = yield* Queue.unbounded<number>()
  const there = yield* Queue.unbounded<number>()
  const server = yield* Effect.forkChild(serve(there, here))
  let n = 0
  for (let i = 0; i < MESSAGES / 2; i++) {
    yield* Queue.offer(there, n)
    n = yield* Queue.take(here)
  }
  yield* Fiber.join(server)
  return n
})

export const pingPong: Case = {
  name: 'effect: Queue', ops: MESSAGES, gives: MESSAGES / 2, prepare: () => () => Effect.runPromise(pingPongs),
}

const hold = Effect.gen(function* () {
  count++
  yield* Effect.yieldNow
})

const own = (lock: Semaphore.Semaphore): Effect.Effect<void> => Effect.gen(function* () {
  for (let i = 0; i < OPS; i++) yield* lock.withPermit(hold)
})

const handOvers = Effect.gen(function* () {
  count = 0
  const lock = Semaphore.makeUnsafe(1)
  yield* Effect.all(Array.from({ length: OWNERS }, () => own(lock)), { concurrency: 'unbounded' })
  return count
})

export const handOver: Case = {
  name: 'effect: Semaphore', ops: OWNERS * OPS, gives: OWNERS * OPS, prepare: () => () => Effect.runPromise(handOvers),
}

const gathers = Effect.gen(function* () {
  const results = yield* Effect.all(Array.from({ length: OPS }, (_, n) => child(n)), { concurrency: 'unbounded' })
  return results.reduce((sum, n) => sum + n, 0)
})

export const gathering: Case = {
  name: 'effect: all, unbounded', ops: OPS, gives: SUM, prepare: () => () => Effect.runPromise(gathers),
}

function parkedFibers(): number {
  const waiting = Deferred.await(Deferred.makeUnsafe<number>())
  const parked = Effect.gen(function* () { return yield* waiting })
  return bytesEach(() => Effect.runFork(parked))
}

export const memory: Gauge = { name: 'effect: fiber', gauge: parkedFibers }
