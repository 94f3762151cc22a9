import { BoundedSemaphore, type Coroutine, Semaphore, createTask, gather, greenlet, sleep,
  use } from '../../lib/index.ts'
import { attempt, slip, story } from '../support/stories.ts'

function* visit(log: unknown[], semaphore: Semaphore, name: string, ms: number): Coroutine<void> {
  yield* use(semaphore, function* () {
    log.push(`${name} in`)
    yield* sleep(ms)
    log.push(`${name} out`)
  })
}

describe('a Semaphore', () => {
  it('says how many may enter, and how many wait', () => {
    expect(story(function* (log) {
      const semaphore = new Semaphore(2)
      log.push(String(semaphore), semaphore.locked(), yield* semaphore.acquire(), String(semaphore))
      yield* semaphore.acquire()
      log.push(String(semaphore), semaphore.locked())
      const task = createTask(semaphore.acquire())
      yield
      log.push(String(semaphore))
      semaphore.release()
      log.push(String(semaphore)) // the task has entered, though its turn has not come
      log.push(yield* task, String(semaphore), String(new Semaphore()), String(new BoundedSemaphore(0)))
    })).toEqual([
      '<Semaphore [unlocked, value:2, waiting:0]>', false, true, '<Semaphore [unlocked, value:1, waiting:0]>',
      '<Semaphore [locked, waiting:0]>', true, '<Semaphore [locked, waiting:1]>', '<Semaphore [locked, waiting:0]>',
      true,
      '<Semaphore [locked, waiting:0]>', '<Semaphore [unlocked, value:1, waiting:0]>',
      '<BoundedSemaphore [locked, waiting:0]>',
    ])
  })

  it('goes by the name of its class', () => {
    class Gate extends BoundedSemaphore {}
    expect(String(new Gate(3))).toBe('<Gate [unlocked, value:3, waiting:0]>')
  })

  it.each([Semaphore, BoundedSemaphore])('is made of a number that is not negative: %p', made => {
    const bad = (what: unknown) => slip(() => new made(what as never))
    const negative = 'ValueError NEGATIVE: Semaphore initial value must be >= 0'
    const words = (what: string) => `TypeError NOT_A_NUMBER: Semaphore() takes a number, not ${what}`
    expect([-1, NaN, -Infinity, '1', null, {}, 1n].map(bad))
      .toEqual([negative, words('NaN'), negative, words("'1'"), words('null'), words('Object. Write the number alone, without a name'), words('1n')])
    expect(String(new made(Infinity))).toBe(`<${made.name} [unlocked, value:Infinity, waiting:0]>`)
  })

  it('lets so many in at a time, and the next when one leaves', () => {
    expect(story(function* (log) {
      const semaphore = new Semaphore(2)
      yield* gather([visit(log, semaphore, 'a', 10), visit(log, semaphore, 'b', 5), visit(log, semaphore, 'c', 1),
        visit(log, semaphore, 'd', 9)])
      log.push(String(semaphore))
    })).toEqual([
      'a in', 'b in', 'b out', 'c in', 'c out', 'd in', 'a out', 'd out', '<Semaphore [unlocked, value:2, waiting:0]>',
    ])
  })

  it('never lets anybody in before who waits longer', () => {
    expect(story(function* (log) {
      const semaphore = new Semaphore(1)
      const late = function* () {
        log.push(semaphore.locked())
        yield* visit(log, semaphore, 'late', 0)
      }
      yield* gather([visit(log, semaphore, 'a', 0), visit(log, semaphore, 'b', 0), function* () {
        yield
        yield* late()
      }()])
    })).toEqual(['a in', 'a out', true, 'b in', 'b out', 'late in', 'late out'])
  })

  it('counts one that was let in before its turn came: who comes now waits, though there is room', () => {
    expect(story(function* (log) {
      const semaphore = new Semaphore(0)
      createTask(visit(log, semaphore, 'a', 5))
      yield
      semaphore.release()
      semaphore.release()
      log.push(semaphore.locked(), String(semaphore))
      yield* visit(log, semaphore, 'late', 0)
      yield* sleep(9)
    })).toEqual([true, '<Semaphore [locked, waiting:0]>', 'a in', 'late in', 'late out', 'a out'])
  })

  it('lets in those who came while others, who are cancelled, stood before them', () => {
    expect(story(function* (log) {
      const semaphore = new Semaphore(0)
      const [a, b] = ['a', 'b', 'c', 'd'].map(name => createTask(visit(log, semaphore, name, 0)))
      yield
      semaphore.release()
      semaphore.release()
      a?.cancel() // both had entered
      b?.cancel()
      yield* sleep(1)
      log.push(a?.cancelled(), b?.cancelled(), String(semaphore))
    })).toEqual(['c in', 'd in', 'c out', 'd out', true, true, '<Semaphore [unlocked, value:2, waiting:0]>'])
  })

  it('gives back what a greenlet had that is killed', () => {
    expect(story(function* (log) {
      const semaphore = new Semaphore(0)
      const [a, b] = ['a', 'b'].map(name => greenlet(() => visit(log, semaphore, name, 0)))
      a?.resume()
      b?.resume()
      semaphore.release()
      a?.kill()
      yield* sleep(1)
      log.push(String(semaphore))
    })).toEqual(['b in', 'b out', '<Semaphore [unlocked, value:1, waiting:0]>'])
  })

  it('may be released more often than acquired; a BoundedSemaphore may not', () => {
    const [open, bounded] = [new Semaphore(1), new BoundedSemaphore(1)]
    open.release()
    const refusal = 'ValueError RELEASED_TOO_OFTEN: BoundedSemaphore released too many times'
    expect([String(open), slip(() => { bounded.release() }), String(bounded)])
      .toEqual(['<Semaphore [unlocked, value:2, waiting:0]>', refusal,
        '<BoundedSemaphore [unlocked, value:1, waiting:0]>'])
    expect(story(function* (log) {
      const semaphore = new BoundedSemaphore(1)
      yield* semaphore.acquire()
      const task = createTask(visit(log, semaphore, 'a', 5))
      yield
      semaphore.release()
      yield* task
      log.push(slip(() => { semaphore.release() }))
    })).toEqual(['a in', 'a out', refusal])
  })
})

