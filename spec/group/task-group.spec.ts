import {
  CancelScope, ContextVar, type Coroutine, EventLoop, ExceptionGroup, KeyboardInterrupt, TaskGroup, copyContext,
  coroutine, createTask, currentTask, eagerTaskFactory, getRunningLoop, greenlet, moveOnAfter, run, sleep, timeout, use,
  wait,
} from '../../lib/index.ts'
import { attempt, deadlock, slip, story, virtual, words } from '../support/stories.ts'

const now = () => getRunningLoop().time()

function* after<T>(ms: number, result: T): Coroutine<T> { return yield* sleep(ms, result) }

function* failing(ms: number, message: string): Coroutine<never> {
  yield* sleep(ms)
  throw new RangeError(message)
}

/** Sleeps until it is cancelled, says so, and takes its time to clean up. */
function* stubborn(log: unknown[], name: string, ms = 0): Coroutine<void> {
  try {
    yield* sleep(1000)
  } catch (error) {
    if (ms > 0) yield* sleep(ms)
    log.push(`${name}: ${(error as Error).name} at ${now()}`)
    throw error
  }
}

/** What a group ends with, in words. */
function* endOf(body: (group: TaskGroup) => Coroutine<unknown>): Coroutine<unknown> {
  try {
    return yield* use(new TaskGroup(), body)
  } catch (error) {
    return error instanceof ExceptionGroup ? [String(error), ...error.errors.map(String)] : words(error)
  }
}

