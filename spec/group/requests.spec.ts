import {
  CancelScope, type Coroutine, type ExceptionGroup, Future, type Task, TaskGroup, VirtualHost, allTasks, createTask, currentTask, eagerTaskFactory,
  failAfter, gather, getRunningLoop, greenlet, isCancelled, moveOnAfter, run, shield, sleep, timeout, use, wait, waitFor,
} from '../../lib/index.ts'

type Log = unknown[]

/** What a program logs, and when; and how it ends. */
function story(main: (note: (what: unknown) => void) => Coroutine<unknown>): Log {
  const log: Log = []
  const note = (what: unknown): void => { log.push([getRunningLoop().time(), what]) }
  try {
    run(main(note), { host: new VirtualHost() })
  } catch (error) {
    log.push(String(error).split('\n')[0])
  }
  return log
}

/** A task whose cleanup takes so long. */
function* slow(ms: number): Coroutine<void> {
  try {
    yield* sleep(100)
  } finally {
    yield* use(new CancelScope({ shield: true }), () => sleep(ms))
  }
}

function* told(note: (what: unknown) => void, body: () => Coroutine<unknown>): Coroutine<void> {
  try {
    note(yield* body())
  } catch (error) {
    note(String(error))
    throw error
  }
}

function* groupThat(body: (group: TaskGroup) => Coroutine<void>): Coroutine<void> { yield* use(new TaskGroup(), body) }

const cancelsItself = function* (group: TaskGroup): Coroutine<void> {
  group.createTask(slow(4))
  yield* sleep(1)
  group.cancel()
}

describe('a request of cancellation from further out', () => {
  it('comes out of a group that is being cancelled already: of a time limit', () => {
    expect(story(note => told(note, () => use(timeout(3), () => groupThat(cancelsItself)))))
      .toEqual([[5, 'TimeoutError: timeout(3): 3 ms are over'], 'TimeoutError: timeout(3): 3 ms are over'])
  })

  it('the same, of a group further out, one of whose tasks fails', () => {
    expect(story(function* (note) {
      yield* use(new TaskGroup(), function* (outer) {
        outer.createTask(function* (): Coroutine<void> {
          yield* sleep(3)
          throw new Error('failed')
        }())
        yield* groupThat(cancelsItself)
        note('not reached')
        yield* sleep(1000)
      })
    })).toEqual(['ExceptionGroup: unhandled errors in a TaskGroup (1 sub-exception)'])
  })

  it('the same, of task.cancel()', () => {
    expect(story(function* (note) {
      const task = createTask(told(note, () => groupThat(cancelsItself)))
      yield* sleep(3)
      task.cancel('please')
      yield* wait([task])
      note([task.cancelled(), task.cancelling()])
    })).toEqual([[5, 'CancelledError: please'], [5, [true, 1]]])
  })

  it('is raised again after a group that fails with something else', () => {
    expect(story(function* (note) {
      const task = createTask(function* (): Coroutine<void> {
        try {
          yield* groupThat(function* (group) {
            group.createTask(function* (): Coroutine<void> {
              try {
                yield* sleep(100)
              } finally {
                throw new Error('in the cleanup')
              }
            }())
          })
        } catch (error) {
          note((error as ExceptionGroup).errors.map(String))
        }
        yield* told(note, () => sleep(5) as Coroutine<void>)
      }())
      yield* sleep(3)
      task.cancel()
      yield* wait([task])
    })).toEqual([[3, ['Error: in the cleanup']], [3, 'CancelledError']])
  })
})

