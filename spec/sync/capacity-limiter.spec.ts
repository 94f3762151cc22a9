import {
  CapacityLimiter, type Coroutine, EventLoop, createTask, gather, greenlet, sleep, use, wait,
} from '../../lib/index.ts'
import { attempt, slip, story, virtual } from '../support/stories.ts'

const twice = 'RuntimeError BORROWED_TWICE: this borrower is already holding, or waiting for, ' +
  "one of this CapacityLimiter's tokens"
const none = "RuntimeError NOT_A_BORROWER: this borrower isn't holding any of this CapacityLimiter's tokens"
const full = 'WouldBlock WOULD_BLOCK: no token is free. Write yield* limiter.acquire() to wait for one'

describe('a CapacityLimiter', () => {
  it('counts tokens: those there are, that are borrowed, and that are left', () => {
    expect(story(function* (log) {
      const limiter = new CapacityLimiter(2)
      const note = () => {
        const { totalTokens, borrowedTokens, availableTokens, waiting } = limiter
        log.push([String(limiter), totalTokens, borrowedTokens, availableTokens, waiting])
      }
      note()
      yield* limiter.acquire()
      const tasks = ['a', 'b', 'c'].map(name => createTask(limiter.acquireOnBehalfOf(name)))
      yield
      note()
      limiter.releaseOnBehalfOf('a')
      note() // b's turn has not come, but a token is kept for it
      yield* sleep(1)
      tasks[2]?.cancel()
      note()
    })).toEqual([
      ['<CapacityLimiter [borrowed:0/2, waiting:0]>', 2, 0, 2, 0],
      ['<CapacityLimiter [borrowed:2/2, waiting:2]>', 2, 2, 0, 2],
      ['<CapacityLimiter [borrowed:2/2, waiting:1]>', 2, 2, 0, 1],
      ['<CapacityLimiter [borrowed:2/2, waiting:0]>', 2, 2, 0, 0],
    ])
  })

  it('has a whole number of tokens that is not negative, now and later', () => {
    const limiter = new CapacityLimiter(1)
    const bad = (what: unknown) => [slip(() => new CapacityLimiter(what as never)),
      slip(() => limiter.totalTokens = what as never)]
    const few = 'ValueError NEGATIVE: totalTokens must be >= 0'
    const words = (what: string) => `TypeError NOT_A_NUMBER: a CapacityLimiter takes a number, not ${what}`
    expect([-1, NaN, -5, '1', undefined].flatMap(bad)).toEqual(
      [few, words('NaN'), few, words("'1'"), words('undefined')].flatMap(line => [line, line]))
    const broken = 'TypeError NOT_WHOLE: a CapacityLimiter takes a whole number, not 1.5'
    expect(bad(1.5)).toEqual([broken, broken])
    expect([limiter.totalTokens, String(new CapacityLimiter(Infinity))])
      .toEqual([1, '<CapacityLimiter [borrowed:0/Infinity, waiting:0]>'])
  })

  it('may have no token for a while', () => {
    expect(story(function* (log) {
      const limiter = new CapacityLimiter(0)
      const task = createTask(limiter.acquire())
      yield* sleep(5)
      log.push(task.done(), limiter.waiting)
      limiter.totalTokens = 1
      yield* task
      log.push(limiter.borrowedTokens)
    })).toEqual([false, 1, 1])
  })

  it('lends to a task, which gives back what is its own', () => {
    expect(story(function* (log) {
      const limiter = new CapacityLimiter(2)
      log.push(slip(() => { limiter.release() }))
      yield* limiter.acquire()
      log.push(yield* attempt(() => limiter.acquire()), slip(() => { limiter.acquireNowait() }))
      const other = createTask((function* (): Coroutine<void> {
        log.push(slip(() => { limiter.release() }))
        limiter.acquireNowait()
        log.push(String(limiter))
      })())
      yield* other
      log.push(slip(() => { limiter.releaseOnBehalfOf('nobody') }))
      limiter.releaseOnBehalfOf(other)
      limiter.release()
      log.push(String(limiter))
    })).toEqual([
      none, twice, twice, none, '<CapacityLimiter [borrowed:2/2, waiting:0]>', none,
      '<CapacityLimiter [borrowed:0/2, waiting:0]>',
    ])
  })

  it('lends to the task that runs acquire(), not to the one that calls it', () => {
    expect(story(function* (log) {
      const limiter = new CapacityLimiter(2)
      const tasks = [limiter.acquire(), limiter.acquire()].map(coroutine => createTask(coroutine))
      yield* gather(tasks)
      log.push(limiter.borrowedTokens, slip(() => { limiter.release() }))
      for (const task of tasks) limiter.releaseOnBehalfOf(task)
      log.push(limiter.borrowedTokens)
    })).toEqual([2, none, 0])
  })

  it('lends to whatever else one likes to tell apart, once', () => {
    expect(story(function* (log) {
      const limiter = new CapacityLimiter(3)
      for (const borrower of [1, 'one', null]) yield* limiter.acquireOnBehalfOf(borrower)
      log.push(yield* attempt(() => limiter.acquireOnBehalfOf('one')),
        slip(() => { limiter.acquireOnBehalfOfNowait(1) }))
      const waiting = createTask(limiter.acquireOnBehalfOf('two'))
      yield
      log.push(yield* attempt(() => limiter.acquireOnBehalfOf('two')),
        slip(() => { limiter.acquireOnBehalfOfNowait('two') }))
      log.push(slip(() => { limiter.releaseOnBehalfOf('two') }))
      waiting.cancel()
      yield* wait([waiting])
      limiter.releaseOnBehalfOf(null)
      yield* limiter.acquireOnBehalfOf('two')
    })).toEqual([twice, twice, twice, twice, none])
  })

  it('knows no task outside of one', () => {
    const limiter = new CapacityLimiter(1)
    const noTask = 'RuntimeError NO_TASK: a CapacityLimiter is acquired by a task. ' +
      'Elsewhere write acquireOnBehalfOf(borrower)'
    const log: unknown[] = [slip(() => { limiter.acquireNowait() }), slip(() => { limiter.release() })]
    greenlet(function* () {
      log.push(yield* attempt(() => limiter.acquire()), yield* attempt(() => use(limiter, function* () { })))
    }).resume()
    limiter.acquireOnBehalfOfNowait('plain code')
    expect([...log, limiter.availableTokens]).toEqual([noTask, noTask, noTask, noTask, 0])
  })

  it('does not lend without waiting when there is no token, or others wait for one', () => {
    expect(story(function* (log) {
      const limiter = new CapacityLimiter(1)
      limiter.acquireNowait()
      log.push(slip(() => { limiter.acquireOnBehalfOfNowait('a') }))
      const task = createTask(limiter.acquireOnBehalfOf('b'))
      yield
      limiter.release()
      log.push(slip(() => { limiter.acquireNowait() }))
      yield* task
      log.push(slip(() => { limiter.acquireNowait() }))
    })).toEqual([full, full, full])
  })

  it('lends in the order they came', () => {
    expect(story(function* (log) {
      const limiter = new CapacityLimiter(2)
      function* visit(name: string, ms: number): Coroutine<void> {
        yield* use(limiter, function* () {
          log.push(`${name} in`)
          yield* sleep(ms)
        })
        log.push(`${name} out`)
      }
      yield* gather([visit('a', 5), visit('b', 1), visit('c', 9), visit('d', 1)])
    })).toEqual(['a in', 'b in', 'b out', 'c in', 'a out', 'd in', 'd out', 'c out'])
  })

  it('passes the token of one that is cancelled before its turn to the next', () => {
    expect(story(function* (log) {
      const limiter = new CapacityLimiter(1)
      yield* limiter.acquire()
      const [a, b] = ['a', 'b'].map(name => createTask(limiter.acquireOnBehalfOf(name)))
      yield
      limiter.release()
      a?.cancel()
      yield* sleep(1)
      log.push(a?.cancelled(), b?.done(), String(limiter), slip(() => { limiter.releaseOnBehalfOf('a') }))
      limiter.releaseOnBehalfOf('b')
      log.push(String(limiter))
    })).toEqual([
      true, true, '<CapacityLimiter [borrowed:1/1, waiting:0]>', none, '<CapacityLimiter [borrowed:0/1, waiting:0]>',
    ])
  })

  it('can get more tokens, which go to those that wait, and fewer, which nobody has to give back', () => {
    expect(story(function* (log) {
      const limiter = new CapacityLimiter(1)
      const tasks = ['a', 'b', 'c', 'd', 'e'].map(name => createTask(limiter.acquireOnBehalfOf(name)))
      yield
      limiter.totalTokens = 3
      yield* sleep(1)
      log.push(String(limiter), tasks.map(task => task.done()))
      limiter.totalTokens = 1
      log.push(String(limiter), limiter.availableTokens)
      for (const name of ['a', 'b']) limiter.releaseOnBehalfOf(name)
      yield* sleep(1)
      log.push(String(limiter))
      limiter.releaseOnBehalfOf('c')
      yield* sleep(1)
      log.push(String(limiter))
      limiter.totalTokens = Infinity
      yield* gather(tasks)
      log.push(String(limiter), limiter.availableTokens)
    })).toEqual([
      '<CapacityLimiter [borrowed:3/3, waiting:2]>', [true, true, true, false, false],
      '<CapacityLimiter [borrowed:3/1, waiting:2]>', -2, '<CapacityLimiter [borrowed:1/1, waiting:2]>',
      '<CapacityLimiter [borrowed:1/1, waiting:1]>', '<CapacityLimiter [borrowed:2/Infinity, waiting:0]>', Infinity,
    ])
  })

  it('lends nothing to one that is cancelled while tokens become fewer', () => {
    expect(story(function* (log) {
      const limiter = new CapacityLimiter(2)
      for (const name of ['a', 'b']) limiter.acquireOnBehalfOfNowait(name)
      const [c] = ['c', 'd'].map(name => createTask(limiter.acquireOnBehalfOf(name)))
      yield
      limiter.releaseOnBehalfOf('a')
      limiter.totalTokens = 1
      c?.cancel()
      yield* sleep(1)
      log.push(String(limiter))
      limiter.releaseOnBehalfOf('b')
      yield* sleep(1)
      log.push(String(limiter))
    })).toEqual(['<CapacityLimiter [borrowed:1/1, waiting:1]>', '<CapacityLimiter [borrowed:1/1, waiting:0]>'])
  })

  it('is what the task of a greenlet borrows from', () => {
    expect(story(function* (log) {
      const limiter = new CapacityLimiter(1)
      yield* greenlet(() => limiter.acquire()).switch()
      log.push(yield* attempt(() => limiter.acquire()))
      limiter.release()
      log.push(String(limiter))
    })).toEqual([twice, '<CapacityLimiter [borrowed:0/1, waiting:0]>'])
    expect(new EventLoop(virtual()).runUntilComplete(new CapacityLimiter(1).acquire())).toBeUndefined()
  })
})