describe('a TaskGroup', () => {
  it('says how many tasks it has, and how it is', () => {
    expect(story(function* (log) {
      const group = new TaskGroup()
      const note = () => { log.push(String(group)) }
      note()
      log.push(yield* attempt(() => use(group, function* () {
        note()
        group.createTask(stubborn([], 'a', 5))
        group.createTask(failing(1, 'b'))
        note()
        try {
          yield* sleep(5)
        } finally {
          note()
        }
      })))
      note()
    })).toEqual([
      '<TaskGroup>', '<TaskGroup entered>', '<TaskGroup tasks=2 entered>', '<TaskGroup tasks=1 errors=1 cancelling>',
      'ExceptionGroup EXCEPTION_GROUP: unhandled errors in a TaskGroup', '<TaskGroup cancelling>',
    ])
  })

  it('waits for its tasks, those too that they begin, and gives what the body gave', () => {
    expect(story(function* (log) {
      log.push(yield* use(new TaskGroup(), function* (group) {
        function* spawns(n: number): Coroutine<void> {
          yield* sleep(1)
          log.push(n)
          if (n > 0) group.createTask(spawns(n - 1))
        }
        group.createTask(spawns(3))
        const task = group.createTask(after(2, 'tea'), { name: 'brew' })
        log.push(task.getName())
        return yield* task
      }), now())
    })).toEqual(['brew', 3, 2, 1, 0, 'tea', 4])
  })

  it('runs its tasks in the context that is given, or in a copy of that of the body', () => {
    expect(story(function* (log) {
      const order = new ContextVar<string>('order')
      order.set('tea')
      const context = copyContext()
      context.run(() => order.set('milk'))
      yield* use(new TaskGroup(), function* (group) {
        const look = function* (): Coroutine<void> { log.push(order.get()) }
        group.createTask(look(), { context })
        order.set('cake')
        group.createTask(look())
        yield* group.start(function* (started) {
          started(undefined)
          log.push(order.get())
        }, { context })
      })
    })).toEqual(['milk', 'cake', 'milk'])
  })

  it('cancels the others and the body when one fails, and throws all that went wrong at the end', () => {
    expect(story(function* (log) {
      log.push(yield* endOf(function* (group) {
        group.createTask(stubborn(log, 'slow', 5))
        group.createTask(failing(2, 'first'))
        group.createTask((function* (): Coroutine<void> {
          try {
            yield* sleep(100)
          } finally {
            yield* failing(1, 'second')
          }
        })())
        try {
          yield* stubborn(log, 'body')
        } finally {
          log.push(slip(() => group.createTask(after(1, 'late'))))
        }
      }), currentTask()?.cancelling(), now())
    })).toEqual([
      'body: CancelledError at 2',
      'RuntimeError GROUP_NOT_OPEN: <TaskGroup tasks=2 errors=1 cancelling> is shutting down',
      'slow: CancelledError at 7',
      ['ExceptionGroup: unhandled errors in a TaskGroup (2 sub-exceptions)', 'RangeError: first', 'RangeError: second'],
      0, 7,
    ])
  })

  it('adds the error of the body to those of its tasks', () => {
    expect(story(function* (log) {
      log.push(yield* endOf(function* (group) {
        group.createTask((function* (): Coroutine<void> {
          try {
            yield* sleep(100)
          } finally {
            throw new RangeError('task')
          }
        })())
        yield* failing(1, 'body')
      }))
      log.push(yield* endOf(() => failing(1, 'body alone')))
    })).toEqual([
      ['ExceptionGroup: unhandled errors in a TaskGroup (2 sub-exceptions)', 'RangeError: task', 'RangeError: body'],
      ['ExceptionGroup: unhandled errors in a TaskGroup (1 sub-exception)', 'RangeError: body alone'],
    ])
  })

  it('takes no notice of tasks that are cancelled one by one', () => {
    expect(story(function* (log) {
      log.push(yield* endOf(function* (group) {
        const task = group.createTask(stubborn(log, 'a'))
        group.createTask(after(5, null)).addDoneCallback(() => { log.push('b') })
        yield* sleep(1)
        task.cancel()
        return 'the end'
      }))
    })).toEqual(['a: CancelledError at 1', 'b', 'the end'])
  })

  it('is cancelled from outside: its tasks are, and the error goes on', () => {
    expect(story(function* (log) {
      const group = (ms: number) => createTask(use(new TaskGroup(), function* (inside) {
        inside.createTask(stubborn(log, 'task', 2))
        yield* sleep(ms)
      }))
      const [inBody, atEnd] = [group(10), group(0)]
      yield* sleep(1)
      for (const task of [inBody, atEnd]) task.cancel('enough')
      yield* sleep(1)
      for (const task of [inBody, atEnd]) task.cancel('I said') // it waits for its tasks all the same
      yield* wait([inBody, atEnd])
      log.push([inBody, atEnd].map(task => [slip(() => task.result()), task.cancelling()]), now())
    })).toEqual([
      'task: CancelledError at 3', 'task: CancelledError at 3',
      [['CancelledError CANCELLED: enough', 2], ['CancelledError CANCELLED: enough', 2]], 3,
    ])
  })

  it('is cancelled from outside, and something goes wrong: that is thrown, and the next wait is cancelled', () => {
    expect(story(function* (log) {
      const task = createTask((function* (): Coroutine<void> {
        log.push(yield* endOf(function* (group) {
          group.createTask((function* (): Coroutine<void> {
            try {
              yield* sleep(10)
            } finally {
              yield* failing(1, 'while cleaning up')
            }
          })())
        }), currentTask()?.cancelling())
        yield* stubborn(log, 'next wait')
      })())
      yield* sleep(1)
      task.cancel()
      yield* wait([task])
      log.push(task.cancelled())
    })).toEqual([
      ['ExceptionGroup: unhandled errors in a TaskGroup (1 sub-exception)', 'RangeError: while cleaning up'], 1,
      'next wait: CancelledError at 2', true,
    ])
  })

  it('throws a fatal error by itself, of a task as of the body', () => {
    const log: unknown[] = []
    const quiet = { ...virtual(), logger: () => undefined }
    const interrupt = () => { throw new KeyboardInterrupt('now') }
    for (const body of [
      (group: TaskGroup) => { group.createTask((function* (): Coroutine<void> { interrupt() })()) },
      (_group: TaskGroup) => { interrupt() },
    ]) {
      const loop = new EventLoop(quiet)
      const task = loop.createTask(endOf(function* (group) {
        body(group)
        yield* sleep(5)
      }))
      log.push(slip(() => loop.runUntilComplete(task)))
      log.push(slip(() => loop.runUntilComplete(task)))
    }
    expect(log).toEqual([
      'KeyboardInterrupt KEYBOARD_INTERRUPT: now', 'KeyboardInterrupt KEYBOARD_INTERRUPT: now',
      'KeyboardInterrupt KEYBOARD_INTERRUPT: now', 'KeyboardInterrupt KEYBOARD_INTERRUPT: now',
    ])
  })

  it('may stand in another one, in a timeout, in a scope', () => {
    expect(story(function* (log) {
      log.push(yield* endOf(function* (outer) {
        outer.createTask(stubborn(log, 'outer'))
        yield* use(new TaskGroup(), function* (inner) {
          inner.createTask(failing(1, 'inner'))
          yield* stubborn(log, 'body')
        })
      }))
      log.push(yield* attempt(() => use(timeout(5), () => endOf(() => stubborn(log, 'timed')))))
      log.push(yield* use(moveOnAfter(5), () => endOf(function* (group) { group.createTask(stubborn(log, 'scoped')) })),
        now())
    })).toEqual([
      'body: CancelledError at 1', 'outer: CancelledError at 1',
      ['ExceptionGroup: unhandled errors in a TaskGroup (1 sub-exception)',
        'ExceptionGroup: unhandled errors in a TaskGroup (1 sub-exception)'],
      'timed: CancelledError at 6', 'CancelledError CANCELLED: ', 'scoped: CancelledError at 11',
      'CancelledError CANCELLED: ', 11,
    ])
  })

  it('runs eager tasks, which may be done at once, or fail', () => {
    expect(story(function* (log) {
      getRunningLoop().setTaskFactory(eagerTaskFactory)
      log.push(yield* endOf(function* (group) {
        log.push(yield* group.createTask((function* () { return 'at once' })()))
        group.createTask(stubborn(log, 'a'))
        group.createTask((function* (): Coroutine<void> { throw new RangeError('at once, too') })())
        log.push('goes on')
        yield* sleep(1)
        log.push('never')
      }))
    })).toEqual([
      'at once', 'goes on', 'a: CancelledError at 0',
      ['ExceptionGroup: unhandled errors in a TaskGroup (1 sub-exception)', 'RangeError: at once, too'],
    ])
  })

  it('reports an error that comes when its parent task is done already', () => {
    const log: unknown[] = []
    const loop = new EventLoop({ ...virtual(), logger: () => undefined })
    const group = new TaskGroup()
    const parent = loop.createTask((function* (): Coroutine<void> {
      yield* group.enter()
      group.createTask(failing(5, 'too late'))
    })(), { name: 'parent' })
    loop.setExceptionHandler((_, { message, exception, task }) => {
      log.push(message.replace(/name='Task-\d+'/, ''), String(exception), typeof task)
    })
    loop.runUntilComplete(sleep(10))
    expect([parent.done(), log]).toEqual([true, [
      'Task <Task finished exception=RangeError: too late  coro=failing> has errored out but its parent task ' +
        "<Task finished result=undefined name='parent' coro=<anonymous>> is already completed",
      'RangeError: too late', 'object',
    ]])
  })

  it('that has waited lets the scope around it have its cancellation, though that comes when the last task has ended', () => {
    expect(story(function* (log) {
      const scope = new CancelScope()
      yield* use(scope, function* () {
        yield* use(new TaskGroup(), function* (group) {
          const last = group.createTask(after(5, 'done'))
          last.addDoneCallback(() => {
            log.push(String(group))
            scope.cancel()
          })
        })
        log.push('never')
      })
      log.push(scope.cancelledCaught)
    })).toEqual(['<TaskGroup entered>', true])
  })

  it('is what the task waits for that its tasks keep waiting', () => {
    function* forEver(): Coroutine<void> { yield* getRunningLoop().createFuture() }
    function* main(): Coroutine<void> {
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(forEver(), { name: 'child' })
      })
    }
    expect(deadlock(main)).toEqual([
      'main waits for the end of <TaskGroup tasks=1 entered>, in main', 'child waits for <Future pending>, in forEver',
    ])
  })
})