describe('a group that cancels itself', () => {
  it.each([['waits afterwards', sleep(10)], ['does not wait', sleep(0)]])(
    'ends quietly in the cleanup of a task that was cancelled: its body %s', (_, last) => {
      expect(story(function* (note) {
        const task = createTask(function* (): Coroutine<void> {
          try {
            yield* sleep(100)
          } finally {
            yield* groupThat(function* (group) {
              group.createTask(sleep(50))
              yield* sleep(1)
              group.cancel()
              yield* last
            })
            note('after the group')
            yield* sleep(7)
            note('after the next wait')
          }
        }())
        yield* sleep(1)
        task.cancel()
        yield* wait([task])
        note([task.cancelled(), task.cancelling()])
      })).toEqual([[2, 'after the group'], [9, 'after the next wait'], [9, [true, 1]]])
    })

  it('without a wait after group.cancel(), it leaves nothing behind', () => {
    expect(story(function* (note) {
      const task = createTask(function* (): Coroutine<void> {
        try {
          yield* sleep(100)
        } finally {
          yield* groupThat(function* (group) { group.cancel() })
          yield* sleep(7)
          note('after the next wait')
        }
      }())
      yield* sleep(1)
      task.cancel()
      yield* wait([task])
    })).toEqual([[8, 'after the next wait']])
  })

  it('is cancelled, although an eager child does it in its first step', () => {
    expect(story(function* (note) {
      getRunningLoop().setTaskFactory(eagerTaskFactory)
      yield* groupThat(function* (group) {
        group.createTask(function* (): Coroutine<void> {
          group.cancel()
          yield* told(note, () => sleep(1000) as Coroutine<void>)
        }())
        note('the body goes on')
      })
      note('over')
    })).toEqual([[0, 'the body goes on'], [0, 'CancelledError'], [0, 'over']])
  })

  it('is cancelled, although it is a child of an eager child that fails at once', () => {
    expect(story(function* (note) {
      getRunningLoop().setTaskFactory(eagerTaskFactory)
      yield* groupThat(function* (group) {
        group.createTask(function* (): Coroutine<void> {
          group.createTask(function* (): Coroutine<void> { throw new Error('at once') }())
          yield* told(note, () => new Future<void>() as unknown as Coroutine<void>)
        }())
      })
    })).toEqual([[0, 'CancelledError'], 'ExceptionGroup: unhandled errors in a TaskGroup (1 sub-exception)'])
  })
})

describe('a time limit inside of another', () => {
  it.each<[string, () => Coroutine<unknown>]>([
    ['timeout()', () => use(timeout(2), () => sleep(100))],
    ['waitFor()', () => waitFor(slow(4), 4)],
    ['failAfter()', () => use(failAfter(2), () => sleep(100))],
  ])('lets the outer scope win, when both are over: %s in moveOnAfter()', (_, inner) => {
    const log = story(note => told(note, function* () {
      const scope = moveOnAfter(2)
      yield* use(scope, inner)
      return scope.cancelledCaught
    }))
    expect(log.map(entry => (entry as [number, unknown])[1])).toEqual([true])
  })
})

describe('a scope that is entered cancelled', () => {
  it.each<[string, () => CancelScope]>([
    ['cancelled', () => {
      const scope = new CancelScope()
      scope.cancel()
      return scope
    }],
    ['over', () => new CancelScope({ deadline: 0 })],
  ])('does not catch a request that was pending when it was entered: %s', (_, make) => {
    expect(story(function* (note) {
      const task = createTask(function* (): Coroutine<void> {
        const me = currentTask()
        me?.cancel('mine')
        const scope = make()
        yield* told(note, () => use(scope, () => sleep(10)))
      }())
      yield* wait([task])
      note([task.cancelled(), task.cancelling()])
    })).toEqual([[0, expect.stringContaining('CancelledError')], [0, [true, 1]]])
  })

  it('the same for the request of a group', () => {
    expect(story(function* (note) {
      yield* groupThat(function* (group) {
        group.cancel()
        const scope = new CancelScope()
        scope.cancel()
        yield* use(scope, () => sleep(10))
        note('not reached')
      })
      note('over')
    })).toEqual([[0, 'over']])
  })
})

describe('the end of a group that has waited', () => {
  it.each<[string, () => CancelScope, unknown[]]>([
    ['failAfter()', () => failAfter(2), [[5, 'TimeoutError: failAfter(2): 2 ms are over'], 'TimeoutError: failAfter(2): 2 ms are over']],
    ['moveOnAfter()', () => moveOnAfter(2), [[5, undefined], [5, [true, true]]]],
  ])('is a checkpoint for the scopes around it: %s', (_, make, expected) => {
    expect(story(function* (note) {
      const scope = make()
      yield* told(note, () => use(scope, function* () {
        yield* groupThat(cancelsItself)
        note('not reached')
      }))
      note([scope.cancelCalled, scope.cancelledCaught])
    })).toEqual(expected)
  })
})

