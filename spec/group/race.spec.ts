import { type Coroutine, EventLoop, ExceptionGroup, Queue, all, createTask, getRunningLoop, race, shield, sleep } from '../../lib/index.ts'
import { attempt, slip, story, virtual } from '../support/stories.ts'

function* runner(log: unknown[], name: string, ms: number, error?: Error): Coroutine<string> {
  try {
    yield* sleep(ms)
    if (error !== undefined) throw error
    return name
  } finally {
    log.push(`${name} is over`)
  }
}

/** Its cleanup takes `ms`, and fails. */
function* clumsy(name: string, ms = 0): Coroutine<void> {
  try {
    yield* sleep(50)
  } finally {
    yield* sleep(ms)
    throwError(`the cleanup of ${name} fails`)
  }
}

function throwError(message: string): never { throw new Error(message) }

describe('race()', () => {
  it('gives the first, and has ended the others', () => {
    expect(story(function* (log) {
      log.push(yield* race([runner(log, 'slow', 20), runner(log, 'fast', 10), runner(log, 'slower', 30)]))
    })).toEqual(['fast is over', 'slow is over', 'slower is over', 'fast'])
  })

  it('ends tasks and futures that are given, too', () => {
    expect(story(function* (log) {
      const [mine, future] = [createTask(runner(log, 'mine', 20)), getRunningLoop().createFuture<string>()]
      log.push(yield* race([mine, runner(log, 'fast', 10), future]), mine.cancelled(), future.cancelled())
    })).toEqual(['fast is over', 'mine is over', 'fast', true, true])
  })

  it('lets a task go on that is given as a shield', () => {
    expect(story(function* (log) {
      const [mine, bad] = [createTask(runner(log, 'mine', 20)), createTask(runner(log, 'bad', 30, new Error('bad fails')))]
      log.push(yield* race([shield(mine), runner(log, 'fast', 10), shield(bad)]), yield* mine, yield* attempt(() => bad))
    })).toEqual(['fast is over', 'mine is over', 'bad is over', 'fast', 'mine', 'Error undefined: bad fails'])
  })

  it('loses no error of a shield: what nobody reads is reported', () => {
    const log: unknown[] = []
    const loop = new EventLoop(virtual())
    loop.setExceptionHandler((_loop, { exception }) => { log.push(`reported: ${String(exception)}`) })
    loop.runUntilComplete(function* (): Coroutine<void> {
      log.push(yield* race([shield(runner(log, 'bad', 20, new Error('bad fails'))), runner(log, 'fast', 10)]))
      yield* sleep(20)
    }())
    loop.close()
    expect(log).toEqual(['fast is over', 'fast', 'bad is over', 'reported: Error: bad fails'])
  })

  it('takes one item, though both queues have one, and though both get one in the same turn', () => {
    expect(story(function* (log) {
      const [a, b] = [new Queue<string>(), new Queue<string>()]
      a.putNowait('a1')
      b.putNowait('b1')
      log.push(yield* race([a.get(), b.get()]), a.qsize(), b.qsize(), yield* b.get())
      const both = createTask(race([a.get(), b.get()]))
      yield* sleep(1)
      b.putNowait('b2')
      a.putNowait('a2')
      log.push(yield* both, a.qsize(), b.qsize())
    })).toEqual(['a1', 0, 1, 'b1', 'b2', 1, 0])
  })

  it('begins nothing when one is done already', () => {
    expect(story(function* (log) {
      const done = createTask(runner(log, 'done', 1))
      yield* done
      log.push(yield* race([runner(log, 'other', 1), done]))
    })).toEqual(['done is over', 'done'])
  })

  it('interrupts the cleanup of the others once only, also when it is cancelled meanwhile', () => {
    function* careful(log: unknown[]): Coroutine<void> {
      try {
        yield* sleep(50)
      } finally {
        yield* sleep(10)
        log.push('cleaned up')
      }
    }
    expect(story(function* (log) {
      const racing = createTask(race([careful(log), runner(log, 'fast', 5)]))
      yield* sleep(7)
      racing.cancel()
      log.push(yield* attempt(() => racing))
      log.push(yield* race([careful(log), runner(log, 'quick', 5)]))
    })).toEqual(['fast is over', 'cleaned up', 'CancelledError CANCELLED: ', 'quick is over', 'cleaned up', 'quick'])
  })

  it('throws what the first ends with, and what others fail with', () => {
    expect(story(function* (log) {
      log.push(yield* attempt(() => race([runner(log, 'a', 10, new Error('a fails')), runner(log, 'b', 20)])))
      log.push(yield* attempt(() => race([runner(log, 'c', 10, new Error('c fails')), clumsy('d')])))
      function* bad(): Coroutine<void> { try { yield* sleep(50) } finally { log.push(String(new Error('bad cleanup'))) } }
      log.push(yield* race([runner(log, 'e', 5), bad()]))
    })).toEqual([
      'a is over', 'b is over', 'Error undefined: a fails', 'c is over',
      expect.stringMatching(/^ExceptionGroup .*several have failed/), 'e is over', 'Error: bad cleanup', 'e',
    ])
  })

  it('is cancelled with all that it was given, and waits for their ends', () => {
    expect(story(function* (log) {
      const [mine, kept] = [createTask(runner(log, 'mine', 20)), createTask(runner(log, 'kept', 20))]
      const task = createTask(race([runner(log, 'a', 10), mine, shield(kept)]))
      yield* sleep(5)
      task.cancel()
      log.push(yield* attempt(() => task), mine.cancelled(), yield* kept)
    })).toEqual(['a is over', 'mine is over', 'kept is over', 'CancelledError CANCELLED: ', true, 'kept'])
  })

  it('throws what another one fails with when the race is cancelled', () => {
    expect(story(function* (log) {
      const task = createTask(race([runner(log, 'a', 10), clumsy('one'), clumsy('two')]))
      yield* sleep(5)
      task.cancel()
      try {
        yield* task
      } catch (error) {
        log.push(error instanceof ExceptionGroup && error.errors.map(String))
      }
    })).toEqual(['a is over', ['Error: the cleanup of one fails', 'Error: the cleanup of two fails']])
  })

  it('waits on when it is cancelled a second time, and the errors that it cannot throw are reported', () => {
    const log: unknown[] = []
    const loop = new EventLoop(virtual())
    loop.setExceptionHandler((_loop, { exception }) => { log.push(`reported: ${String(exception)}`) })
    loop.runUntilComplete(function* (): Coroutine<void> {
      const task = createTask(race([runner(log, 'a', 10), clumsy('one', 10)]))
      yield* sleep(5)
      task.cancel('first')
      yield* sleep(5)
      task.cancel('second')
      log.push(yield* attempt(() => task), getRunningLoop().time())
    }())
    loop.close()
    expect(log).toEqual(['a is over', 'CancelledError CANCELLED: second', 15, 'reported: Error: the cleanup of one fails'])
  })

  it('ends what it began when one of the awaitables is none', () => {
    expect(story(function* (log) {
      const mine = createTask(runner(log, 'mine', 20))
      yield* sleep(5)
      log.push(yield* attempt(() => race([mine, 5 as never])), mine.cancelled())
    })).toEqual(['mine is over', expect.stringMatching(/^TypeError|ArgumentError/), true])
  })

  it('gives the first also when another one, that stands before it, ends with a result when it is cancelled', () => {
    expect(story(function* (log) {
      function* stubborn(): Coroutine<string> {
        try {
          yield* sleep(20)
        } catch {
          log.push('will not be cancelled')
        }
        return 'stubborn'
      }
      log.push(yield* race([stubborn(), runner(log, 'fast', 10)]))
    })).toEqual(['fast is over', 'will not be cancelled', 'fast'])
  })

  it('ends as the first does, be it cancelled, and though one before it goes on', () => {
    expect(story(function* (log) {
      const [slow, cancelled] = [createTask(runner(log, 'slow', 20)), createTask(runner(log, 'cancelled', 20))]
      const racing = createTask(race([shield(slow), cancelled]))
      yield* sleep(5)
      cancelled.cancel('no more')
      log.push(yield* attempt(() => racing))
      log.push(yield* slow)
    })).toEqual(['cancelled is over', 'CancelledError CANCELLED: no more', 'slow is over', 'slow'])
  })

  it('throws what another one fails with when it is cancelled', () => {
    expect(story(function* (log) {
      log.push(yield* attempt(() => race([runner(log, 'fast', 5), clumsy('one')])))
      log.push(yield* attempt(() => all([runner(log, 'bad', 5, new Error('bad fails')), clumsy('one'), runner(log, 'good', 50)])))
    })).toEqual([
      'fast is over', 'Error undefined: the cleanup of one fails', 'bad is over', 'good is over', 'ExceptionGroup EXCEPTION_GROUP: several have failed',
    ])
  })

  it('takes a list', () => {
    expect([slip(() => race([])), slip(() => race(3 as never)), slip(() => all(3 as never))]).toEqual([
      expect.stringContaining('race() takes an array'), expect.stringContaining('race() takes an array'), expect.stringContaining('all() takes an array'),
    ])
  })
})