describe('cancel() of a TaskGroup', () => {
  it('ends its tasks and its body, and is no error', () => {
    expect(story(function* (log) {
      log.push(yield* endOf(function* (group) {
        group.createTask(stubborn(log, 'task'))
        createTask(sleep(5)).addDoneCallback(() => {
          group.cancel()
          group.cancel()
        })
        yield* stubborn(log, 'body')
        return 'never'
      }), currentTask()?.cancelling())
      yield* sleep(1)
      log.push(now())
    })).toEqual(['task: CancelledError at 5', 'body: CancelledError at 5', undefined, 0, 6])
  })

  it('from its own body, its last wait, or a task of its own', () => {
    expect(story(function* (log) {
      log.push(yield* endOf(function* (group) {
        group.cancel()
        log.push(slip(() => group.createTask(sleep(1))))
        yield* sleep(1)
      }))
      log.push(yield* endOf(function* (group) {
        group.createTask(stubborn(log, 'a'))
        group.createTask((function* (): Coroutine<void> { group.cancel() })())
        return 'has come to its end'
      }))
      log.push(yield* endOf(function* (group) { group.cancel() }), currentTask()?.cancelling())
      yield* sleep(1)
    })).toEqual([
      'RuntimeError GROUP_NOT_OPEN: <TaskGroup cancelling> is shutting down', undefined, 'a: CancelledError at 0',
      'has come to its end', undefined, 0,
    ])
  })

  it('before it is entered cancels the body at its first wait; after its end it does nothing', () => {
    expect(story(function* (log) {
      const group = new TaskGroup()
      group.cancel()
      log.push(String(group))
      yield* use(group, function* () {
        log.push('runs')
        yield* sleep(1)
        log.push('never')
      })
      group.cancel()
      yield* sleep(1)
      log.push(currentTask()?.cancelling(), now())
    })).toEqual(['<TaskGroup cancelling>', 'runs', 0, 1])
  })

  it('does not hide what goes wrong meanwhile, nor a cancellation from outside', () => {
    expect(story(function* (log) {
      log.push(yield* endOf(function* (group) {
        group.createTask((function* (): Coroutine<void> {
          try {
            yield* sleep(10)
          } finally {
            yield* failing(1, 'while cleaning up')
          }
        })())
        yield* sleep(1)
        group.cancel()
        yield* sleep(1)
      }))
      const task = createTask(use(new TaskGroup(), function* (group) {
        group.createTask(stubborn(log, 'a', 5))
        yield* sleep(1)
        group.cancel()
        yield* sleep(1)
      }))
      yield* sleep(2)
      task.cancel('from outside')
      yield* wait([task])
      log.push(task.cancelled(), task.cancelling())
    })).toEqual([
      ['ExceptionGroup: unhandled errors in a TaskGroup (1 sub-exception)', 'RangeError: while cleaning up'],
      expect.stringMatching('a: CancelledError'), true, 1,
    ])
  })

  it('reaches what is shielded in a task, also in a cancelled scope', () => {
    expect(story(function* (log) {
      const scope = new CancelScope()
      yield* use(scope, () => use(new TaskGroup(), function* (group) {
        group.createTask(use(new CancelScope({ shield: true }), function* () {
          yield* sleep(5)
          log.push('shielded')
        }))
        group.createTask(stubborn(log, 'a'))
        yield
        scope.cancel()
        group.cancel()
        yield* stubborn(log, 'body')
      }))
      log.push(now(), scope.cancelledCaught, currentTask()?.cancelling())
    })).toEqual(['a: CancelledError at 0', 'body: CancelledError at 0', 0, true, 0])
  })
})