describe('shields', () => {
  it('a cancelled scope whose shield is closed delivers nothing for a second time', () => {
    expect(story(function* (note) {
      const scope = new CancelScope()
      function* child(): Coroutine<void> {
        try {
          yield* sleep(100)
        } finally {
          yield* sleep(5)
          note('cleaned up')
        }
      }
      const task = createTask(use(scope, function* () { yield* createTask(child()) }))
      yield* sleep(1)
      scope.cancel()
      yield* sleep(1)
      scope.shield = true
      yield* task
    })).toEqual([[6, 'cleaned up']])
  })

  const limits: Record<string, (body: () => Coroutine<unknown>) => Coroutine<unknown>> = {
    'timeout()': body => use(timeout(50), body),
    'waitFor()': body => waitFor(body(), 50),
    'task.cancel()': function* (body) {
      const task = createTask(body())
      yield* sleep(50)
      task.cancel()
      yield* wait([task])
    },
    'group.cancel()': function* (body) {
      yield* groupThat(function* (group) {
        group.createTask(body())
        yield* sleep(50)
        group.cancel()
      })
    },
  }

  describe.each(Object.entries(limits))('%s reaches the tasks of a group in a shielded scope', (_, limit) => {
    function* shielded(): Coroutine<void> {
      yield* groupThat(function* (group) {
        group.createTask(use(new CancelScope({ shield: true }), () => sleep(1000)))
      })
    }

    it.each([['alone', false], ['although a scope in between is cancelled before', true]])('%s', (_name, between) => {
      const log = story(function* (note) {
        try {
          yield* limit(() => between ? use(moveOnAfter(10), shielded) : shielded())
        } finally {
          note('over')
        }
      })
      expect(log[0]).toEqual([50, 'over'])
    })
  })

  it('a cleanup that a scope has begun already is not interrupted once more', () => {
    expect(story(function* (note) {
      yield* told(note, () => use(timeout(50), () => use(moveOnAfter(10), () => groupThat(function* (group) { group.createTask(slow(70)) }))))
    })).toEqual([[80, 'TimeoutError: timeout(50): 50 ms are over'], 'TimeoutError: timeout(50): 50 ms are over'])
  })
})

describe('who waits for each other in a circle', () => {
  function* group9(note: (what: unknown) => void): Coroutine<void> {
    yield* groupThat(function* (outer) {
      const inner = new TaskGroup()
      const entered = new Future<void>()
      outer.createTask(function* (): Coroutine<void> {
        yield* entered
        yield* told(note, () => inner.start(function* () { yield* new Future<void>() }))
      }())
      try {
        yield* use(inner, function* (group) {
          entered.setResult()
          group.createTask(function* (): Coroutine<void> {
            yield* sleep(1)
            throw new Error('failed')
          }())
          yield* sleep(1000)
        })
      } catch (error) {
        note(String(error))
      }
    })
  }

  it('a group ends that fails while a task of another is in its start()', () => {
    expect(story(group9)).toEqual([
      [1, 'ExceptionGroup: unhandled errors in a TaskGroup (1 sub-exception)'], [1, 'CancelledError'],
    ])
  })

  it.each<[string, (task: Future) => Coroutine<unknown>]>([
    ['by yield*', function* (task) { yield* task }],
    ['by gather()', function* (task) { yield* gather([task]) }],
    ['by wait()', function* (task) { yield* wait([task]) }],
    ['by shield()', function* (task) { yield* shield(task) }],
    ['by waitFor()', function* (task) { yield* waitFor(task, 1000) }],
  ])('a child that cancels the task which waits for it, and then waits for that: %s', (_, waits) => {
    const log = story(function* (note) {
      const parent: Task<void> = createTask(function* (): Coroutine<void> {
        yield* createTask(child())
      }())
      function* child(): Coroutine<void> {
        yield* sleep(1)
        parent.cancel()
        yield* waits(parent)
      }
      yield* wait([parent])
      note(parent.cancelled())
      yield* sleep(1)
      note(allTasks().size)
    })
    expect(log).toEqual([[1, true], [2, 1]])
  })
})

it('a greenlet made in a task that has ended gives its result to the task that switched to it', () => {
  expect(story(function* (note) {
    let made = greenlet()
    yield* createTask(function* (): Coroutine<void> {
      made = greenlet(function* (word: string): Coroutine<string> {
        yield* sleep(1)
        if (word === 'fail') throw new Error('failed')
        return `${word} back`
      })
    }())
    yield* createTask(told(note, function* () { return yield* made.switch('there') }))
    let failing = greenlet()
    yield* createTask(function* (): Coroutine<void> { failing = greenlet(function* (): Coroutine<never> { throw new Error('failed') }) }())
    const task = createTask(told(note, function* () { return yield* failing.switch() }))
    yield* wait([task])
    task.exception()
  })).toEqual([[1, 'there back'], [1, 'Error: failed']])
})

it('an error is a cancellation when it is a CancelledError', () => {
  expect(story(function* (note) {
    const task = createTask(slow(1))
    yield
    task.cancel()
    try {
      yield* task
    } catch (error) {
      note(isCancelled(error))
    }
  })).toEqual([[1, true]])
})
