import pLimit from 'p-limit'
import PQueue from 'p-queue'
import { type Coroutine, ReadWriteLock, Semaphore, VirtualHost, broadcast, forEach, gather, mapConcurrently, run, sleep, use } from 'yieldfrom'
import { type Group, program } from '../harness/group.mts'

const ITEMS = 10_000
const LIMIT = 10
const SUM = ITEMS * (ITEMS - 1) / 2

const numbers = Array.from({ length: ITEMS }, (_, n) => n)

function sumOf(results: readonly number[]): number { return results.reduce((sum, n) => sum + n, 0) }

function* mapping(): Coroutine<number> {
  return sumOf(yield* mapConcurrently(numbers, function* (n) {
    yield* sleep(0)
    return n
  }, { limit: LIMIT }))
}

/** One turn, as `sleep(0)`. */
async function turn(n: number): Promise<number> {
  await null
  return n
}

async function mappingWithPLimit(): Promise<number> {
  const limit = pLimit(LIMIT)
  return sumOf(await Promise.all(numbers.map(n => limit(() => turn(n)))))
}

async function mappingWithPQueue(): Promise<number> {
  const queue = new PQueue({ concurrency: LIMIT })
  return sumOf(await Promise.all(numbers.map(n => queue.add(() => turn(n)))))
}

let inside = 0

function* visit(lock: ReadWriteLock, side: 'read' | 'write'): Coroutine<void> {
  yield* lock[side].acquire()
  inside++
  yield* sleep(0)
  lock[side].release()
}

function* readingAndWriting(): Coroutine<number> {
  inside = 0
  const lock = new ReadWriteLock()
  yield* gather(numbers.map(n => visit(lock, n % 10 === 0 ? 'write' : 'read')))
  return inside
}

function* weighing(): Coroutine<number> {
  let taken = 0
  const semaphore = new Semaphore(LIMIT)
  yield* gather(numbers.map(function* (n): Coroutine<void> {
    const weight = 1 + n % 3
    yield* semaphore.acquire(weight)
    taken++
    yield* sleep(0)
    semaphore.release(weight)
  }))
  return taken
}

const LISTENERS = 10

function* broadcasting(): Coroutine<number> {
  let heard = 0
  const news = broadcast<number>(LIMIT)
  const listeners = Array.from({ length: LISTENERS }, () => {
    const subscriber = news.subscribe()
    return forEach(subscriber, function* () { heard++ })
  })
  function* speak(): Coroutine<void> {
    yield* use(news, function* () { for (let n = 0; n < ITEMS / LISTENERS; n++) yield* news.send(n) })
  }
  yield* gather([...listeners, speak()])
  return heard
}

function virtually(main: () => Coroutine<number>): () => number {
  return () => run(main(), { host: new VirtualHost() })
}

export const groups: readonly Group[] = [{
  title: 'an item of a map of which ten are worked on at a time',
  anchor: 'mapConcurrently',
  entries: [
    { name: 'mapConcurrently', ops: ITEMS, gives: SUM, prepare: () => virtually(mapping) },
    { name: 'p-limit', ops: ITEMS, gives: SUM, prepare: () => mappingWithPLimit, kind: 'plain' },
    { name: 'p-queue', ops: ITEMS, gives: SUM, prepare: () => mappingWithPQueue, kind: 'plain' },
  ],
  programs: [program('asyncio: Semaphore and gather', 'asyncio', 'python/several.py', 'mapping')],
  targets: [{ of: 'mapConcurrently', per: 'asyncio: Semaphore and gather', atMost: 0.33 }],
}, {
  title: 'a visit to what one writes, or many read',
  anchor: 'ReadWriteLock',
  entries: [
    { name: 'ReadWriteLock', ops: ITEMS, gives: ITEMS, prepare: () => virtually(readingAndWriting) },
    { name: 'Semaphore, of which one takes one to three', ops: ITEMS, gives: ITEMS, prepare: () => virtually(weighing) },
  ],
  programs: [program('asyncio: Lock, one at a time', 'asyncio', 'python/several.py', 'visiting')],
  targets: [{ of: 'ReadWriteLock', per: 'asyncio: Lock, one at a time', atMost: 0.33 }],
}, {
  title: 'a value of a broadcast, to one of ten that listen',
  anchor: 'broadcast',
  entries: [{ name: 'broadcast', ops: ITEMS, gives: ITEMS, prepare: () => virtually(broadcasting) }],
  programs: [program('asyncio: a Queue for each', 'asyncio', 'python/several.py', 'broadcasting')],
  targets: [{ of: 'broadcast', per: 'asyncio: a Queue for each', atMost: 0.33 }],
}]
