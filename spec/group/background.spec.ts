import { type Coroutine, EventLoop, TaskGroup, createTask, eagerTaskFactory, getRunningLoop, moveOnAfter, run, sleep, use } from '../../lib/index.ts'
import { attempt, story, virtual } from '../support/stories.ts'

function* beats(log: unknown[], name = 'heart'): Coroutine<void> {
  try {
    for (;;) {
      yield* sleep(2)
      log.push(`${getRunningLoop().time()} ${name} beats`)
    }
  } finally {
    yield* sleep(1)
    log.push(`${getRunningLoop().time()} ${name} stops`)
  }
}

describe('a background task of a group', () => {
  it('is cancelled when the body and the other tasks have ended, and the group waits for its end', () => {
    expect(story(function* (log) {
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(beats(log), { background: true, name: 'heart' })
        group.createTask(sleep(3))
        yield* sleep(1)
        log.push('the body is over')
      })
      log.push(getRunningLoop().time())
      yield* use(new TaskGroup(), function* (group) { group.createTask(beats(log), { background: true }) })
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(sleep(1), { background: true })
        yield* sleep(5) // it has ended by itself before
      })
    })).toEqual(['the body is over', '2 heart beats', '4 heart stops', 4])
  })

  it('may be started: the group waits until it serves', () => {
    expect(story(function* (log) {
      yield* use(new TaskGroup(), function* (group) {
        log.push(yield* group.start<number>(function* (started) {
          yield* sleep(1)
          started(8080)
          yield* beats(log)
        }, { background: true }))
        yield* sleep(3)
      })
      log.push(getRunningLoop().time())
    })).toEqual([8080, '3 heart beats', '5 heart stops', 5])
  })

  it('fails the group like any other, and what it fails with at its end is not lost', () => {
    expect(story(function* (log) {
      function* failing(ms: number): Coroutine<void> {
        try {
          yield* sleep(ms)
          throw new RangeError('while it served')
        } finally {
          if (ms > 50) throw new TypeError('in its cleanup')
        }
      }
      for (const ms of [1, 99]) {
        log.push(yield* attempt(() => use(new TaskGroup(), function* (group) {
          group.createTask(failing(ms), { background: true })
          yield* sleep(9)
        })), getRunningLoop().time())
      }
    })).toEqual(['ExceptionGroup EXCEPTION_GROUP: unhandled errors in a TaskGroup', 1,
      'ExceptionGroup EXCEPTION_GROUP: unhandled errors in a TaskGroup', 10])
  })

  it('is cancelled once, whatever else is cancelled meanwhile', () => {
    expect(story(function* (log) {
      const body = (late: boolean) => use(new TaskGroup(), function* (group) {
        group.createTask(beats(log), { background: true })
        group.createTask(sleep(late ? 1 : 50))
      })
      const [early, late] = [createTask(body(false)), createTask(body(true))]
      yield* sleep(1)
      yield // the late one has dismissed its heart, which is cleaning up
      early.cancel('enough')
      late.cancel('enough')
      log.push(yield* attempt(() => early), yield* attempt(() => late))
      yield* use(moveOnAfter(1), () => body(false))
      log.push(getRunningLoop().time())
    })).toEqual(['2 heart stops', '2 heart stops', 'CancelledError CANCELLED: enough', 'CancelledError CANCELLED: enough', 3])
  })

  it('may make tasks of the group, for which the group waits', () => {
    expect(story(function* (log) {
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(function* (): Coroutine<void> {
          try {
            yield* sleep(99)
          } finally {
            group.createTask(function* (): Coroutine<void> {
              yield* sleep(3)
              log.push(`${getRunningLoop().time()} a last word`)
            }())
            group.createTask(beats(log, 'second heart'), { background: true })
          }
        }(), { background: true })
        yield
      })
      log.push(getRunningLoop().time())
    })).toEqual(['2 second heart beats', '3 a last word', '4 second heart stops', 4])
  })
})

describe('a group that was cancelled', () => {
  it('takes no more tasks, as in Python: also before it is entered, and from a task that begins at once and cancels it', () => {
    expect(story(function* (log) {
      const group = new TaskGroup()
      group.cancel()
      yield* use(group, function* () { log.push(yield* attempt(function* () { group.createTask(sleep(1)) })) })
      yield* use(new TaskGroup(), function* (inner) {
        inner.cancel()
        log.push(yield* attempt(function* () { inner.createTask(sleep(1)) }))
      })
      log.push('left without an error')
    })).toEqual([
      'RuntimeError GROUP_NOT_OPEN: <TaskGroup cancelling> is shutting down', 'RuntimeError GROUP_NOT_OPEN: <TaskGroup cancelling> is shutting down',
      'left without an error',
    ])
    const loop = new EventLoop(virtual())
    loop.setTaskFactory(eagerTaskFactory)
    expect(run(function* (): Coroutine<unknown> {
      let task = null
      yield* use(new TaskGroup(), function* (group) {
        task = group.createTask(function* (): Coroutine<void> {
          group.cancel()
          yield* sleep(1000)
        }())
      })
      return [(task as unknown as { cancelled(): boolean }).cancelled(), loop.time()]
    }(), { loopFactory: () => loop })).toEqual([true, 0])
  })
})