describe('start() of a TaskGroup', () => {
  it('waits until the task says that it has started, and gives what it says', () => {
    expect(story(function* (log) {
      yield* use(new TaskGroup(), function* (group) {
        log.push(yield* group.start(function* (started: (port: number) => void) {
          yield* sleep(5)
          started(8080)
          log.push('goes on at once', String(group))
          yield* sleep(5)
          log.push(`ends at ${now()}`)
        }, { name: 'server' }))
        log.push(`started at ${now()}`)
      })
    })).toEqual(['goes on at once', '<TaskGroup tasks=1 entered>', 8080, 'started at 5', 'ends at 10'])
  })

  it('throws what goes wrong before that; the group goes on', () => {
    expect(story(function* (log) {
      log.push(yield* endOf(function* (group) {
        log.push(yield* attempt(() => group.start(() => failing(1, 'no port'))))
        log.push(yield* attempt(() => group.start(() => after(1, 'nothing'))))
        log.push(yield* attempt(() => group.start(function* () {
          yield* sleep(1)
          currentTask()?.cancel('by itself')
          yield* sleep(1)
        })))
        return String(group)
      }))
    })).toEqual([
      'RangeError undefined: no port', 'RuntimeError NOT_STARTED: the body returned without calling started(). Call started(value) when the task is ready',
      'CancelledError CANCELLED: ', '<TaskGroup entered>',
    ])
  })

  it('is cancelled when the task says that it has started in a group that ends meanwhile', () => {
    expect(story(function* (log) {
      let group = new TaskGroup()
      createTask(function* (): Coroutine<void> { // it does not belong to the group
        yield* sleep(1)
        log.push(yield* attempt(() => group.start(function* (started: (port: number) => void) {
          yield* attempt(() => stubborn(log, 'server before'))
          started(8080)
          yield* stubborn(log, 'server after')
        })))
      }())
      log.push(yield* endOf(function* (entered) {
        group = entered
        group.createTask(failing(5, 'fire'))
        yield* stubborn(log, 'body')
      }))
      log.push(now())
    })).toEqual([
      'server before: CancelledError at 5', 'body: CancelledError at 5', 8080, 'server after: CancelledError at 5',
      ['ExceptionGroup: unhandled errors in a TaskGroup (1 sub-exception)', 'RangeError: fire'], 5,
    ])
  })

  it('has nothing to do with what goes wrong later: that is the failure of the group', () => {
    expect(story(function* (log) {
      log.push(yield* endOf(function* (group) {
        yield* group.start(function* (started) {
          started(null)
          yield* failing(1, 'later')
        })
        yield* stubborn(log, 'body')
      }))
    })).toEqual([
      'body: CancelledError at 1',
      ['ExceptionGroup: unhandled errors in a TaskGroup (1 sub-exception)', 'RangeError: later'],
    ])
  })

  it('is cancelled together with the new task, and waits for its end', () => {
    expect(story(function* (log) {
      const task = createTask(use(new TaskGroup(), function* (group) {
        try {
          yield* group.start(() => stubborn(log, 'child', 5))
        } finally {
          log.push(`start() ends at ${now()}`)
        }
      }))
      yield* sleep(1)
      task.cancel('enough')
      yield* wait([task])
      log.push(slip(() => task.result()))
      yield* use(new TaskGroup(), function* (group) {
        yield* use(moveOnAfter(5), () => group.start(() => stubborn(log, 'in a scope')))
        log.push(now(), String(group))
      })
    })).toEqual([
      'child: CancelledError at 6', 'start() ends at 6', 'CancelledError CANCELLED: enough',
      'in a scope: CancelledError at 11', 11,
      '<TaskGroup entered>',
    ])
  })

  it('throws what the new task fails with on being cancelled', () => {
    expect(story(function* (log) {
      log.push(yield* endOf(function* (group) {
        log.push(yield* attempt(() => use(timeout(5), () => group.start(function* () {
          try {
            yield* sleep(10)
          } finally {
            yield* failing(1, 'while cleaning up')
          }
        }))))
      }))
    })).toEqual(['RangeError undefined: while cleaning up', undefined])
  })

  it('is not heard any more when it is cancelled: the task may say what it likes', () => {
    expect(story(function* (log) {
      yield* use(new TaskGroup(), function* (group) {
        const task = createTask(attempt(() => group.start(function* (started) {
          try {
            yield* sleep(10)
          } finally {
            started('too late')
            log.push('said so')
          }
        })))
        yield* sleep(1)
        task.cancel()
        log.push(yield* task)
      })
    })).toEqual(['said so', 'CancelledError CANCELLED: '])
  })

  it('passes further cancellations on to the new task', () => {
    expect(story(function* (log) {
      yield* use(new TaskGroup(), function* (group) {
        const task = createTask(attempt(() => group.start(function* () {
          log.push(yield* attempt(() => sleep(10)), yield* attempt(() => sleep(10)))
          yield* failing(5, 'in the end')
        })))
        for (const message of ['once', 'twice']) {
          yield* sleep(1)
          task.cancel(message)
        }
        log.push(yield* task, now(), String(group))
      })
    })).toEqual([
      'CancelledError CANCELLED: ', 'CancelledError CANCELLED: twice', 'RangeError undefined: in the end', 7,
      '<TaskGroup entered>',
    ])
  })

  it('ends for who waits outside of the group, when the group is cancelled before the task has started', () => {
    expect(story(function* (log) {
      const late = function* (started: (value: string) => void): Coroutine<void> {
        yield* sleep(5)
        started('late')
        yield* stubborn(log, 'late')
      }
      log.push(yield* endOf(function* (group) {
        createTask(attempt(() => group.start(late))).addDoneCallback(start => { log.push(start.result(), now()) })
        group.createTask(failing(1, 'early'))
        yield* sleep(9)
      }))
      const scope = new CancelScope()
      yield* use(scope, () => use(new TaskGroup(), function* (group) {
        createTask(attempt(() => group.start(late))).addDoneCallback(done => { log.push(done.result(), now()) })
        yield* sleep(1)
        group.cancel()
        scope.cancel()
      }))
      log.push(now())
    })).toEqual([
      ['ExceptionGroup: unhandled errors in a TaskGroup (1 sub-exception)', 'RangeError: early'], 'CancelledError CANCELLED: ', 1,
      2, 'CancelledError CANCELLED: ', 2,
    ])
  })

  it('works with eager tasks, and with what has started before it runs', () => {
    expect(story(function* (log) {
      log.push(yield* use(new TaskGroup(), group => group.start(started => {
        started('before')
        return after(1, null)
      })))
      getRunningLoop().setTaskFactory(eagerTaskFactory)
      log.push(yield* endOf(function* (group) {
        log.push(yield* group.start(function* (started) { started('at once') }))
        log.push(yield* group.start(function* (started) {
          started('at once, and goes on')
          yield* sleep(5)
        }))
        log.push(yield* attempt(() => group.start(function* () { throw new RangeError('fails at once') })))
        log.push(yield* attempt(() => group.start(function* () { return 'without a word' })))
        yield* group.start(function* (started) {
          started('fails later')
          yield* failing(1, 'later')
        })
        yield* sleep(5)
      }), now())
      log.push(yield* endOf(group => group.start(function* (started) {
        group.cancel()
        started('cancels it at once')
      })))
    })).toEqual([
      'before', 'at once', 'at once, and goes on', 'RangeError undefined: fails at once',
      'RuntimeError NOT_STARTED: the body returned without calling started(). Call started(value) when the task is ready',
      ['ExceptionGroup: unhandled errors in a TaskGroup (1 sub-exception)', 'RangeError: later'], 2,
      'cancels it at once',
    ])
  })

  it('starts once', () => {
    expect(story(function* (log) {
      yield* use(new TaskGroup(), group => group.start(function* (started: (value: string) => void) {
        started('once')
        log.push(slip(() => { started('twice') }))
      }))
    })).toEqual(['RuntimeError STARTED_TWICE: started() was called twice'])
  })

  it('takes a function', () => {
    expect(story(function* (log) {
      yield* use(new TaskGroup(), function* (group) {
        log.push(yield* attempt(() => group.start(after(1, null) as never)))
      })
      log.push(yield* attempt(() => new TaskGroup().start(() => after(1, null))))
    })).toEqual([
      'TypeError BODY_NOT_CALLABLE: start() takes a function, not Generator. ' +
        'Write yield* group.start(function* (started) {...})',
      'RuntimeError GROUP_NOT_OPEN: <TaskGroup> has not been entered. ' +
        'Write yield* use(new TaskGroup(), function* (group) {...}), and yield* super.enter() in an enter() of your own',
    ])
  })
})

