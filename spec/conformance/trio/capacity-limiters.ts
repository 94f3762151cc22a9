/** A capacity limiter lends a number of tokens, and knows who has them. */
import {
  CancelScope, CapacityLimiter, type Coroutine, TaskGroup, ValueError, moveOnAfter, sleep, use,
} from '../../../lib/index.ts'
import { type Log, type Programs, show } from '../programs.ts'
import { attempt, ending, later, nap, now, run, tell } from './support/world.ts'

function report(log: Log, limiter: CapacityLimiter): void {
  log('borrowed', limiter.borrowedTokens, 'available', limiter.availableTokens,
    'total', limiter.totalTokens, 'waiting', limiter.waiting)
}

/** From a moment on, have a token for so long. */
function* worker(log: Log, name: string, limiter: CapacityLimiter, begin: number, time: number): Coroutine<void> {
  yield* sleep(begin)
  yield* use(limiter, function* () {
    log(name, 'has one at', now())
    yield* sleep(time)
  })
  log(name, 'is done at', now())
}

/** Wait for a token in a scope, and log how that ends. */
function* scopedWaiter(log: Log, limiter: CapacityLimiter, scope: CancelScope): Coroutine<void> {
  yield* use(scope, function* () {
    yield* limiter.acquireOnBehalfOf('waiter')
    log('has one')
  })
  tell(log, 'scope', scope)
  report(log, limiter)
}

