import { BREAK, CancelledError, type Coroutine, type ExceptionGroup, EventLoop, asyncGenerator, createTask, emit, forEach, getRunningLoop, mapStream, moveOnAfter, run,
  sleep, use } from '../../lib/index.ts'
import { attempt, slip, story, virtual, words } from '../support/stories.ts'

/** 0, 1, 2… without an end, one each millisecond. */
const numbers = (log: unknown[] = []) => asyncGenerator(function* () {
  try {
    for (let n = 0; ; n++) {
      yield* sleep(1)
      log.push(`${n} made`)
      yield* emit(n)
    }
  } finally {
    yield* sleep(1)
    log.push(`closed at ${getRunningLoop().time()}`)
  }
})()

const few = asyncGenerator(function* (...values: number[]) { for (const value of values) yield* emit(value) })

function inGroup(error: unknown): unknown { return (error as ExceptionGroup).errors.map(words) }

describe('mapStream()', () => {
  it('ends the worker that it waits for when a scope ends the wait, or an error from outside', () => {
    expect(story(function* (log) {
      const slow = () => mapStream(few(1), function* () {
        try {
          yield* sleep(100)
        } finally {
          log.push(`ended at ${getRunningLoop().time()}`)
        }
      }, { limit: 1 })
      const takes = () => forEach(slow(), function* () { /* nothing comes */ })
      yield* use(moveOnAfter(5), takes)
      const task = createTask(takes())
      yield* sleep(5)
      task.throwNow(new CancelledError('enough'))
      log.push(yield* attempt(() => task), getRunningLoop().time())
    })).toEqual(['ended at 5', 'ended at 10', 'CancelledError CANCELLED: enough', 10])
  })

  it('that is cancelled ends as cancelled, and reports what fails meanwhile', () => {
    const log: unknown[] = []
    const loop = new EventLoop(virtual())
    loop.setExceptionHandler((_, { message, exception }) => { log.push(`${message}: ${words(exception)}`) })
    const fails = mapStream(few(1, 2), function* () {
      try {
        yield* sleep(100)
      } finally {
        throw new RangeError('fire')  
      }
    }, { limit: 2 })
    const task = loop.createTask(forEach(fails, function* () { /* nothing comes */ }))
    loop.callLater(5, () => { task.throwNow(new CancelledError('enough')) })
    log.push(slip(() => loop.runUntilComplete(task)))
    const told = 'unhandled errors in mapStream(), while it was cancelled: RangeError undefined: fire'
    expect(log).toEqual([told, told, 'CancelledError CANCELLED: enough'])
  })

  it('asks an endless source for no more than can be worked on or is taken', () => {
    expect(story(function* (log) {
      const doubled = mapStream(numbers(log), function* (n) {
        yield* sleep(3)
        return n * 2
      }, { limit: 2 })
      yield* sleep(50) // nothing begins before somebody asks
      const finished = yield* forEach(doubled, function* (n) {
        log.push(`${getRunningLoop().time()} ${n} taken`)
        if (n === 2) return BREAK
        yield* sleep(20) // the two that are worked on end, and nothing else begins
        return undefined
      })
      log.push(finished)
    })).toEqual(['0 made', '1 made', '54 0 taken', '2 made', '74 2 taken', 'closed at 75', false])
  })

  it('gives results in the order of the items, or as they come, and then ends', () => {
    expect(story(function* (log) {
      for (const ordered of [true, false]) {
        const got: number[] = []
        const ended = yield* forEach(mapStream(few(5, 1, 3), ms => sleep(ms, ms), { limit: 3, ordered }), function* (ms) { got.push(ms) })
        log.push(got, ended)
      }
      const iterator = mapStream(few(), ms => sleep(ms), { limit: 1 }).iterate()
      log.push(yield* iterator.next(), yield* iterator.next())
    })).toEqual([[5, 1, 3], true, [1, 3, 5], true, { value: undefined, done: true }, { value: undefined, done: true }])
  })

  it.each([true, false])('ends everything when a worker fails, and throws all that went wrong: ordered %p', ordered => {
    expect(story(function* (log) {
      const stream = mapStream(numbers(), function* (n) {
        try {
          yield* sleep(n === 1 ? 2 : 50)
        } finally {
          log.push(`${n} is over at ${getRunningLoop().time()}`)
          if (n === 2) throw new TypeError('in the cleanup')
        }
        if (n === 1) throw new RangeError('fire')
        return n
      }, { limit: 3, ordered })
      const iterator = stream.iterate()
      try {
        for (;;) log.push((yield* iterator.next()).value)
      } catch (error) {
        log.push(String(error), inGroup(error))
      }
      log.push((yield* iterator.next()).done)
    })).toEqual(ordered ? [
      '1 is over at 4', '0 is over at 51', 0, '2 is over at 51', 'ExceptionGroup: unhandled errors in mapStream() (2 sub-exceptions)',
      ['RangeError undefined: fire', 'TypeError undefined: in the cleanup'], true,
    ] : [
      '1 is over at 4', '0 is over at 4', '2 is over at 4', 'ExceptionGroup: unhandled errors in mapStream() (2 sub-exceptions)',
      ['RangeError undefined: fire', 'TypeError undefined: in the cleanup'], true,
    ])
  })

  it.each([true, false])('fails where its source fails: ordered %p', ordered => {
    expect(story(function* (log) {
      const source = asyncGenerator(function* () {
        yield* emit(1)
        throw new RangeError('no more')
      })()
      try {
        yield* forEach(mapStream(source, n => sleep(ordered ? 1 : 9, n), { limit: 4, ordered }), function* (n) { log.push(n) })
      } catch (error) {
        log.push(inGroup(error), getRunningLoop().time())
      }
    })).toEqual(ordered ? [1, ['RangeError undefined: no more'], 1] : [['RangeError undefined: no more'], 0])
  })

  it('is cancelled with who asks; what a worker fails with then is reported', () => {
    const log: unknown[] = []
    const loop = new EventLoop(virtual())
    loop.setExceptionHandler((_, { message, exception }) => { log.push(message, words(exception)) })
    function* main(): Coroutine<void> {
      const task = createTask(forEach(mapStream(numbers(log), function* (n) {
        try {
          yield* sleep(50)
        } finally {
          if (n === 1) throw new TypeError('in the cleanup')
        }
      }, { limit: 2 }), function* () { log.push('never') }))
      yield* sleep(5)
      task.cancel('enough')
      log.push(yield* attempt(() => task))
    }
    run(main(), { loopFactory: () => loop })
    expect(log).toEqual(['0 made', '1 made', 'closed at 6', 'unhandled errors in mapStream(), while it was cancelled',
      'TypeError undefined: in the cleanup', 'CancelledError CANCELLED: enough'])
  })

  it('throws what goes wrong while it is closed', () => {
    expect(story(function* (log) {
      const stream = mapStream(few(1, 2), function* (n) {
        try {
          yield* sleep(n)
        } finally {
          if (n === 2) throw new TypeError('in the cleanup')
        }
      }, { limit: 2 })
      try {
        yield* forEach(stream, function* () { return BREAK })
      } catch (error) {
        log.push(inGroup(error))
      }
    })).toEqual([['TypeError undefined: in the cleanup']])
  })

  it('lets onError say what stands in the place of a result', () => {
    expect(story(function* (log) {
      yield* forEach(mapStream(few(1, 2), function* (n): Coroutine<number> {
        if (n === 2) throw new RangeError('two')
        return n
      }, { limit: 1, onError: (error, item) => `${item}: ${String(error)}` }), function* (n) { log.push(n) })
    })).toEqual([1, '2: RangeError: two'])
  })

  it('goes on with an error that is thrown into it while it waits for the ends', () => {
    const log: unknown[] = []
    const loop = new EventLoop(virtual())
    const consumer = loop.createTask(function* () {
      const results = mapStream(numbers(), function* (n: number) {
        try {
          yield* sleep(100)
        } finally {
          yield* sleep(5)
          log.push(`${n} is over`)
        }
      }, { limit: 2 })
      try {
        yield* forEach(results, function* () { log.push('never') })
      } catch (error) {
        log.push(words(error))
      }
    }())
    loop.callLater(10, () => { consumer.cancel() })
    loop.callLater(17, () => {
      consumer.throwNow(new Error('at once'))
      log.push('thrown')
    })
    loop.runUntilComplete(sleep(30))
    expect(log).toEqual(['0 is over', 'Error undefined: at once', 'thrown', '1 is over'])
  })

  it('refuses what is no stream', () => {
    expect([slip(() => mapStream([1] as never, () => sleep(1), { limit: 1 })), slip(() => mapStream(null as never, () => sleep(1), { limit: 1 })),
      slip(() => mapStream(few(), () => sleep(1), { limit: 0 })), slip(() => mapStream(few(), 1 as never, { limit: 0 }))]).toEqual([
      'TypeError NOT_A_STREAM: mapStream() takes a stream, which has a method iterate(), not [1 items]. Write mapConcurrently(items, worker, { limit })',
      'TypeError NOT_A_STREAM: mapStream() takes a stream, which has a method iterate(), not null',
      'ValueError NO_ROOM: the limit of mapStream() is 1 or more, not 0: with less, nothing would ever begin',
      'TypeError NOT_CALLABLE: mapStream() takes a function that works on an item, not 1',
    ])
  })
})
