import {
  CancelScope, CancelledError, type Coroutine, EventLoop, TaskGroup, TimeoutError, createTask, currentTask, failAfter,
  ManualHost, failAt,
  getCurrent, getRunningLoop, greenlet, moveOnAfter, moveOnAt, run, sleep, suspend, timeout, use, wait,
} from '../../lib/index.ts'
import { attempt, slip, story, virtual } from '../support/stories.ts'

const now = () => getRunningLoop().time()

/** Do something in `ms` milliseconds. */
function later(ms: number, what: () => void): void { getRunningLoop().callLater(ms, what) }

describe('a CancelScope', () => {
  it('ends its body where that waits, and the error with it', () => {
    expect(story(function* (log) {
      const scope = new CancelScope()
      later(5, () => { scope.cancel('enough') })
      log.push(yield* use(scope, function* (given) {
        log.push(given === scope, scope.cancelCalled)
        log.push(yield* attempt(() => sleep(10)))
        yield* sleep(10)
        return 'never'
      }))
      log.push(scope.cancelCalled, scope.cancelledCaught, now(), currentTask()?.cancelling())
      yield* sleep(1) // is in it no more
      log.push(now())
    })).toEqual([true, false, 'CancelledError CANCELLED: enough', undefined, true, true, 5, 0, 6])
  })

  it('says where it is in its life', () => {
    expect(story(function* (log) {
      const scope = new CancelScope()
      log.push(String(scope))
      yield* use(scope, function* () {
        log.push(String(scope))
        scope.cancel()
        log.push(String(scope))
      })
      log.push(String(scope), scope.cancelCalled, scope.cancelledCaught)
    })).toEqual([
      '<CancelScope [new]>', '<CancelScope [entered]>', '<CancelScope [entered, cancelled]>',
      '<CancelScope [left, cancelled]>',
      true, false, // nothing waited, so nothing was cut short
    ])
  })

  it('is a level, not an edge: every wait ends, in a finally too, a bare yield and a switch to a greenlet that waits',
    () => {
    expect(story(function* (log) {
      const scope = new CancelScope()
      yield* use(scope, function* () {
        scope.cancel()
        try {
          log.push(yield* attempt(() => sleep(0)), yield* attempt(() => sleep(5)))
          log.push(yield* attempt(function* () { yield }))
          log.push(yield* attempt(() => greenlet(function* () { yield* sleep(5) }).switch()))
          log.push(yield* attempt(() => getRunningLoop().createFuture()))
          log.push(yield* attempt(() => createTask(sleep(5))))
        } finally {
          log.push(yield* attempt(() => sleep(5)))
          log.push(now())
        }
      })
      log.push(scope.cancelledCaught)
    })).toEqual([...Array.from({ length: 7 }, () => 'CancelledError CANCELLED: '), 0, false])
  })

  it('that is cancelled before it is entered cancels the first wait', () => {
    expect(story(function* (log) {
      const scope = new CancelScope()
      scope.cancel('early')
      scope.cancel('again') // does nothing
      yield* use(scope, function* () {
        log.push('runs', yield* attempt(() => sleep(1)))
        yield* sleep(1)
      })
      log.push(scope.cancelledCaught)
    })).toEqual(['runs', 'CancelledError CANCELLED: early', true])
  })

  it('passes other errors on, and cancellations that are not its own', () => {
    expect(story(function* (log) {
      log.push(yield* attempt(() => use(new CancelScope(), function* () { throw new RangeError('no') })))
      const cancelled = new CancelScope()
      log.push(yield* attempt(() => use(cancelled, function* () {
        cancelled.cancel()
        try {
          yield* sleep(1)
        } finally {
          throw new RangeError('instead')
        }
      })), cancelled.cancelledCaught)
      log.push(yield* attempt(() => use(new CancelScope(), function* () { throw new CancelledError('by hand') })))
    })).toEqual([
      'RangeError undefined: no', 'RangeError undefined: instead', false, 'CancelledError CANCELLED: by hand',
    ])
  })

  it('lets a cancellation of the task go on its way, though it is cancelled, too', () => {
    expect(story(function* (log) {
      const [first, second] = [new CancelScope(), new CancelScope()]
      const stay = (scope: CancelScope) => createTask(use(scope, function* () { yield* sleep(10) }))
      const tasks = [stay(first), stay(second)]
      yield
      first.cancel('by the scope')
      tasks[0]?.cancel('by hand')
      tasks[1]?.cancel('by hand')
      second.cancel('by the scope')
      yield* wait(tasks)
      log.push(tasks.map(task => task.cancelled()), [first, second].map(scope => scope.cancelledCaught))
    })).toEqual([[true, true], [false, false]])
  })

  it('ends a cancellation that the body has taken back', () => {
    expect(story(function* (log) {
      const scope = new CancelScope()
      const task = createTask(use(scope, function* () {
        log.push(yield* attempt(() => sleep(10)), currentTask()?.uncancel())
        scope.cancel('now the scope')
        yield* sleep(10)
      }))
      yield
      task.cancel('by hand')
      yield* task
      log.push(task.cancelled(), scope.cancelledCaught)
    })).toEqual(['CancelledError CANCELLED: by hand', 0, false, true])
  })

  it('reaches the scopes in it, whose errors it ends', () => {
    expect(story(function* (log) {
      const [outer, inner] = [new CancelScope(), new CancelScope()]
      later(5, () => { outer.cancel('outer') })
      yield* use(outer, function* () {
        yield* use(inner, function* () {
          log.push(yield* attempt(() => sleep(10)))
          yield* sleep(10)
        })
        log.push('never')
      })
      log.push(outer.cancelledCaught, inner.cancelCalled, inner.cancelledCaught)
    })).toEqual(['CancelledError CANCELLED: outer', true, false, false])
  })

  it('ends its own only, when it is cancelled in another one', () => {
    expect(story(function* (log) {
      const [outer, inner] = [new CancelScope(), new CancelScope()]
      yield* use(outer, function* () {
        yield* use(inner, function* () {
          inner.cancel('inner')
          yield* sleep(10)
        })
        log.push(inner.cancelledCaught)
        yield* sleep(1)
        yield* use(new CancelScope(), function* () {
          outer.cancel('outer')
          yield* sleep(1)
        })
        log.push('never')
      })
      log.push(outer.cancelledCaught, now())
    })).toEqual([true, true, 1])
  })

  it('has its task again when one in it has been left', () => {
    expect(story(function* (log) {
      const outer = new CancelScope()
      later(5, () => { outer.cancel('outer') })
      yield* use(outer, function* () {
        yield* use(new CancelScope(), function* () { yield* sleep(1) })
        log.push(yield* attempt(() => sleep(10)), now())
      })
    })).toEqual(['CancelledError CANCELLED: outer', 5])
  })

  it('of two that are cancelled, the outer one ends the error', () => {
    expect(story(function* (log) {
      const [outer, inner] = [new CancelScope(), new CancelScope()]
      yield* use(outer, () => use(inner, function* () {
        inner.cancel('inner')
        outer.cancel('outer')
        log.push(yield* attempt(() => sleep(1)))
        yield* sleep(1)
      }))
      log.push(outer.cancelledCaught, inner.cancelledCaught)
    })).toEqual(['CancelledError CANCELLED: inner', true, false])
  })

  it('is kept out by a shield, until that is taken away', () => {
    expect(story(function* (log) {
      const [outer, shield] = [new CancelScope(), new CancelScope({ shield: true })]
      later(1, () => { outer.cancel('outer') })
      later(5, () => { shield.shield = false })
      later(2, () => { log.push(shield.shield, outer.cancelCalled, shield.cancelCalled) })
      yield* use(outer, function* () {
        yield* use(shield, function* () {
          yield* use(new CancelScope(), function* () { // as deep as it may be
            yield* sleep(3)
            log.push('was not cancelled')
            yield* sleep(10)
          })
        })
        log.push('never')
      })
      log.push(now(), outer.cancelledCaught, shield.cancelledCaught)
    })).toEqual([true, true, false, 'was not cancelled', 5, true, false])
  })

  it('cancels what it shields when it is cancelled itself, and may become a shield late', () => {
    expect(story(function* (log) {
      const outer = new CancelScope()
      yield* use(outer, function* () {
        const shield = new CancelScope({ shield: true })
        yield* use(shield, function* () {
          outer.cancel()
          yield* sleep(1)
          shield.cancel('itself')
          log.push(yield* attempt(() => sleep(1)))
          yield* sleep(1)
        })
        log.push(shield.cancelledCaught, now())
        const late = new CancelScope()
        yield* use(late, function* () {
          log.push(yield* attempt(() => sleep(1)))
          late.shield = true
          yield* sleep(1)
        })
        log.push(now())
        yield* sleep(1)
      })
      log.push(now())
    })).toEqual(['CancelledError CANCELLED: itself', true, 1, 'CancelledError CANCELLED: ', 2, 2])
  })

  it('has the tasks of a group in it, from the beginning and to the end, but no other task', () => {
    expect(story(function* (log) {
      const scope = new CancelScope()
      const note = function* (name: string): Coroutine<void> {
        log.push([name, yield* attempt(() => sleep(10))])
        log.push([name, yield* attempt(() => sleep(10))])
      }
      const outside = yield* use(scope, function* () {
        yield* use(new TaskGroup(), function* (group) {
          group.createTask(note('a'))
          yield* use(new CancelScope(), function* () { group.createTask(note('b')) })
          createTask(note('alone'))
          yield
          scope.cancel('closing time')
          group.createTask(note('late')) // runs until it waits
        })
        return 'never'
      })
      log.push(outside, scope.cancelledCaught)
      yield* sleep(50)
    })).toEqual([
      ['a', 'CancelledError CANCELLED: closing time'], ['b', 'CancelledError CANCELLED: closing time'],
      ['a', 'CancelledError CANCELLED: closing time'], ['b', 'CancelledError CANCELLED: closing time'],
      ['late', 'CancelledError CANCELLED: closing time'], ['late', 'CancelledError CANCELLED: closing time'],
      undefined, true, ['alone', undefined], ['alone', undefined],
    ])
  })

  it('ends the wait of a task that switched to a greenlet, wherever that is', () => {
    expect(story(function* (log) {
      const scope = new CancelScope()
      const waits = greenlet(function* () { log.push(['in a wait', yield* attempt(() => sleep(10))]) })
      later(1, () => { scope.cancel('enough') })
      yield* use(scope, function* () { yield* waits.switch() })
      log.push(scope.cancelledCaught, now())
    })).toEqual([['in a wait', 'CancelledError CANCELLED: enough'], false, 1])
  })

  it('comes for a task that is adrift: it switched away, and nobody switches back', () => {
    const log: unknown[] = []
    const loop = new EventLoop(virtual())
    const host = getCurrent()
    const scope = new CancelScope()
    const task = loop.createTask(use(scope, function* () {
      log.push(yield* attempt(() => host.switch()))
      yield* sleep(5)
    }))
    loop.tick()
    log.push(loop.report().map(({ waitsFor }) => waitsFor))
    scope.cancel('come back')
    while (loop.tick().ready > 0);
    log.push(task.done(), scope.cancelledCaught)
    expect(log).toEqual([
      ['somebody to switch back to it'], 'CancelledError CANCELLED: come back', true, true,
    ])
  })

  it('cancels the task that passes a turn in it, though a request of another to end the task is taken back', () => {
    expect(story(function* (log) {
      const scope = new CancelScope()
      const task = createTask(function* (): Coroutine<void> {
        yield* use(scope, function* () {
          log.push(yield* attempt(() => sleep(0)))
          yield* sleep(1)
        })
        log.push(scope.cancelledCaught, yield* sleep(1, 'goes on'))
      }())
      yield
      scope.cancel('of the scope')
      task.cancel('of the task')
      log.push(task.uncancel())
      yield* task
    })).toEqual([0, 'CancelledError CANCELLED: of the scope', true, 'goes on'])
  })

  it('does nothing to a task that runs, or is about to, until it waits', () => {
    expect(story(function* (log) {
      const scope = new CancelScope()
      yield* use(scope, () => use(new TaskGroup(), function* (group) {
        const future = getRunningLoop().createFuture<string>()
        group.createTask((function* (): Coroutine<void> {
          log.push(yield* future, yield* attempt(() => sleep(1)))
        })())
        yield
        future.setResult('is there already')
        scope.cancel()
      }))
    })).toEqual(['is there already', 'CancelledError CANCELLED: '])
  })
})