describe('all()', () => {
  it('gives the results by position', () => {
    expect(story(function* (log) {
      const [a, b] = yield* all([runner(log, 'a', 20), sleep(10, 7)])
      log.push(a, b, yield* all([]))
    })).toEqual(['a is over', 'a', 7, []])
  })

  it('ends the others with the first error, before it throws', () => {
    expect(story(function* (log) {
      log.push(yield* attempt(() => all([runner(log, 'a', 20), runner(log, 'b', 10, new Error('b fails'))])))
    })).toEqual(['b is over', 'a is over', 'Error undefined: b fails'])
  })

  it('ends tasks and futures that are given, too, but not a shield', () => {
    expect(story(function* (log) {
      const [mine, kept] = [createTask(runner(log, 'mine', 20)), createTask(runner(log, 'kept', 30))]
      log.push(yield* attempt(() => all([mine, shield(kept), runner(log, 'bad', 10, new Error('bad fails'))])))
      log.push(mine.cancelled(), yield* kept)
    })).toEqual(['bad is over', 'mine is over', 'Error undefined: bad fails', 'kept is over', true, 'kept'])
  })

  it('throws the first error first, then those that others fail with when they are cancelled', () => {
    expect(story(function* (log) {
      try {
        yield* all([clumsy('one'), runner(log, 'bad', 10, new Error('bad fails'))])
      } catch (error) {
        log.push(error instanceof ExceptionGroup && error.errors.map(String))
      }
    })).toEqual(['bad is over', ['Error: bad fails', 'Error: the cleanup of one fails']])
  })
})
