import { Barrier, CapacityLimiter, Condition, type Coroutine, Event, Lock, ReadWriteLock, Semaphore, createTask, currentTask, formatWaitTree, getRunningLoop,
  greenlet, sleep, use } from '../../lib/index.ts'
import { deadlock, story } from '../support/stories.ts'

describe('statistics()', () => {
  it('of a barrier say how many wait, and for how many', () => {
    expect(story(function* (log) {
      const barrier = new Barrier(2)
      const task = createTask(barrier.wait())
      yield
      log.push(barrier.statistics())
      yield* barrier.wait()
      yield* task
      yield* barrier.abort()
      log.push(barrier.statistics())
    })).toEqual([{ parties: 2, tasksWaiting: 1, broken: false }, { parties: 2, tasksWaiting: 0, broken: true }])
  })

  it('say who has it, and how many wait', () => {
    expect(story(function* (log) {
      const me = currentTask()
      const [lock, event, semaphore, limiter] = [new Lock(), new Event(), new Semaphore(2), new CapacityLimiter(1)]
      const condition = new Condition(lock)
      log.push(lock.statistics())
      for (const each of [lock, semaphore, limiter]) yield* each.acquire()
      const wait = (what: Coroutine<unknown>) => createTask(what)
      const tasks = [lock.acquire(), event.wait(), semaphore.acquire(2), limiter.acquire(), event.wait()].map(wait)
      yield
      const { owner, ...rest } = lock.statistics()
      log.push(owner === me, rest, event.statistics(), semaphore.statistics())
      const { borrowers, ...tokens } = limiter.statistics()
      log.push(borrowers.length === 1 && borrowers[0] === me, tokens)
      log.push(condition.statistics().lockStatistics.tasksWaiting, condition.statistics().tasksWaiting)
      for (const task of tasks) task.cancel()
      yield* sleep(1)
      lock.release()
      log.push(lock.statistics().owner)
    })).toEqual([
      { locked: false, owner: null, tasksWaiting: 0 },
      true, { locked: true, tasksWaiting: 1 }, { tasksWaiting: 2 }, { value: 1, tasksWaiting: 1 },
      true, { borrowedTokens: 1, totalTokens: 1, tasksWaiting: 1 }, 1, 0, null,
    ])
  })

  it('know no owner where plain code has taken the lock', () => {
    expect(story(function* (log) {
      const lock = new Lock()
      getRunningLoop().callSoon(() => { greenlet(() => lock.acquire()).resume() })
      yield* sleep(1)
      log.push(lock.statistics())
    })).toEqual([{ locked: true, owner: null, tasksWaiting: 0 }])
  })
})

describe('a report of who waits for what', () => {
  it('names those who have it', () => {
    expect(deadlock(function* () {
      const [fork, spoon] = [new Lock(), new Lock()]
      function* eat(first: Lock, second: Lock): Coroutine<void> {
        yield* use(first, function* () {
          yield* sleep(1)
          yield* second.acquire()
        })
      }
      createTask(eat(fork, spoon), { name: 'Ann' })
      createTask(eat(spoon, fork), { name: 'Ben' })
      const lock = new ReadWriteLock()
      for (const name of ['a', 'b', 'c', 'd', 'e']) {
        createTask(function* (): Coroutine<void> {
          yield* lock.read.acquire()
          yield* new Event().wait()
        }(), { name })
      }
      yield* sleep(1)
      yield* lock.write.acquire()
    }).filter(line => line.includes('which')).map(line => line.slice(0, line.lastIndexOf(',')))).toEqual([
      'main waits for <ReadWriteLock [reading:5, waiting:1]>, which a and b and c and 2 more hold',
      'Ann waits for <Lock [locked, waiting:1]>, which Ben holds',
      'Ben waits for <Lock [locked, waiting:1]>, which Ann holds',
    ])
  })

  it('does so in the tree', () => {
    expect(story(function* (log) {
      const [lock, limiter, both] = [new Lock(), new CapacityLimiter(1), new ReadWriteLock()]
      for (const each of [lock, limiter, both.write]) yield* each.acquire()
      yield* limiter.acquireOnBehalfOf.call(new CapacityLimiter(1), 'somebody')
      const waits: Coroutine<unknown>[] = [lock.acquire(), limiter.acquire(), both.read.acquire()]
      const tasks = waits.map((wait, i) => createTask(wait, { name: `t${i}` }))
      yield
      log.push(...formatWaitTree().split('\n').slice(1).map(line => line.slice(line.indexOf('waits'))))
      for (const task of tasks) task.cancel()
    })).toEqual([
      'waits for <Lock [locked, waiting:1]>, which Task-1 holds', 'waits for <CapacityLimiter [borrowed:1/1, waiting:1]>, which Task-1 holds',
      'waits for <ReadWriteLock [writing, waiting:1]>, which Task-1 holds',
    ])
  })
})
