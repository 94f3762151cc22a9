import {
  CancelScope, Condition, type Coroutine, Lock, createTask, gather, greenlet, sleep, use,
} from '../../lib/index.ts'
import { attempt, slip, story, virtual } from '../support/stories.ts'

describe('a Condition', () => {
  it('says whether its lock is taken, and how many wait', () => {
    expect(story(function* (log) {
      const lock = new Lock()
      const condition = new Condition(lock)
      log.push(String(condition), condition.locked())
      const task = createTask(use(condition, () => condition.wait()))
      yield
      log.push(String(condition))
      yield* condition.acquire()
      condition.notify()
      log.push(String(condition), condition.locked(), lock.locked())
      condition.release()
      log.push(yield* task, String(condition))
    })).toEqual([
      '<Condition [unlocked, waiting:0]>', false, '<Condition [unlocked, waiting:1]>',
      '<Condition [locked, waiting:0]>', true,
      true, true, '<Condition [unlocked, waiting:0]>',
    ])
  })

  it('takes a lock, and nothing else', () => {
    expect([5, 'lock', null, {}, Lock].map(what => slip(() => new Condition(what as never)))).toEqual(
      ['5', "'lock'", 'null', 'Object',
        'Lock()'].map(what => `TypeError NOT_A_LOCK: Condition() takes a Lock, not ${what}`))
    class Door extends Lock { }
    expect(new Condition(new Door()).locked()).toBe(false)
  })

  it('is waited for and notified by who has its lock', () => {
    const words = (what: string) => `RuntimeError NOT_ACQUIRED: cannot ${what} un-acquired lock. ` +
      'Write yield* use(condition, function* () {...})'
    expect(story(function* (log) {
      const condition = new Condition()
      log.push(yield* attempt(() => condition.wait()), yield* attempt(() => condition.waitFor(() => false)))
      log.push(slip(() => { condition.notify() }), slip(() => { condition.notifyAll() }),
        slip(() => { condition.release() }))
      log.push(yield* condition.waitFor(() => 'no need to wait'))
    })).toEqual([
      words('wait on'), words('wait on'), words('notify on'), words('notify on'),
      'RuntimeError NOT_ACQUIRED: Lock is not acquired.', 'no need to wait',
    ])
  })

  it('wakes as many as are asked for, in the order they came; each goes on with the lock', () => {
    expect(story(function* (log) {
      const condition = new Condition()
      function* waits(name: string): Coroutine<void> {
        yield* use(condition, function* () {
          yield* condition.wait()
          log.push(`${name} in`)
          yield* sleep(1)
          log.push(`${name} out`)
        })
      }
      const tasks = ['a', 'b', 'c', 'd'].map(name => createTask(waits(name)))
      yield
      yield* use(condition, function* () { condition.notify() })
      yield* sleep(5)
      yield* use(condition, function* () { condition.notify(2) })
      yield* sleep(5)
      yield* use(condition, function* () { condition.notifyAll() })
      yield* gather(tasks)
    })).toEqual(['a in', 'a out', 'b in', 'b out', 'c in', 'c out', 'd in', 'd out'])
  })

  it('gives what the predicate gave, when that is true at last', () => {
    expect(story(function* (log) {
      const condition = new Condition()
      const items: string[] = []
      const task = createTask(use(condition, () => condition.waitFor(() => items.length > 1 && items.join())))
      for (const item of ['a', 'b', 'c']) {
        yield* use(condition, function* () {
          items.push(item)
          condition.notifyAll()
        })
        yield* sleep(1)
      }
      log.push(yield* task)
    })).toEqual(['a,b'])
  })

  it('throws the error of a predicate, and gives the lock back', () => {
    expect(story(function* (log) {
      const condition = new Condition()
      log.push(yield* attempt(() => use(condition, () => condition.waitFor(() => { throw new RangeError('no') }))))
      log.push(condition.locked())
    })).toEqual(['RangeError undefined: no', false])
  })

  it('may share its lock: to be notified of one is not to be notified of the other', () => {
    expect(story(function* (log) {
      const lock = new Lock()
      const [full, empty] = [new Condition(lock), new Condition(lock)]
      const tasks = [full, empty].map((condition, i) => createTask(use(lock, function* () {
        yield* condition.wait()
        log.push(i)
      })))
      yield
      yield* use(lock, function* () { empty.notifyAll() })
      yield* tasks[1] as NonNullable<typeof tasks[1]>
      log.push(String(full), String(empty))
    })).toEqual([1, '<Condition [unlocked, waiting:1]>', '<Condition [unlocked, waiting:0]>'])
  })

  it('has the lock again when a wait is cancelled, however often; the last error is thrown', () => {
    expect(story(function* (log) {
      const condition = new Condition()
      const task = createTask(use(condition, function* () {
        try {
          yield* condition.wait()
        } finally {
          log.push(['with the lock', condition.locked()])
        }
      }))
      yield
      yield* condition.acquire()
      for (const message of ['once', 'twice', 'thrice']) {
        task.cancel(message)
        yield* sleep(1)
        log.push(message)
      }
      condition.release()
      log.push(yield* attempt(function* () { return yield* task }), condition.locked())
    })).toEqual(['once', 'twice', 'thrice', ['with the lock', true], 'CancelledError CANCELLED: thrice', false])
  })

  it('waits for the lock in a cancelled scope, too, and is out of its reach', () => {
    expect(story(function* (log) {
      const condition = new Condition()
      const scope = new CancelScope()
      const task = createTask(use(scope, () => use(condition, function* () {
        log.push(yield* attempt(() => condition.wait()), condition.locked())
        yield* sleep(1)
        log.push('never')
      })))
      yield
      yield* condition.acquire()
      scope.cancel('closing time')
      yield* sleep(5)
      log.push('still there')
      task.cancel('by hand')
      yield* sleep(5)
      condition.release()
      log.push(yield* attempt(function* () { return yield* task }), condition.locked())
    })).toEqual([
      'still there', 'CancelledError CANCELLED: by hand', true, 'CancelledError CANCELLED: closing time', false,
    ])
  })

  it('hands a notification on that came too late for one who was cancelled', () => {
    expect(story(function* (log) {
      const condition = new Condition()
      const [a, b] = ['a', 'b'].map(name => createTask(use(condition, function* () {
        yield* condition.wait()
        log.push(name)
      })))
      yield
      yield* use(condition, function* () { condition.notify() })
      a?.cancel()
      yield* sleep(1)
      log.push(a?.cancelled(), b?.done())
    })).toEqual(['b', true, true])
  })

  it('is not left without the lock, not even by a greenlet that is killed', () => {
    expect(story(function* (log) {
      const condition = new Condition()
      const g = greenlet(() => use(condition, () => condition.wait()))
      g.resume()
      yield* condition.acquire()
      log.push((slip(() => { g.kill() }) as string).slice(0, 27), g.dead, String(condition))
      condition.release()
      yield* sleep(1)
      log.push(g.dead, String(condition))
    })).toEqual([
      'GreenletError SURVIVED_KILL', false, '<Condition [locked, waiting:0]>', true,
      '<Condition [unlocked, waiting:0]>',
    ])
  })

  it('is given up by a greenlet that is killed once more while it waits for the lock', () => {
    expect(story(function* (log) {
      const condition = new Condition()
      const g = greenlet(function* () {
        yield* condition.acquire()
        yield* condition.wait()
      })
      g.resume()
      yield* condition.acquire()
      slip(() => { g.kill() })
      g.kill()
      log.push(g.dead, condition.locked())
      condition.release()
      yield* condition.acquire()
    })).toEqual([true, true])
  })

  it('is bound to one loop before it gives the lock back', () => {
    const condition = new Condition()
    expect([virtual(), virtual()].map(() => story(function* (log) {
      log.push(yield* attempt(() => use(condition, function* () {
        createTask(use(condition, function* () { condition.notifyAll() }))
        return yield* condition.wait()
      })), condition.locked())
    }))).toEqual([
      [true, false],
      ['RuntimeError OTHER_LOOP: <Condition [locked, waiting:0]> is bound to a different event loop. ' +
        'Make one for each loop', false],
    ])
  })
})