describe('half a place', () => {
  it('is none', () => {
    expect(slip(() => new Semaphore(1.5))).toBe('TypeError NOT_WHOLE: Semaphore() takes a whole number, not 1.5')
  })
})

describe('a Semaphore of which one takes more than one', () => {
  it('lets one in that needs several when as many are free, and not before', () => {
    expect(story(function* (log) {
      const semaphore = new Semaphore(0)
      const task = createTask(semaphore.acquire(3))
      yield* sleep(1)
      for (let i = 0; i < 4; i++) {
        semaphore.release()
        log.push(String(semaphore))
      }
      log.push(yield* task, String(semaphore))
    })).toEqual([
      '<Semaphore [locked, waiting:1]>', '<Semaphore [locked, waiting:1]>', '<Semaphore [locked, waiting:0]>', '<Semaphore [locked, waiting:0]>',
      true, '<Semaphore [unlocked, value:1, waiting:0]>',
    ])
  })

  it('lets in who waits longest, also when another one needs less', () => {
    expect(story(function* (log) {
      const semaphore = new Semaphore(3)
      function* takes(n: number, ms: number): Coroutine<void> {
        yield* use(semaphore.taking(n), function* () {
          log.push(`${n} in`)
          yield* sleep(ms)
        })
        log.push(`${n} out`)
      }
      yield* gather([takes(2, 2), takes(3, 1), takes(1, 1)])
      log.push(String(semaphore))
    })).toEqual(['2 in', '2 out', '3 in', '3 out', '1 in', '1 out', '<Semaphore [unlocked, value:3, waiting:0]>'])
  })

  it('lets those in who can go when one that stood before them is cancelled', () => {
    expect(story(function* (log) {
      const semaphore = new Semaphore(2)
      yield* semaphore.acquire()
      const big = createTask(semaphore.acquire(2))
      const small = createTask(function* () { log.push(yield* semaphore.acquire()) }())
      yield* sleep(1)
      big.cancel()
      yield* small
      semaphore.release(2)
      const two = createTask(semaphore.acquire(2))
      const next = createTask(semaphore.acquire(3))
      yield
      log.push(semaphore.statistics())
      semaphore.release(3)
      next.cancel() // it has entered, and does not know yet
      yield* sleep(1)
      log.push(two.done(), next.cancelled(), semaphore.statistics())
    })).toEqual([true, { value: 0, tasksWaiting: 1 }, true, true, { value: 3, tasksWaiting: 0 }])
  })

  it('lets in by priority, the least first, and by time among equals', () => {
    expect(story(function* (log) {
      const semaphore = new Semaphore(1)
      yield* semaphore.acquire()
      function* takes(name: string, priority?: number): Coroutine<void> {
        yield* semaphore.acquire(1, priority === undefined ? {} : { priority })
        log.push(name)
        semaphore.release()
      }
      const tasks = [takes('a'), takes('b', 5), takes('c', -1), takes('d'), takes('e', -1), takes('f', 5)].map(each => createTask(each))
      yield
      semaphore.release()
      yield* gather(tasks)
    })).toEqual(['c', 'e', 'a', 'd', 'b', 'f'])
  })

  it('lets one in at once that goes before all that wait', () => {
    expect(story(function* (log) {
      const semaphore = new Semaphore(1)
      const big = createTask(semaphore.acquire(2))
      yield
      log.push(semaphore.locked(), yield* semaphore.acquire(1, { priority: -1 }), semaphore.statistics())
      semaphore.release(2)
      log.push(yield* big)
    })).toEqual([true, true, { value: 0, tasksWaiting: 1 }, true])
  })

  it('refuses what cannot be', () => {
    expect(story(function* (log) {
      const [semaphore, bounded] = [new Semaphore(1), new BoundedSemaphore(2)]
      const tries: (() => Coroutine<unknown>)[] = [() => semaphore.acquire(0), () => semaphore.acquire(1.5), () => bounded.acquire(3),
        () => semaphore.acquire(1, { priority: NaN }), () => use(bounded.taking(0), () => sleep(1))]
      for (const each of tries) log.push(yield* attempt(each))
      yield* bounded.acquire()
      log.push(slip(() => { bounded.release(2) }), slip(() => { semaphore.release(0) }), String(bounded), String(semaphore))
    })).toEqual([
      'ValueError NEGATIVE: acquire() takes 1 or more, not 0', 'TypeError NOT_WHOLE: acquire() takes a whole number, not 1.5',
      'ValueError NO_ROOM: acquire() asks for 3 of a BoundedSemaphore that has 2: it would wait for ever',
      'TypeError NOT_A_NUMBER: the priority of acquire() takes a number, not NaN', 'ValueError NEGATIVE: taking() takes 1 or more, not 0',
      'ValueError RELEASED_TOO_OFTEN: BoundedSemaphore released too many times', 'ValueError NEGATIVE: release() takes 1 or more, not 0',
      '<BoundedSemaphore [unlocked, value:1, waiting:0]>', '<Semaphore [unlocked, value:1, waiting:0]>',
    ])
  })
})