describe('the time of a CancelScope', () => {
  it('is a deadline, which may be moved, also before it is entered, and taken away', () => {
    expect(story(function* (log) {
      const scope = new CancelScope({ deadline: 5 })
      log.push(scope.deadline, new CancelScope().deadline)
      scope.deadline = 10
      yield* use(scope, function* () {
        yield* sleep(7)
        scope.deadline = Infinity
        yield* sleep(7)
        scope.deadline = 20
        log.push(now(), scope.cancelCalled)
        yield* sleep(70)
      })
      log.push(now(), scope.cancelCalled, scope.cancelledCaught, scope.deadline)
    })).toEqual([5, Infinity, 14, false, 20, true, true, 20])
  })

  it('is looked at when somebody asks, and at each wait, though the loop had no turn meanwhile', () => {
    expect(story(function* (log) {
      const [scope, other] = [new CancelScope({ deadline: 5 }), new CancelScope({ deadline: 5 })]
      yield* use(scope, function* () {
        yield* sleep(4)
        scope.deadline = 3
        log.push(scope.cancelCalled)
      })
      yield* use(other, function* () {
        other.deadline = 2
        log.push(yield* attempt(() => sleep(0)), other.cancelCalled)
      })
    })).toEqual([true, 'CancelledError CANCELLED: ', true])
  })

  it('of a shield is looked at without those around it, which are over, too', () => {
    expect(story(function* (log) {
      const [outer, inner] = [new CancelScope({ deadline: 5 }), new CancelScope({ deadline: 5, shield: true })]
      yield* sleep(4)
      yield* use(outer, function* () {
        yield* use(inner, function* () {
          outer.deadline = inner.deadline = 3
          yield* sleep(1)
        })
        log.push(inner.cancelledCaught)
        yield* sleep(1)
      })
      log.push(outer.cancelledCaught, now())
    })).toEqual([true, true, 4])
  })

  it('leaves no timer behind', () => {
    const loop = new EventLoop(virtual())
    loop.runUntilComplete((function* (): Coroutine<void> {
      yield* use(moveOnAfter(1000), function* () { yield })
      const scope = moveOnAfter(1000)
      yield* use(scope, function* () {
        scope.cancel()
        scope.deadline = 2000
        yield
      })
      scope.deadline = 3000 // it is over
    })())
    expect([loop.time(), loop.tick().nextTimerAt]).toEqual([0, null])
  })

  it('may be over already', () => {
    expect(story(function* (log) {
      yield* sleep(5)
      for (const deadline of [5, 0, -Infinity]) {
        const scope = new CancelScope({ deadline })
        yield* use(scope, function* () {
          log.push(yield* attempt(() => sleep(1)))
          yield
        })
        log.push(scope.cancelledCaught)
      }
      log.push(now())
    })).toEqual([...[1, 2, 3].flatMap(() => ['CancelledError CANCELLED: ', true]), 5])
  })

  it('is a number', () => {
    const words = (taker: string, what: string) => `TypeError NOT_A_TIME: ${taker} takes a number of milliseconds, not ${what}`
    const takers = ['a CancelScope', 'a CancelScope', 'moveOnAfter()', 'failAfter()', 'failAt()', 'moveOnAt()']
    const scope = new CancelScope()
    expect(['5', NaN].flatMap(deadline => [
      slip(() => new CancelScope({ deadline: deadline as never })), slip(() => scope.deadline = deadline as never),
      slip(() => moveOnAfter(deadline as never)), slip(() => failAfter(deadline as never)),
      slip(() => failAt(deadline as never)),
      slip(() => moveOnAt(deadline as never)),
    ])).toEqual(["'5'", 'NaN'].flatMap(what => takers.map(taker => words(taker, what))))
    expect(scope.deadline).toBe(Infinity)
  })
})

