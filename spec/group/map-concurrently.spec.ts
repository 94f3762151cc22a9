import { type Coroutine, EventLoop, createTask, currentTask, eagerTaskFactory, getRunningLoop, mapConcurrently, moveOnAfter, run,
  sleep, use } from '../../lib/index.ts'
import { attempt, story, virtual, words } from '../support/stories.ts'

function* brew(name: string, ms: number): Coroutine<string> {
  yield* sleep(ms)
  return `one ${name}`
}

/** What an ExceptionGroup has in it. */
function inGroup(error: unknown): unknown { return (error as { errors: unknown[] }).errors.map(words) }

describe('mapConcurrently()', () => {
  it('works on so many at a time, asks for an item when there is somebody to work on it, and gives results in order', () => {
    expect(story(function* (log) {
      function* orders(): Generator<[string, number]> {
        for (const [name, ms] of [['tea', 9], ['milk', 2], ['cake', 3], ['pie', 8]] as const) {
          log.push(`${getRunningLoop().time()} ${name} asked for`)
          yield [name, ms]
        }
      }
      log.push(yield* mapConcurrently(orders(), function* ([name, ms], index) {
        const done = yield* brew(name, ms)
        log.push(`${getRunningLoop().time()} ${done}, number ${index}`)
        return done
      }, { limit: 2 }))
    })).toEqual([
      '0 tea asked for', '0 milk asked for', '2 one milk, number 1', '2 cake asked for', '5 one cake, number 2', '5 pie asked for',
      '9 one tea, number 0', '13 one pie, number 3', ['one tea', 'one milk', 'one cake', 'one pie'],
    ])
  })

  it('gives results as they come, if they need no order', () => {
    expect(story(function* (log) {
      const work = (ms: number) => sleep(ms, ms)
      log.push(yield* mapConcurrently([5, 1, 3], work, { limit: 3, ordered: false }))
      log.push(yield* mapConcurrently(new Set([5, 1, 3]), work, { limit: 2, ordered: false }), yield* mapConcurrently([], work, { limit: 1 }))
    })).toEqual([[1, 3, 5], [1, 3, 5].slice(0, 1).concat(3, 5), []])
  })

  it('ends the others when one fails, closes the items, and throws all that went wrong', () => {
    expect(story(function* (log) {
      function* numbers(): Generator<number> {
        try {
          for (let i = 0; ; i++) yield i
        } finally {
          log.push('no more numbers')
        }
      }
      try {
        yield* mapConcurrently(numbers(), function* (n) {
          try {
            yield* sleep(n === 1 ? 5 : 100)
          } finally {
            log.push(`${n} is over`)
            if (n === 2) throw new TypeError('in the cleanup')
          }
          throw new RangeError('fire')
        }, { limit: 3 })
      } catch (error) {
        log.push(String(error), inGroup(error), getRunningLoop().time())
      }
    })).toEqual([
      '1 is over', 'no more numbers', '0 is over', '2 is over',
      'ExceptionGroup: unhandled errors in a TaskGroup (2 sub-exceptions)', ['RangeError undefined: fire', 'TypeError undefined: in the cleanup'], 5,
    ])
  })

  it('lets onError say what stands in the place of a result', () => {
    expect(story(function* (log) {
      const results: (number | string)[] = yield* mapConcurrently([1, 2, 3], function* (n) {
        yield* sleep(n)
        if (n === 2) throw new RangeError('two')
        return n
      }, { limit: 2, onError: (error, item, index) => `${String(error)}: ${item} at ${index}` })
      log.push(results)
      log.push(yield* attempt(() => mapConcurrently([1], function* (): Coroutine<never> { throw new RangeError('one') },
        { limit: 1, onError() { throw new TypeError('I do not know') } })))
    })).toEqual([[1, 'RangeError: two: 2 at 1', 3],
      'ExceptionGroup EXCEPTION_GROUP: unhandled errors in a TaskGroup'])
  })

  it('fails with its items', () => {
    expect(story(function* (log) {
      function* bad(): Generator<number> {
        yield 1
        throw new RangeError('no more')
      }
      try {
        yield* mapConcurrently(bad(), n => sleep(50, n), { limit: 2 })
      } catch (error) {
        log.push(inGroup(error), getRunningLoop().time())
      }
    })).toEqual([['RangeError undefined: no more'], 0])
  })

  it('leaves no result out: a worker that waits for what is cancelled has failed', () => {
    expect(story(function* (log) {
      const other = createTask(sleep(100))
      function* worker(n: number): Coroutine<number> {
        if (n === 1) {
          other.cancel()
          yield* other
        }
        return n
      }
      try {
        yield* mapConcurrently([0, 1], worker, { limit: 2 })
      } catch (error) {
        log.push(inGroup(error))
      }
      log.push(yield* mapConcurrently([0, 1], worker, { limit: 2, onError: String }))
    })).toEqual([
      ['RuntimeError WORKER_CANCELLED: the worker on item 1 waited for something that was cancelled'], [0, 'CancelledError'],
    ])
  })

  it('is cancelled with who waits for it, and has cleaned up then', () => {
    expect(story(function* (log) {
      const slowly = () => mapConcurrently([1, 2], function* (n) {
        try {
          yield* sleep(100)
        } finally {
          log.push(`${n} is over at ${getRunningLoop().time()}`)
        }
      }, { limit: 1 })
      const task = createTask(slowly())
      yield* sleep(3)
      task.cancel('enough')
      log.push(yield* attempt(() => task))
      yield* use(moveOnAfter(4), slowly)
      log.push(currentTask()?.cancelling())
    })).toEqual(['1 is over at 3', 'CancelledError CANCELLED: enough', '1 is over at 7', 0])
  })

  it('takes no more items when a worker has failed before it ever waited', () => {
    const loop = new EventLoop(virtual())
    loop.setTaskFactory(eagerTaskFactory)
    const seen: number[] = []
    function* main(): Coroutine<unknown> {
      return yield* attempt(() => mapConcurrently([1, 2, 3], function* (n): Coroutine<void> {
        seen.push(n)
        throw new RangeError('at once')
      }, { limit: 9 }))
    }
    expect(run(main(), { loopFactory: () => loop })).toBe('ExceptionGroup EXCEPTION_GROUP: unhandled errors in a TaskGroup')
    expect(seen).toEqual([1])
  })

  it.each<[string, () => Coroutine<unknown>, string]>([
    ['no limit', () => mapConcurrently([], () => sleep(1), {} as never),
      'TypeError NOT_A_NUMBER: the limit of mapConcurrently() takes a number, not undefined'],
    ['a limit of 0', () => mapConcurrently([], () => sleep(1), { limit: 0 }),
      'ValueError NO_ROOM: the limit of mapConcurrently() is 1 or more, not 0: with less, nothing would ever begin'],
    ['a limit that is not whole', () => mapConcurrently([], () => sleep(1), { limit: 1.5 }),
      'TypeError NOT_WHOLE: the limit of mapConcurrently() takes a whole number, not 1.5'],
    ['no items', () => mapConcurrently(5 as never, () => sleep(1), { limit: 1 }),
      'TypeError NOT_A_LIST: mapConcurrently() takes items that for…of can go through, not 5'],
    ['a stream', () => mapConcurrently({ iterate() { /* never */ } } as never, () => sleep(1), { limit: 1 }),
      'TypeError NOT_A_LIST: mapConcurrently() takes items that for…of can go through, not Object. Write mapStream(source, worker, { limit })'],
    ['null', () => mapConcurrently(null as never, () => sleep(1), { limit: 1 }),
      'TypeError NOT_A_LIST: mapConcurrently() takes items that for…of can go through, not null'],
    ['no worker', () => mapConcurrently([], sleep(1) as never, { limit: 1 }),
      'TypeError NOT_CALLABLE: mapConcurrently() takes a function that works on an item, not Sleep'],
    ['an onError that is no function', () => mapConcurrently([], () => sleep(1), { limit: 1, onError: 'skip' as never }),
      "TypeError NOT_CALLABLE: mapConcurrently() takes { onError: (error, item, index) => … }, not 'skip'"],
  ])('refuses %s', (_, what, said) => {
    expect(story(function* (log) { log.push(yield* attempt(what)) })).toEqual([said])
  })
})
