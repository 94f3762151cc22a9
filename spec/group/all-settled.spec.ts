import { type Coroutine, allSettled, createTask, getRunningLoop, moveOnAfter, sleep, use } from '../../lib/index.ts'
import { attempt, story, words } from '../support/stories.ts'

function* failing(ms: number, error: Error): Coroutine<never> {
  yield* sleep(ms)
  throw error
}

describe('allSettled()', () => {
  it('waits for all, however they end, and tells how, by position', () => {
    expect(story(function* (log) {
      const cancelled = createTask(sleep(100))
      getRunningLoop().callLater(3, () => cancelled.cancel('because'))
      const [slow, bad, third, called] = yield* allSettled([sleep(9, 'slow'), failing(1, new RangeError('fire')), cancelled, () => sleep(1, 5)])
      log.push(slow, bad.status === 'rejected' && words(bad.reason), third.status === 'rejected' && words(third.reason), called)
      log.push(getRunningLoop().time(), yield* allSettled([]))
    })).toEqual([
      { status: 'fulfilled', value: 'slow' }, 'RangeError undefined: fire', 'CancelledError CANCELLED: because',
      { status: 'fulfilled', value: 5 }, 9, [],
    ])
  })

  it('has so many go on at a time', () => {
    expect(story(function* (log) {
      const work = (n: number) => function* (): Coroutine<void> {
        log.push(`${n} begins at ${getRunningLoop().time()}`)
        yield* sleep(n)
        if (n === 2) throw new Error('two')
      }
      yield* allSettled([work(5), work(2), work(1), work(4)], { limit: 2 })
      log.push(getRunningLoop().time())
    })).toEqual(['5 begins at 0', '2 begins at 0', '1 begins at 2', '4 begins at 3', 7])
  })

  it('is cancelled with who waits; all have ended then, and what they fail with is thrown', () => {
    expect(story(function* (log) {
      function* slowly(name: string): Coroutine<void> {
        try {
          yield* sleep(100)
        } finally {
          yield* sleep(1)
          log.push(`${name} is over at ${getRunningLoop().time()}`)
          if (name === 'c') throw new TypeError('in the cleanup')
        }
      }
      yield* use(moveOnAfter(3), () => allSettled([slowly('a'), slowly('b')])) // a scope ends the waits in a finally, too
      log.push(getRunningLoop().time())
      const task = createTask(allSettled([slowly('a'), createTask(slowly('c'))]))
      yield* sleep(1)
      task.cancel()
      log.push(yield* attempt(() => task))
    })).toEqual([3, 'a is over at 5', 'c is over at 5',
      'ExceptionGroup EXCEPTION_GROUP: unhandled errors in a TaskGroup'])
  })

  it('refuses what is no list of awaitables, before anything begins', () => {
    expect(story(function* (log) {
      log.push(yield* attempt(() => allSettled(sleep(1) as never)), yield* attempt(() => allSettled([() => { log.push('begun') }, 5] as never)),
        yield* attempt(() => allSettled([], { limit: 0 })))
    })).toEqual([
      'TypeError NOT_AN_ARRAY: allSettled() takes an array, not Sleep. Write allSettled([f(), g()])',
      'TypeError NOT_AWAITABLE: a future, a coroutine or an awaitable is required, not 5. If yield* f() gave it, write f() alone',
      'ValueError NO_ROOM: the limit of allSettled() is 1 or more, not 0: with less, nothing would ever begin',
    ])
  })
})