describe('moveOnAfter() and moveOnAt()', () => {
  it('give a body so much time', () => {
    expect(story(function* (log) {
      const scope = moveOnAfter(5)
      log.push(yield* use(scope, function* () {
        yield* sleep(10)
        return 'never'
      }), now(), scope.cancelledCaught, scope.shield)
      log.push(yield* use(moveOnAt(10), function* () {
        yield* sleep(4)
        return 'in time'
      }), now())
      yield* use(moveOnAfter(Infinity), function* () { yield* sleep(1000) })
      const none = moveOnAfter(0)
      yield* use(none, function* () { yield* sleep(1) })
      log.push(now(), none.cancelledCaught)
    })).toEqual([undefined, 5, true, false, 'in time', 9, 1009, true])
  })

  it('may be shields', () => {
    expect(story(function* (log) {
      const outer = new CancelScope()
      yield* use(outer, function* () {
        outer.cancel()
        for (const scope of [moveOnAfter(5, { shield: true }), moveOnAt(10, { shield: true })]) {
          yield* use(scope, function* () { yield* sleep(100) })
          log.push(now(), scope.cancelledCaught)
        }
        log.push(yield* attempt(() => use(failAfter(5, { shield: true }), function* () { yield* sleep(100) })), now())
        log.push(yield* attempt(() => use(failAt(20, { shield: true }), function* () { yield* sleep(100) })), now())
      })
    })).toEqual([5, true, 10, true, 'TimeoutError TIMED_OUT: failAfter(5): 5 ms are over', 15,
      'TimeoutError TIMED_OUT: failAt(20): the time is over', 20])
  })
})

