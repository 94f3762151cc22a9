import { type Coroutine, Lock, Queue, VirtualHost, createTask, gather, run, sleep } from 'yieldfrom'
import { type Group, library, program } from '../harness/group.mts'

const MESSAGES = 10_000
const OWNERS = 10
const TURNS = 1_000
const HANDOVERS = OWNERS * TURNS
const CHILDREN = 1_000
const SUM = CHILDREN * (CHILDREN - 1) / 2

function* serve(mine: Queue<number>, other: Queue<number>): Coroutine<void> {
  for (let i = 0; i < MESSAGES / 2; i++) yield* other.put((yield* mine.get()) + 1)
}

function* pingPong(): Coroutine<number> {
  const here = new Queue<number>()
  const there = new Queue<number>()
  const server = createTask(serve(there, here))
  let n = 0
  for (let i = 0; i < MESSAGES / 2; i++) {
    yield* there.put(n)
    n = yield* here.get()
  }
  yield* server
  return n
}

let held = 0

function* own(lock: Lock): Coroutine<void> {
  for (let i = 0; i < TURNS; i++) {
    yield* lock.acquire()
    held++
    yield* sleep(0)
    lock.release()
  }
}

function* handOver(): Coroutine<number> {
  held = 0
  const lock = new Lock()
  yield* gather(Array.from({ length: OWNERS }, () => own(lock)))
  return held
}

function* child(n: number): Coroutine<number> { return n }

function* gathering(): Coroutine<number> {
  const results = yield* gather(Array.from({ length: CHILDREN }, (_, n) => child(n)))
  return results.reduce((sum, n) => sum + n, 0)
}

async function asyncChild(n: number): Promise<number> { return n }

async function gatheringNative(): Promise<number> {
  const results = await Promise.all(Array.from({ length: CHILDREN }, (_, n) => asyncChild(n)))
  return results.reduce((sum, n) => sum + n, 0)
}

function virtually(main: () => Coroutine<number>): () => number {
  return () => run(main(), { host: new VirtualHost() })
}

export const groups: readonly Group[] = [{
  title: 'a message of a ping-pong over two queues',
  anchor: 'Queue',
  entries: [{ name: 'Queue', ops: MESSAGES, gives: MESSAGES / 2, prepare: () => virtually(pingPong) }],
  libraries: [library('effect', 'pingPong')],
  programs: [program('asyncio: Queue', 'asyncio', 'python/queues.py', 'queue')],
  targets: [{ of: 'Queue', per: 'asyncio: Queue', atMost: 0.2 }],
}, {
  title: 'a lock goes from one task to the next, and a turn',
  anchor: 'Lock',
  entries: [{ name: 'Lock', ops: HANDOVERS, gives: HANDOVERS, prepare: () => virtually(handOver) }],
  libraries: [library('effect', 'handOver')],
  programs: [program('asyncio: Lock', 'asyncio', 'python/queues.py', 'lock')],
  targets: [{ of: 'Lock', per: 'asyncio: Lock', atMost: 0.2 }],
}, {
  title: 'one of 1,000 children that are gathered',
  anchor: 'native: Promise.all',
  entries: [
    { name: 'native: Promise.all', ops: CHILDREN, gives: SUM, prepare: () => gatheringNative, kind: 'plain' },
    { name: 'gather', ops: CHILDREN, gives: SUM, prepare: () => virtually(gathering) },
  ],
  libraries: [library('effect', 'gathering')],
  programs: [program('asyncio: gather', 'asyncio', 'python/queues.py', 'gather')],
  targets: [{ of: 'gather', per: 'asyncio: gather', atMost: 0.2 }],
  watched: ['gather'],
}]