describe('a slip with a TaskGroup', () => {
  it('is to make a task where none can be: the coroutine is closed, and not reported', () => {
    const reports: unknown[] = []
    const log: unknown[] = []
    const brew = coroutine(after)
    run((function* (): Coroutine<void> {
      const loop = getRunningLoop()
      loop.setExceptionHandler((_, { message }) => { reports.push(message) })
      const group = new TaskGroup()
      log.push(slip(() => group.createTask(brew(1, 'tea'))))
      yield* use(group, function* () { })
      log.push(slip(() => group.createTask(brew(1, 'tea'))))
      yield* use(new TaskGroup(), function* (other) {
        log.push(slip(() => other.createTask(5 as never)))
      })
    })(), { ...virtual(), debug: true })
    expect([...log, reports]).toEqual([
      'RuntimeError GROUP_NOT_OPEN: <TaskGroup> has not been entered. ' +
        'Write yield* use(new TaskGroup(), function* (group) {...}), and yield* super.enter() in an enter() of your own',
      'RuntimeError GROUP_NOT_OPEN: <TaskGroup entered> is finished. ' +
        'Make its tasks inside of use(group, function* (group) {...})',
      'TypeError NOT_A_COROUTINE: a coroutine was expected, got 5. If yield* f() gave it, write f() alone', [],
    ])
  })

  it('is to enter it twice, or outside of a task', () => {
    const log = story(function* (inside) {
      const group = new TaskGroup()
      inside.push(yield* use(group, () => attempt(() => use(group, function* () { }))),
        yield* attempt(() => use(group, function* () { })))
    })
    greenlet(function* () { log.push(yield* attempt(() => use(new TaskGroup(), function* () { }))) }).resume()
    expect(log).toEqual([
      'RuntimeError GROUP_ENTERED_TWICE: <TaskGroup entered> has already been entered. Write new TaskGroup() for each use()',
      'RuntimeError GROUP_ENTERED_TWICE: <TaskGroup entered> has already been entered. Write new TaskGroup() for each use()',
      'RuntimeError NO_TASK: <TaskGroup> cannot determine the parent task. Enter it in a coroutine that a task runs',
    ])
  })

  it('is to throw something into its exit that is no cancellation: it goes on its way', () => {
    const loop = new EventLoop({ ...virtual(), logger: () => undefined })
    const group = new TaskGroup()
    const task = loop.createTask(use(group, function* () { group.createTask(after(5, null)) }))
    loop.tick()
    loop.callSoon(() => { task.getGreenlet().resumeThrow(new RangeError('thrown')) })
    const thrown = slip(() => loop.runUntilComplete(task))
    loop.runUntilComplete(sleep(10))
    expect([thrown, String(group)]).toEqual(['RangeError undefined: thrown', '<TaskGroup entered>'])
  })
})