describe('failAfter() and failAt()', () => {
  it('throw a TimeoutError when the time of the body is over', () => {
    expect(story(function* (log) {
      try {
        yield* use(failAfter(5), function* () { yield* sleep(10) })
      } catch (error) {
        log.push(error instanceof TimeoutError, (error as TimeoutError).cause instanceof CancelledError, now())
      }
      log.push(yield* attempt(() => use(failAt(7), function* () { yield* sleep(10) })), now())
      log.push(yield* use(failAfter(5), function* () { return 'in time' }))
      log.push(yield* attempt(() => use(failAfter(5), function* () { throw new RangeError('before') })))
    })).toEqual([true, true, 5, 'TimeoutError TIMED_OUT: failAt(7): the time is over', 7, 'in time', 'RangeError undefined: before'])
  })

  it('do so in each other, and in a timeout()', () => {
    expect(story(function* (log) {
      log.push(yield* attempt(() => use(failAfter(5),
        () => attempt(() => use(failAfter(10), function* () { yield* sleep(20) })))), now())
      log.push(yield* attempt(() => use(failAfter(10),
        () => attempt(() => use(failAfter(5), function* () { yield* sleep(20) })))), now())
      log.push(yield* attempt(() => use(timeout(5), () => use(failAfter(10), function* () { yield* sleep(20) }))),
        now())
    })).toEqual(['CancelledError CANCELLED: ', 5, 'TimeoutError TIMED_OUT: failAfter(5): 5 ms are over', 10,
      'TimeoutError TIMED_OUT: timeout(5): 5 ms are over', 15])
  })

  it('take no negative time, and need no loop before they are entered', () => {
    expect([slip(() => failAfter(-1)), slip(() => moveOnAfter(-0.5)), String(moveOnAfter(5)), String(moveOnAt(5))]).toEqual([
      'ValueError NEGATIVE: failAfter() takes milliseconds that are not negative, not -1',
      'ValueError NEGATIVE: moveOnAfter() takes milliseconds that are not negative, not -0.5',
      '<CancelScope [new]>', '<CancelScope [new]>',
    ])
  })

  it('begin to count when they are entered, unless they are given a deadline before', () => {
    expect(story(function* (log) {
      const [relative, moved] = [moveOnAfter(5), moveOnAfter(5)]
      log.push(relative.deadline, relative.cancelCalled)
      yield* sleep(8)
      moved.deadline = 9
      for (const scope of [relative, moved]) {
        yield* use(scope, () => sleep(100))
        log.push(now(), scope.deadline, scope.cancelledCaught)
      }
      log.push(slip(() => new CancelScope({ deadline: 5, relativeDeadline: 5 })))
    })).toEqual([
      Infinity, false, 13, 13, true, 13, 9, true,
      'TypeError TWO_DEADLINES: a CancelScope takes deadline or relativeDeadline, not both',
    ])
  })
})

