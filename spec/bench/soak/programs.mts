/** Programs that run side by side. Each looks at what it did itself, and leaves something behind that must go: a cancelled wait, a half-way generator. */
import { strict as assert } from 'node:assert'
import {
  Barrier, Condition, ContextVar, type Coroutine, Event, ExceptionGroup, FIRST_COMPLETED, type Greenlet, Lock, PriorityQueue, Queue, ReadWriteLock, Semaphore, type Sender, TaskGroup, TimeoutError,
  aclosing, allSettled, asCompleted, asyncGenerator, broadcast, cancelAndWait, channel, coroutine, createTask, emit, forEach, gather, getCurrent, getRunningLoop, greenlet,
  isCancelled, mapConcurrently, moveOnAfter, pyGenerator, race, shield, sleep, staggeredRace, timeout, use, wait, waitFor, yieldFrom,
} from 'yieldfrom'

const range = (count: number) => Array.from({ length: count }, (_, i) => i)

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0)

class Planned extends Error {}

function* fails(ms: number): Coroutine<never> {
  yield* sleep(ms)
  throw new Planned('planned')
}

/** Who waits for ever, until somebody ends it. */
function* endless(): Coroutine<never> {
  for (;;) yield* sleep(60_000)
}

function* turns(): Coroutine<void> {
  const counts = yield* gather(range(50).map(function* (n): Coroutine<number> {
    for (let i = 0; i < 100; i++) yield
    return n
  }))
  assert.equal(sum(counts), 1225)
}

function* timers(): Coroutine<void> {
  const loop = getRunningLoop()
  let called = 0
  const handles = range(200).map(n => loop.callLater(n % 20, () => { called++ }))
  for (const handle of handles.filter((_, i) => i % 2 === 1)) handle.cancel()
  yield* gather(range(200).map(n => sleep(n % 25)))
  assert.equal(called, 100)
}

function* queues(): Coroutine<void> {
  const queue = new Queue<number>(4)
  const ranked = new PriorityQueue<number>()
  let total = 0
  yield* use(new TaskGroup(), function* (group) {
    for (let k = 0; k < 3; k++) {
      group.createTask(forEach(queue, function* (n) {
        yield
        total += n
        ranked.putNowait(-n)
      }))
    }
    yield* gather(range(3).map(function* () { for (const n of range(100)) yield* queue.put(n) }))
    queue.shutdown()
  })
  assert.equal(total, 3 * 4950)
  assert.equal(yield* ranked.get(), -99)
}

function* channels(): Coroutine<void> {
  const [sender, receiver] = channel<number>(2)
  const radio = broadcast<number>(2)
  const heard: number[] = []
  yield* use(new TaskGroup(), function* (group) {
    for (let k = 0; k < 3; k++) {
      group.createTask(use(sender.clone(), function* (mine: Sender<number>) { for (const n of range(50)) yield* mine.send(n) }))
      group.createTask(forEach(radio.subscribe(), function* (n) { heard.push(n); yield }))
    }
    sender.close()
    yield* use(receiver, function* () { yield* forEach(receiver, function* (n) { yield* radio.send(n) }) })
    radio.close()
  })
  assert.equal(sum(heard), 9 * 1225)
}

function* groups(): Coroutine<void> {
  let ended = 0
  try {
    yield* use(new TaskGroup(), function* (group) {
      for (let k = 0; k < 20; k++) {
        group.createTask(function* () { try { yield* endless() } finally { ended++ } }())
      }
      group.createTask(fails(2))
      group.createTask(fails(2))
      yield* endless()
    })
  } catch (error) {
    assert(error instanceof ExceptionGroup && error.errors.length <= 2) // the second may be cancelled before it fails
  }
  assert.equal(ended, 20)
}

function* several(): Coroutine<void> {
  assert.equal(yield* race([sleep(1, 'first'), endless()]), 'first')
  assert.equal((yield* allSettled([sleep(1), fails(1)])).length, 2)
  const [winner] = yield* staggeredRace([function* () { return yield* fails(1) }, function* () { return yield* sleep(1, 'second') }], 5)
  assert.equal(winner, 'second')
  assert.deepEqual(yield* mapConcurrently(range(20), function* (n) { yield* sleep(n % 3); return n * n }, { limit: 5 }), range(20).map(n => n * n))
  let count = 0
  for (const next of asCompleted(range(10).map(n => sleep(n % 4, n)))) count += yield* next
  assert.equal(count, 45)
  const [done, pending] = yield* wait([sleep(1), endless()].map(each => createTask(each)), { returnWhen: FIRST_COMPLETED })
  assert.equal(done.size, 1)
  for (const task of pending) yield* cancelAndWait(task)
}

