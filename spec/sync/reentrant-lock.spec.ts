import { type Coroutine, ReentrantLock, createTask, gather, getRunningLoop, greenlet, sleep, use } from '../../lib/index.ts'
import { attempt, deadlock, slip, story } from '../support/stories.ts'

describe('a ReentrantLock', () => {
  it('is taken again by the task that has it, and free when it was given back as often', () => {
    expect(story(function* (log) {
      const lock = new ReentrantLock()
      function* visit(name: string, depth: number): Coroutine<void> {
        yield* use(lock, function* () {
          log.push(`${name} ${depth}`)
          yield* sleep(1)
          if (depth < 2) yield* visit(name, depth + 1)
        })
      }
      const task = createTask(visit('a', 0))
      yield* gather([task, createTask(visit('b', 1)), createTask(function* (): Coroutine<void> {
        yield* sleep(2)
        log.push(String(lock), lock.depth, lock.locked(), lock.statistics().owner === task, lock.statistics().tasksWaiting)
      }())])
      log.push(String(lock), lock.statistics())
    })).toEqual([
      'a 0', 'a 1', '<ReentrantLock [locked, depth:2, waiting:1]>', 2, true, true, 1, 'a 2', 'b 1', 'b 2',
      '<ReentrantLock [unlocked, waiting:0]>', { locked: false, owner: null, tasksWaiting: 0 },
    ])
  })

  it('belongs to a task: another one, and plain code, cannot give it back', () => {
    expect(story(function* (log) {
      const lock = new ReentrantLock()
      yield* lock.acquire()
      const other = createTask(function* () { log.push(slip(() => { lock.release() })) }())
      yield* other
      getRunningLoop().callSoon(() => { log.push(slip(() => { greenlet(() => lock.acquire()).resume() })) })
      yield* sleep(1)
      lock.release()
      log.push(slip(() => { lock.release() }))
    })).toEqual([
      'RuntimeError NOT_ACQUIRED: this task does not have the ReentrantLock. Only the task that took it can give it back',
      'RuntimeError NO_TASK: a ReentrantLock belongs to a task. Take it, and give it back, in a coroutine that a task runs',
      'RuntimeError NOT_ACQUIRED: this task does not have the ReentrantLock. Only the task that took it can give it back',
    ])
  })

  it('goes to the next when who waits is cancelled', () => {
    expect(story(function* (log) {
      const lock = new ReentrantLock()
      yield* lock.acquire()
      const [a, b] = [createTask(lock.acquire()), createTask(use(lock, function* () { log.push('b') }))]
      yield
      lock.release()
      a.cancel()
      log.push(yield* attempt(() => a))
      yield* b
      log.push(String(lock))
    })).toEqual(['b', 'CancelledError CANCELLED: ', '<ReentrantLock [unlocked, waiting:0]>'])
  })

  it('is named with the task that has it, when nobody can go on', () => {
    expect(deadlock(function* () {
      const lock = new ReentrantLock()
      yield* lock.acquire()
      yield* createTask(use(lock, function* () { /* never */ }), { name: 'other' })
    })[1]).toBe('other waits for <ReentrantLock [locked, depth:1, waiting:1]>, which main holds, in use')
  })
})
