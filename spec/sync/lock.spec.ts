import { type Coroutine, EventLoop, Lock, createTask, currentTask, gather, greenlet, run, sleep,
  use } from '../../lib/index.ts'
import { attempt, slip, story, virtual } from '../support/stories.ts'

/** Take it, keep it for a while, give it back. */
function* visit(log: unknown[], lock: Lock, name: string, ms = 0): Coroutine<void> {
  yield* use(lock, function* () {
    log.push(name)
    yield* sleep(ms)
  })
}

describe('a Lock', () => {
  it('says whether it is taken, and how many wait for it', () => {
    expect(story(function* (log) {
      const lock = new Lock()
      log.push(String(lock), lock.locked(), yield* lock.acquire(), String(lock), lock.locked())
      const [a] = [visit(log, lock, 'a'), visit(log, lock, 'b')].map(visitor => createTask(visitor))
      yield
      log.push(String(lock))
      a?.cancel()
      log.push(String(lock))
      lock.release()
      log.push(String(lock), lock.locked())
      yield* sleep(1)
      log.push(String(lock))
    })).toEqual([
      '<Lock [unlocked, waiting:0]>', false, true, '<Lock [locked, waiting:0]>', true, '<Lock [locked, waiting:2]>',
      '<Lock [locked, waiting:1]>', '<Lock [unlocked, waiting:1]>', false, 'b', '<Lock [unlocked, waiting:0]>',
    ])
  })

  it('is taken without waiting when it is free, in code that no loop runs, too', () => {
    const lock = new Lock()
    const log: unknown[] = []
    greenlet(function* () {
      log.push(yield* lock.acquire())
      lock.release()
      log.push(yield* use(lock, function* () { return String(lock) }))
    }).resume()
    expect(log).toEqual([true, '<Lock [locked, waiting:0]>'])
  })

  it('can be used in one loop after the other, as long as nobody waits', () => {
    const lock = new Lock()
    const log: unknown[] = []
    for (const name of ['first', 'second']) run(visit(log, lock, name, 5), virtual())
    expect(log).toEqual(['first', 'second'])
  })

  it('is not taken twice by the same task: that would be a deadlock', () => {
    expect(slip(() => run((function* (): Coroutine<void> {
      const lock = new Lock()
      yield* lock.acquire()
      yield* lock.acquire()
    })(), virtual()))).toMatch(/DEADLOCK: .*\n {2}Task-\d+ waits for <Lock \[locked, waiting:1\]>, which Task-\d+ holds, in/)
  })

  it('is refused by release() when nobody has it', () => {
    const lock = new Lock()
    const refusal = 'RuntimeError NOT_ACQUIRED: Lock is not acquired.'
    expect(story(function* (log) {
      log.push(slip(() => { lock.release() }))
      yield* lock.acquire()
      createTask(visit(log, lock, 'a', 5))
      yield
      lock.release()
      log.push(slip(() => { lock.release() })) // it is a's, whose turn has not come
      yield* sleep(10)
      log.push(yield* attempt(() => use(lock, function* () { lock.release() })))
    })).toEqual([refusal, refusal, 'a', refusal])
  })

  it('is not overtaken: who gives it back and wants it again goes to the end', () => {
    expect(story(function* (log) {
      const lock = new Lock()
      function* regular(name: string): Coroutine<void> {
        for (let i = 1; i <= 3; i++) {
          yield* lock.acquire()
          log.push(`${name}${i}`)
          if (i === 1) yield
          lock.release()
        }
      }
      yield* gather([regular('a'), regular('b'), regular('c')])
    })).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'c2', 'a3', 'b3', 'c3'])
  })

  it('passes over those that are cancelled, before and after it was theirs', () => {
    expect(story(function* (log) {
      const lock = new Lock()
      yield* lock.acquire()
      const [a, b, c, d] = ['a', 'b', 'c', 'd', 'e'].map(name => createTask(visit(log, lock, name)))
      yield
      b?.cancel()
      lock.release()
      a?.cancel() // it was a's already
      c?.cancel()
      yield* attempt(() => gather([a, b, c].map(task => task as NonNullable<typeof task>)))
      log.push([a, b, c, d].map(task => task?.state))
      yield* sleep(1)
    })).toEqual(['d', ['cancelled', 'cancelled', 'cancelled', 'pending'], 'e'])
  })

  it('is free when all that wait for it are cancelled in the turn in which it is given back', () => {
    expect(story(function* (log) {
      const lock = new Lock()
      yield* lock.acquire()
      const tasks = ['a', 'b', 'c'].map(name => createTask(visit(log, lock, name)))
      yield
      for (const task of tasks) task.cancel()
      lock.release()
      const late = createTask(visit(log, lock, 'late'))
      yield* sleep(1)
      log.push(String(lock), late.done())
    })).toEqual(['late', '<Lock [unlocked, waiting:0]>', true])
  })

  it('waits for the first to leave that was cancelled, and then goes to who stood behind it', () => {
    expect(story(function* (log) {
      const lock = new Lock()
      yield* lock.acquire()
      const [a] = ['a', 'b'].map(name => createTask(visit(log, lock, name)))
      yield
      a?.cancel()
      lock.release()
      const third = createTask(visit(log, lock, 'c'))
      log.push(yield* attempt(function* () { // it is free, but b waits for it
        yield* lock.acquire()
        lock.release()
        return 'main'
      }), third.done())
      yield* third
    })).toEqual(['b', 'main', false, 'c'])
  })

  it('belongs to nobody: another task may give it back', () => {
    expect(story(function* (log) {
      const lock = new Lock()
      yield* lock.acquire()
      createTask((function* (): Coroutine<void> { lock.release() })())
      log.push(yield* lock.acquire())
    })).toEqual([true])
  })

  it('is for greenlets, too: a task waits in one of its own, and what kills one that was let in lets in the next',
    () => {
    const log: unknown[] = []
    const loop = new EventLoop(virtual())
    const lock = new Lock()
    const [a, b] = ['a', 'b'].map(name => greenlet(() => visit(log, lock, name)))
    const c = greenlet(function* () {
      yield* visit(log, lock, `c, in ${String(currentTask()?.getName())}`)
    })
    loop.callSoon(() => {
      greenlet(() => lock.acquire()).resume()
      a?.resume()
      b?.resume()
    })
    loop.createTask((function* (): Coroutine<void> { yield* c.switch() })(), { name: 'the task' })
    loop.tick()
    loop.callSoon(() => {
      lock.release()
      a?.kill()
    })
    while (loop.tick().ready > 0);
    loop.runUntilComplete(sleep(1))
    log.push(String(lock))
    expect(log).toEqual(['b', 'c, in the task', '<Lock [unlocked, waiting:0]>'])
  })
})