describe('a slip with a CancelScope', () => {
  it('is to enter it twice', () => {
    const refusal = 'RuntimeError SCOPE_ENTERED_TWICE: CancelScope has already been entered. Make one for each use(). ' +
      'To cancel several tasks by one, put a TaskGroup into it'
    expect(story(function* (log) {
      const scope = new CancelScope()
      const again = () => attempt(() => use(scope, function* () { yield }))
      log.push(yield* use(scope, again), yield* again())
    })).toEqual([refusal, refusal])
  })

  it('is to enter it outside of a task', () => {
    const log: unknown[] = []
    const inGreenlet = () => {
      greenlet(function* () { log.push(yield* attempt(() => use(new CancelScope(), function* () { }))) }).resume()
    }
    inGreenlet()
    const loop = new EventLoop(virtual())
    loop.callSoon(inGreenlet)
    loop.tick()
    expect(log).toEqual(log.map(() => 'RuntimeError NO_TASK: CancelScope should be used inside a task'))
    expect(log.length).toBe(2)
  })

  it('is to give it no number for a time', () => {
    const words = 'TypeError NOT_A_TIME: a CancelScope takes a number of milliseconds, not'
    expect([null, 'soon', NaN].map(deadline => slip(() => new CancelScope({ deadline: deadline as never }))))
      .toEqual([`${words} null`, `${words} 'soon'`, `${words} NaN`])
  })

  it('is to leave it before one that was entered later', () => {
    expect(story(function* (log) {
      const [outer, inner] = [new CancelScope(), new CancelScope()]
      yield* outer.enter()
      yield* inner.enter()
      log.push(yield* attempt(() => outer.exit()))
      yield* inner.exit()
      yield* outer.exit()
      log.push(String(outer))
    })).toEqual([
      'RuntimeError SCOPE_NOT_INNERMOST: a CancelScope is left while one that was entered later is open. ' +
        'Leave the inner one first',
      '<CancelScope [left]>',
    ])
  })
})