export const programs: Programs = {
  'as many as there are tokens, and the others wait in line'(log) {
    run(function* () {
      const limiter = new CapacityLimiter(2)
      yield* use(new TaskGroup(), function* (group) {
        ['a', 'b', 'c', 'd'].forEach((name, i) => group.createTask(worker(log, name, limiter, i, 10)))
        yield* sleep(5)
        report(log, limiter)
      })
      report(log, limiter)
    })
  },

  'a task borrows one token and no more'(log) {
    run(function* () {
      const limiter = new CapacityLimiter(3)
      yield* limiter.acquire()
      yield* ending(log, 'again', limiter.acquire())
      attempt(log, 'again', () => { limiter.acquireNowait() })
      report(log, limiter)
      limiter.release()
      attempt(log, 'then', () => { limiter.acquireNowait() })
    })
  },

  'a token that is not borrowed cannot be given back'(log) {
    run(function* () {
      const limiter = new CapacityLimiter(1)
      attempt(log, 'release', () => { limiter.release() })
      limiter.acquireOnBehalfOfNowait('somebody')
      attempt(log, 'release', () => { limiter.release() })
      attempt(log, 'somebody else', () => { limiter.releaseOnBehalfOf('somebody else') })
      attempt(log, 'somebody', () => { limiter.releaseOnBehalfOf('somebody') })
      attempt(log, 'again', () => { limiter.releaseOnBehalfOf('somebody') })
      report(log, limiter)
    })
  },

  'without waiting'(log) {
    run(function* () {
      const limiter = new CapacityLimiter(2)
      for (const borrower of ['a', 'b', 'c']) {
        attempt(log, borrower, () => { limiter.acquireOnBehalfOfNowait(borrower) })
      }
      attempt(log, 'me', () => { limiter.acquireNowait() })
      limiter.releaseOnBehalfOf('a')
      attempt(log, 'me', () => { limiter.acquireNowait() })
      report(log, limiter)
    })
  },

  'on behalf of somebody else'(log) {
    function* wait(limiter: CapacityLimiter, borrower: string) {
      yield* limiter.acquireOnBehalfOf(borrower)
      log(borrower, 'has one at', now())
    }

    run(function* () {
      const limiter = new CapacityLimiter(1)
      yield* use(new TaskGroup(), function* (group) {
        yield* limiter.acquireOnBehalfOf('a')
        group.createTask(wait(limiter, 'b'))
        yield* sleep(5)
        report(log, limiter)
        limiter.releaseOnBehalfOf('a')
        report(log, limiter)
      })
      limiter.releaseOnBehalfOf('b')
      report(log, limiter)
    })
  },

  'a token goes to the task that waits, not to one that comes along'(log) {
    function* wait(limiter: CapacityLimiter) {
      yield* limiter.acquireOnBehalfOf('waiter')
      log('waiter has one at', now())
    }

    run(function* () {
      const limiter = new CapacityLimiter(1)
      yield* limiter.acquire()
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(wait(limiter))
        yield* sleep(5)
        limiter.release()
        report(log, limiter)
        attempt(log, 'me again', () => { limiter.acquireNowait() })
        yield* sleep(1)
        limiter.releaseOnBehalfOf('waiter')
        attempt(log, 'me again', () => { limiter.acquireNowait() })
      })
    })
  },

  'more tokens wake as many waiters'(log) {
    run(function* () {
      const limiter = new CapacityLimiter(1)
      yield* use(new TaskGroup(), function* (group) {
        ['a', 'b', 'c', 'd'].forEach((name, i) => group.createTask(worker(log, name, limiter, i, 20)))
        yield* sleep(5)
        limiter.totalTokens = 2
        report(log, limiter)
        yield* sleep(1)
        limiter.totalTokens = 3
        report(log, limiter)
      })
    })
  },

  'fewer tokens: holders keep theirs, and waiters wait until there are few enough'(log) {
    run(function* () {
      const limiter = new CapacityLimiter(3)
      yield* use(new TaskGroup(), function* (group) {
        ['a', 'b', 'c', 'd'].forEach((name, i) => group.createTask(worker(log, name, limiter, i, 10)))
        yield* sleep(5)
        limiter.totalTokens = 1
        report(log, limiter)
        yield* sleep(5.5)
        report(log, limiter)
      })
    })
  },

  'any number of tokens'(log) {
    run(function* () {
      const limiter = new CapacityLimiter(Infinity)
      for (let i = 0; i < 100; i++) limiter.acquireOnBehalfOfNowait(i)
      log(limiter.borrowedTokens, limiter.availableTokens === Infinity, limiter.totalTokens === Infinity)
      limiter.totalTokens = 10
      report(log, limiter)
    })
  },

  'what is not a number of tokens'(log) {
    run(function* () {
      for (const tokens of [-1, 1.5, 'two', Infinity]) {
        attempt(log, show(tokens === Infinity || tokens), () => new CapacityLimiter(tokens as number).borrowedTokens)
      }
      const limiter = new CapacityLimiter(2)
      for (const tokens of [-1, 1.5, 'two']) {
        attempt(log, `${tokens}`, () => { limiter.totalTokens = tokens as number })
      }
      report(log, limiter)
    })
  },

  'a task cancelled in line leaves it'(log) {
    run(function* () {
      const limiter = new CapacityLimiter(1)
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(worker(log, 'a', limiter, 0, 20))
        const scope = new CancelScope()
        yield* use(scope, function* () {
          group.createTask(later(5, () => { scope.cancel() }))
          yield* worker(log, 'b', limiter, 1, 20)
        })
        tell(log, 'scope', scope)
        report(log, limiter)
        group.createTask(worker(log, 'c', limiter, 2, 20))
      })
    })
  },

  'a task cancelled in line does not hold up the others'(log) {
    function* impatient(limiter: CapacityLimiter) {
      yield* use(moveOnAfter(5), function* () { yield* worker(log, 'impatient', limiter, 1, 20) })
      log('has gone at', now())
    }

    run(function* () {
      const limiter = new CapacityLimiter(1)
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(worker(log, 'a', limiter, 0, 20))
        group.createTask(impatient(limiter))
        group.createTask(worker(log, 'b', limiter, 2, 20))
      })
    })
  },

  'cancelled in the moment after it gets the token, it has it'(log) {
    run(function* () {
      const limiter = new CapacityLimiter(1)
      const scope = new CancelScope()
      limiter.acquireOnBehalfOfNowait('somebody')
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(scopedWaiter(log, limiter, scope))
        yield* sleep(5)
        limiter.releaseOnBehalfOf('somebody')
        scope.cancel()
      })
    })
  },

  'cancelled in the moment before it would get the token, it does not have it'(log) {
    run(function* () {
      const limiter = new CapacityLimiter(1)
      const scope = new CancelScope()
      limiter.acquireOnBehalfOfNowait('somebody')
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(scopedWaiter(log, limiter, scope))
        yield* sleep(5)
        scope.cancel()
        limiter.releaseOnBehalfOf('somebody')
        report(log, limiter)
      })
    })
  },

  'the token is given back when the body fails'(log) {
    run(function* () {
      const limiter = new CapacityLimiter(1)
      yield* ending(log, 'body', use(limiter, function* () {
        report(log, limiter)
        throw new ValueError()
      }))
      report(log, limiter)
    })
  },

  'the token is given back when the body is cancelled'(log) {
    run(function* () {
      const limiter = new CapacityLimiter(1)
      const scope = moveOnAfter(5)
      yield* use(scope, function* () {
        yield* use(limiter, function* () { yield* nap(log, 'body', 10) })
      })
      tell(log, 'scope', scope)
      report(log, limiter)
    })
  },

  'a limiter inside a limiter'(log) {
    function* child(outer: CapacityLimiter, inner: CapacityLimiter, name: string, begin: number) {
      yield* sleep(begin)
      yield* use(outer, function* () {
        yield* use(inner, function* () {
          log(name, 'at', now())
          yield* sleep(5)
        })
      })
    }

    run(function* () {
      const [outer, inner] = [new CapacityLimiter(2), new CapacityLimiter(1)]
      yield* use(new TaskGroup(), function* (group) {
        ['a', 'b', 'c'].forEach((name, i) => group.createTask(child(outer, inner, name, i)))
        yield* sleep(4)
        report(log, outer)
        report(log, inner)
      })
    })
  },
}