/** A chain of tasks that wait for each other, and is cancelled at its end; limits; a task that another one shields. */
function* cancels(): Coroutine<void> {
  let chain = createTask(endless())
  for (let k = 0; k < 30; k++) {
    const before = chain
    chain = createTask(function* (): Coroutine<never> { return yield* before }())
  }
  yield* sleep(1)
  chain.cancel('enough')
  yield* wait([chain])
  assert(chain.cancelled())
  for (let k = 0; k < 20; k++) {
    const scope = moveOnAfter(k % 3)
    yield* use(scope, endless)
    assert(scope.cancelledCaught)
  }
  try {
    yield* use(timeout(1), endless)
    assert.fail('no time limit')
  } catch (error) {
    assert(error instanceof TimeoutError)
  }
  const event = new Event()
  const inner = createTask(event.wait())
  const outer = createTask(waitFor(shield(inner), 1))
  const [end] = yield* gather([outer], { returnExceptions: true })
  assert(end instanceof TimeoutError && !inner.done())
  event.set()
  assert.equal(yield* inner, true)
  const many = range(100).map(() => createTask(endless()))
  yield
  for (const task of many) task.cancel()
  const ends = yield* gather(many, { returnExceptions: true })
  assert(ends.every(isCancelled))
}

function* owners(): Coroutine<void> {
  const loop = getRunningLoop()
  const enemy = loop.owner('enemy', { clock: loop.clock.child({ scale: 2 }) })
  const arm = enemy.owner('arm')
  let cleaned = 0
  for (let k = 0; k < 20; k++) {
    arm.spawn(function* () {
      try {
        createTask(endless())
        yield* endless()
      } finally {
        cleaned++
      }
    }())
  }
  yield* sleep(1)
  enemy.pause()
  yield* sleep(3)
  enemy.resume()
  yield* sleep(1)
  enemy.close()
  assert.equal(cleaned, 20)
  assert(arm.closed)
}

function* locks(): Coroutine<void> {
  const lock = new Lock()
  const semaphore = new Semaphore(3)
  const shared = new ReadWriteLock()
  const condition = new Condition()
  const event = new Event()
  const barrier = new Barrier(10)
  let inside = 0
  const impatient = range(20).map(() => createTask(waitFor(event.wait(), 1)))
  yield* use(new TaskGroup(), function* (group) {
    for (let k = 0; k < 10; k++) {
      group.createTask(function* () {
        yield* use(lock, function* () { yield* sleep(0); inside++ })
        yield* use(semaphore, function* () { yield* sleep(1) })
        yield* use(k % 3 === 0 ? shared.write : shared.read, function* () { yield })
        yield* use(condition, function* () {
          if (++inside === 20) condition.notifyAll()
          else yield* condition.waitFor(() => inside >= 20)
        })
        yield* barrier.wait()
      }())
    }
  })
  const limits = yield* gather(impatient, { returnExceptions: true })
  assert(limits.every(end => end instanceof TimeoutError))
  assert.equal(inside, 20)
}

/** Greenlets that switch to and fro, one that ends and some that are left half way. */
function* greenlets(): Coroutine<void> {
  for (let k = 0; k < 20; k++) {
    const other: Greenlet = greenlet(function* (word: string): Coroutine<string> {
      for (let i = 0; i < 10; i++) word += yield* (getCurrent().parent as Greenlet).switch<string>(word)
      return word
    }, getCurrent())
    for (let i = 0; i < (k % 2 === 0 ? 11 : 5); i++) yield* other.switch('x')
    assert.equal(other.dead, k % 2 === 0)
    yield
  }
}

const countdown = coroutine(function* (n: number): Coroutine<number> { return n === 0 ? yield* sleep(0, 0) : 1 + (yield* countdown(n - 1)) })

const numbers = asyncGenerator(function* (count: number) {
  for (const n of range(count)) {
    yield* sleep(0)
    yield* emit(n)
  }
})

function* generators(): Coroutine<void> {
  assert.equal(yield* countdown(300), 300)
  const half = pyGenerator(function* () { yield* yieldFrom(pyGenerator(function* () { for (;;) yield 1 })) })
  half.next()
  const seen: number[] = []
  yield* forEach(numbers(20), function* (n) { seen.push(n) })
  assert.equal(sum(seen), 190)
  const left = numbers(1000)
  yield* use(aclosing(left), function* () { assert.equal((yield* left.anext()).value, 0) })
}

const user = new ContextVar<number>('user')

function* contexts(): Coroutine<void> {
  yield* gather(range(20).map(function* (n) {
    user.set(n)
    yield* sleep(1)
    assert.equal(user.get(), n)
  }))
}

export const programs: readonly (() => Coroutine<void>)[] =
  [turns, timers, queues, channels, groups, several, cancels, owners, locks, greenlets, generators, contexts]