describe('many scopes', () => {
  it('may be in each other, ten thousand deep', () => {
    const log: unknown[] = []
    const outer = new CancelScope()
    function* level(n: number): Coroutine<void> {
      yield* use(new CancelScope(), function* () {
        if (n > 0) yield* level(n - 1)
        else log.push(yield* attempt(() => sleep(10)))
      })
    }
    run((function* (): Coroutine<void> {
      later(5, () => { outer.cancel('from afar') })
      yield* use(outer, () => level(10_000))
      log.push(now())
    })(), virtual())
    expect(log).toEqual(['CancelledError CANCELLED: from afar', 5])
  })

  it('may have many tasks: ten thousand end at once', () => {
    expect(story(function* (log) {
      const scope = new CancelScope()
      let ended = 0
      yield* use(scope, () => use(new TaskGroup(), function* (group) {
        for (let i = 0; i < 10_000; i++) group.createTask(sleep(1000)).addDoneCallback(() => { ended++ })
        yield
        scope.cancel()
      }))
      log.push(ended, now(), scope.cancelledCaught)
    })).toEqual([10_000, 0, true])
  })
})

describe('a CancelScope that is not open', () => {
  it('cannot be left', () => {
    expect(story(function* (log) {
      const scope = new CancelScope()
      log.push(yield* attempt(() => scope.exit()))
      yield* use(scope, function* () { yield })
      log.push(yield* attempt(() => scope.exit()))
    })).toEqual([
      'RuntimeError SCOPE_NOT_ENTERED: CancelScope has not been entered',
      'RuntimeError SCOPE_NOT_ENTERED: CancelScope has been left already',
    ])
  })
})

it('a deadline that is moved is that of the scopes inside, too: when it is over, a wait that begins ends in the next tick', () => {
  const host = new ManualHost()
  const loop = new EventLoop({ host })
  const log: string[] = []
  loop.createTask(function* (): Coroutine<void> {
    const outer = moveOnAfter(100)
    yield* use(outer, () => use(new CancelScope(), function* () {
      outer.deadline = 5
      host.advance(10)
      try {
        yield* suspend(() => { log.push('it waits') })
      } finally {
        log.push(`it ends at ${loop.time()}`)
      }
    }))
  }())
  loop.tick()
  log.push('next tick')
  loop.tick()
  expect(log).toEqual(['it waits', 'next tick', 'it ends at 10'])
})
