import { type Coroutine, all, createTask, race, sleep } from '../../lib/index.ts'
import { attempt, slip, story } from '../support/stories.ts'

function* runner(log: unknown[], name: string, ms: number, error?: Error): Coroutine<string> {
  try {
    yield* sleep(ms)
    if (error !== undefined) throw error
    return name
  } finally {
    log.push(`${name} is over`)
  }
}

describe('race()', () => {
  it('gives the first, and has ended the others', () => {
    expect(story(function* (log) {
      log.push(yield* race([runner(log, 'slow', 20), runner(log, 'fast', 10), runner(log, 'slower', 30)]))
    })).toEqual(['fast is over', 'slow is over', 'slower is over', 'fast'])
  })

  it('leaves futures alone that are given', () => {
    expect(story(function* (log) {
      const mine = createTask(runner(log, 'mine', 20))
      log.push(yield* race([mine, runner(log, 'fast', 10)]), yield* mine)
    })).toEqual(['fast is over', 'mine is over', 'fast', 'mine'])
  })

  it('throws what the first ends with, and what others fail with', () => {
    expect(story(function* (log) {
      log.push(yield* attempt(() => race([runner(log, 'a', 10, new Error('a fails')), runner(log, 'b', 20)])))
      log.push(yield* attempt(() => race([runner(log, 'c', 10, new Error('c fails')), runner(log, 'd', 10, new Error('d fails'))])))
      function* bad(): Coroutine<void> { try { yield* sleep(50) } finally { log.push(String(new Error('bad cleanup'))) } }
      log.push(yield* race([runner(log, 'e', 5), bad()]))
    })).toEqual([
      'a is over', 'b is over', 'Error undefined: a fails', 'c is over', 'd is over',
      expect.stringMatching(/^ExceptionGroup .*several have failed/), 'e is over', 'Error: bad cleanup', 'e',
    ])
  })

  it('is cancelled with all that it began', () => {
    expect(story(function* (log) {
      const task = createTask(race([runner(log, 'a', 10), runner(log, 'b', 20)]))
      yield* sleep(5)
      task.cancel()
      log.push(yield* attempt(() => task))
    })).toEqual(['a is over', 'b is over', 'CancelledError CANCELLED: '])
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

  it('ends as the first does, be it cancelled, though one before it goes on', () => {
    expect(story(function* (log) {
      const [slow, cancelled] = [createTask(runner(log, 'slow', 20)), createTask(runner(log, 'cancelled', 20))]
      const racing = createTask(race([slow, cancelled]))
      yield* sleep(5)
      cancelled.cancel('no more')
      log.push(yield* attempt(() => racing))
      log.push(yield* slow)
    })).toEqual(['cancelled is over', 'CancelledError CANCELLED: no more', 'slow is over', 'slow'])
  })

  it('throws what another one fails with when it is cancelled', () => {
    expect(story(function* (log) {
      function* clumsy(): Coroutine<void> {
        try {
          yield* sleep(50)
        } finally {
          throw new Error('its cleanup fails')
        }
      }
      log.push(yield* attempt(() => race([runner(log, 'fast', 5), clumsy()])))
      log.push(yield* attempt(() => all([runner(log, 'bad', 5, new Error('bad fails')), clumsy(), runner(log, 'good', 50)])))
    })).toEqual([
      'fast is over', 'Error undefined: its cleanup fails', 'bad is over', 'good is over', 'ExceptionGroup EXCEPTION_GROUP: several have failed',
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
})
