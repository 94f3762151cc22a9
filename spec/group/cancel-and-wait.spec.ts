import { type Coroutine, cancelAndWait, createTask, currentTask, getRunningLoop, moveOnAfter, sleep, use } from '../../lib/index.ts'
import { attempt, story } from '../support/stories.ts'

describe('cancelAndWait()', () => {
  it('waits until the task has cleaned up, and its CancelledError ends there', () => {
    expect(story(function* (log) {
      const task = createTask(function* (): Coroutine<void> {
        try {
          yield* sleep(1000)
        } catch (error) {
          log.push(String(error))
          throw error
        } finally {
          yield* sleep(5)
          log.push(`cleaned up at ${getRunningLoop().time()}`)
        }
      }())
      yield* sleep(1)
      log.push(yield* cancelAndWait(task, 'enough'), task.cancelled(), currentTask()?.cancelling())
    })).toEqual(['CancelledError: enough', 'cleaned up at 6', undefined, true, 0])
  })

  it('gives what the task returns in spite of it, and throws what it fails with', () => {
    expect(story(function* (log) {
      function* stubborn(): Coroutine<string> {
        try {
          return yield* sleep(9, 'slept')
        } catch {
          return 'saved'
        }
      }
      function* failing(): Coroutine<void> {
        try {
          yield* sleep(9)
        } finally {
          throw new RangeError('fire')
        }
      }
      const [a, b, c] = [createTask(stubborn()), createTask(failing()), createTask(stubborn())]
      yield
      log.push(yield* cancelAndWait(a), yield* attempt(() => cancelAndWait(b)))
      log.push(yield* c, yield* cancelAndWait(c)) // it is done already
    })).toEqual(['saved', 'RangeError undefined: fire', 'slept', 'slept'])
  })

  it('tells the cancellation of the waiter from that of the task', () => {
    expect(story(function* (log) {
      function* slowly(name: string): Coroutine<void> {
        try {
          yield* sleep(1000)
        } finally {
          yield* sleep(50)
          log.push(`${name} is over at ${getRunningLoop().time()}`)
        }
      }
      const slow = createTask(slowly('slow'))
      const waiter = createTask(function* (): Coroutine<void> {
        yield* cancelAndWait(slow)
        log.push('never')
      }())
      yield* sleep(1)
      waiter.cancel('go home')
      log.push(yield* attempt(() => waiter), getRunningLoop().time(), slow.done())
      yield* use(moveOnAfter(3), function* () {
        const other = createTask(slowly('other'))
        yield
        yield* cancelAndWait(other)
        log.push('never')
      })
      log.push(getRunningLoop().time())
      yield* sleep(100)
    })).toEqual(['CancelledError CANCELLED: go home', 1, false, 4, 'slow is over at 50', 'other is over at 51'])
  })

  it('refuses what is no task, and a task that would wait for itself', () => {
    expect(story(function* (log) {
      log.push(yield* attempt(() => cancelAndWait(sleep(1) as never)))
      log.push(yield* attempt(() => cancelAndWait(currentTask() as never)), currentTask()?.cancelling())
    })).toEqual([
      'TypeError NOT_A_FUTURE: cancelAndWait() takes a task, not Sleep. Write const task = createTask(f())',
      'RuntimeError AWAITS_ITSELF: a task cannot wait for its own end. Write task.cancel()', 0,
    ])
  })
})
