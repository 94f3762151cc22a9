import pLimit from 'p-limit'
import PQueue from 'p-queue'
import {
  type Coroutine, Future, ReadWriteLock, ReentrantLock, Semaphore, VirtualHost, allSettled, broadcast, cancelAndWait, createTask, forEach, gather,
  mapConcurrently, mapStream, race, run, sleep, staggeredRace, use,
} from 'yieldfrom'
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

const FIELD = 10

/** Of ten, one ends at once, and the others would wait for ever. */
function* racing(): Coroutine<number> {
  let sum = 0
  for (let n = 0; n < ITEMS / FIELD; n++) {
    sum += yield* race(Array.from({ length: FIELD }, function* (_, i): Coroutine<number> {
      if (i === 0) yield* sleep(0)
      else yield* forEver()
      return 1
    }))
  }
  return sum
}

/** Of ten, three fail. */
function* settling(): Coroutine<number> {
  let failed = 0
  for (let n = 0; n < ITEMS / FIELD; n++) {
    const settled = yield* allSettled(Array.from({ length: FIELD }, function* (_, i): Coroutine<number> {
      yield* sleep(0)
      if (i < 3) throw new Error('failed')
      return i
    }))
    for (const { status } of settled) if (status === 'rejected') failed++
  }
  return failed
}

/** The first two ways fail. */
function* staggering(): Coroutine<number> {
  let won = 0
  for (let n = 0; n < ITEMS / FIELD; n++) {
    const [, index] = yield* staggeredRace([0, 1, 2].map(i => function* (): Coroutine<number> {
      yield* sleep(0)
      if (i < 2) throw new Error('failed')
      return i
    }), null)
    won += index
  }
  return won
}

function* forEver(): Coroutine<void> { yield* new Future<void>() }

function* ending(): Coroutine<number> {
  let ended = 0
  for (let n = 0; n < ITEMS; n++) {
    const task = createTask(forEver())
    yield* sleep(0)
    yield* cancelAndWait(task)
    if (task.cancelled()) ended++
  }
  return ended
}

function* entering(): Coroutine<number> {
  inside = 0
  const lock = new ReentrantLock()
  yield* gather(numbers.map(function* (): Coroutine<void> {
    yield* lock.acquire()
    yield* lock.acquire()
    inside++
    yield* sleep(0)
    lock.release()
    lock.release()
  }))
  return inside
}

/** Who comes has one of three priorities. */
function* preferring(): Coroutine<number> {
  inside = 0
  const semaphore = new Semaphore(1)
  yield* gather(numbers.map(function* (n): Coroutine<void> {
    yield* semaphore.acquire(1, { priority: n % 3 })
    inside++
    yield* sleep(0)
    semaphore.release()
  }))
  return inside
}

function* streaming(): Coroutine<number> {
  let sum = 0
  const source = { iterate: () => ({ n: 0, *next() { return this.n < ITEMS ? { value: this.n++, done: false as const } : { value: undefined, done: true as const } } }) }
  yield* forEach(mapStream(source, function* (n: number) {
    yield* sleep(0)
    return n
  }, { limit: LIMIT }), function* (n) { sum += n })
  return sum
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
  title: 'a result of a stream of which ten are worked on at a time',
  anchor: 'mapStream',
  entries: [{ name: 'mapStream', ops: ITEMS, gives: SUM, prepare: () => virtually(streaming) }],
  programs: [program('asyncio: tasks in a Queue', 'asyncio', 'python/several.py', 'streaming')],
  targets: [{ of: 'mapStream', per: 'asyncio: tasks in a Queue', atMost: 0.33 }],
}, {
  title: 'one of ten tasks that race, are waited for, or are tried in turn',
  anchor: 'race',
  entries: [
    { name: 'race', ops: ITEMS, gives: ITEMS / FIELD, prepare: () => virtually(racing) },
    { name: 'allSettled, three of ten fail', ops: ITEMS, gives: 3 * ITEMS / FIELD, prepare: () => virtually(settling) },
    { name: 'staggeredRace, the third succeeds', ops: ITEMS * 3 / FIELD, gives: 2 * ITEMS / FIELD, prepare: () => virtually(staggering) },
    { name: 'cancelAndWait', ops: ITEMS, gives: ITEMS, prepare: () => virtually(ending) },
  ],
  programs: [
    program('asyncio: wait, and cancel the others', 'asyncio', 'python/several.py', 'racing'),
    program('asyncio: gather with errors', 'asyncio', 'python/several.py', 'settling'),
    program('asyncio: staggered_race', 'asyncio', 'python/several.py', 'staggering'),
    program('asyncio: cancel, and wait', 'asyncio', 'python/several.py', 'ending'),
  ],
  targets: [
    { of: 'race', per: 'asyncio: wait, and cancel the others', atMost: 0.33 },
    { of: 'allSettled, three of ten fail', per: 'asyncio: gather with errors', atMost: 0.33 },
    { of: 'staggeredRace, the third succeeds', per: 'asyncio: staggered_race', atMost: 0.33 },
    { of: 'cancelAndWait', per: 'asyncio: cancel, and wait', atMost: 0.33 },
  ],
}, {
  title: 'a visit to a lock that may be taken twice, or by rank',
  anchor: 'ReentrantLock, taken twice',
  entries: [
    { name: 'ReentrantLock, taken twice', ops: ITEMS, gives: ITEMS, prepare: () => virtually(entering) },
    { name: 'Semaphore, by priority', ops: ITEMS, gives: ITEMS, prepare: () => virtually(preferring) },
  ],
  programs: [program('asyncio: Lock, one at a time', 'asyncio', 'python/several.py', 'visiting')],
  targets: [
    { of: 'ReentrantLock, taken twice', per: 'asyncio: Lock, one at a time', atMost: 0.33 },
    { of: 'Semaphore, by priority', per: 'asyncio: Lock, one at a time', atMost: 0.33 },
  ],
}, {
  title: 'a value of a broadcast, to one of ten that listen',
  anchor: 'broadcast',
  entries: [{ name: 'broadcast', ops: ITEMS, gives: ITEMS, prepare: () => virtually(broadcasting) }],
  programs: [program('asyncio: a Queue for each', 'asyncio', 'python/several.py', 'broadcasting')],
  targets: [{ of: 'broadcast', per: 'asyncio: a Queue for each', atMost: 0.33 }],
}]