describe('what is thrown without a value', () => {
  it('is an error like any other, in the body of a group', () => {
    expect(story(function* (log) {
      try {
        yield* use(new TaskGroup(), function* (): Coroutine<void> { throw undefined as unknown as Error })
      } catch (error) {
        log.push((error as ExceptionGroup).errors)
      }
    })).toEqual([[undefined]])
  })
})

describe('a group that is not entered', () => {
  it('cannot be left', () => {
    expect(story(function* (log) { log.push(yield* attempt(() => new TaskGroup().exit())) })).toEqual([
      'RuntimeError GROUP_NOT_OPEN: <TaskGroup> is not entered. Write yield* use(new TaskGroup(), function* (group) {...}), ' +
        'and yield* super.enter() in an enter() of your own',
    ])
  })
})

describe('a task that has not begun when the scope around it is cancelled', () => {
  it('begins, and is cancelled where it waits first', () => {
    expect(story(function* (log) {
      const scope = new CancelScope()
      yield* use(scope, () => use(new TaskGroup(), function* (group) {
        group.createTask((function* (): Coroutine<void> {
          log.push('begins')
          try {
            yield* sleep(1)
          } finally {
            log.push('ends')
          }
        })())
        scope.cancel()
        log.push('cancelled')
        yield* sleep(1)
      }))
      log.push(scope.cancelledCaught)
    })).toEqual(['cancelled', 'begins', 'ends', true])
  })
})
