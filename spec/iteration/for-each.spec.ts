import {
  BREAK, type Coroutine, type Stream, type StreamIterator, createTask, forEach, greenlet, pyGenerator, runMain, sleep,
  wait,
} from '../../lib/index.ts'
import { attempt, story } from '../support/stories.ts'

/** Counts to `end`, slowly, and says when it is closed. */
class Counter implements Stream<number> {
  constructor(private readonly log: unknown[], private readonly end: number,
    private readonly closes: () => Coroutine<void> = quietly) {}

  iterate(): StreamIterator<number> {
    const { log, end, closes } = this
    let i = 0
    return {
      *next() {
        yield* sleep(1)
        return i < end ? { value: i++, done: false } : { value: undefined, done: true }
      },
      *close() {
        yield* sleep(1)
        log.push('closed')
        yield* closes()
      },
    }
  }
}

function* quietly(): Coroutine<void> { /* nothing more */ }

describe('forEach()', () => {
  it('gives the items of a stream to the body, one after the other, and says that it came to the end', () => {
    expect(story(function* (log) {
      log.push(yield* forEach(new Counter(log, 3), function* (i) {
        yield* sleep(5)
        log.push(i)
      }))
      log.push(yield* forEach(new Counter(log, 0), function* () { log.push('never') }))
    })).toEqual([0, 1, 2, true, true])
  })

  it('is left by BREAK, and by nothing else that the body returns; then the stream is closed', () => {
    expect(story(function* (log) {
      log.push(yield* forEach(new Counter(log, 5), function* (i) {
        log.push(i)
        if (i === 1) return BREAK
        return 'tea' as never
      }))
    })).toEqual([0, 1, 'closed', false])
  })

  it('is left by an error of the body, and closes the stream before that goes on', () => {
    expect(story(function* (log) {
      log.push(yield* attempt(() => forEach(new Counter(log, 5), function* (i) {
        log.push(i)
        throw new RangeError('no more')
      })))
      const task = createTask(forEach(new Counter(log, 5), function* () { yield* sleep(10) }))
      yield* sleep(5)
      task.cancel()
      yield* wait([task])
      log.push(task.cancelled())
    })).toEqual([0, 'closed', 'RangeError undefined: no more', 'closed', true])
  })

  it('does not close a stream that fails itself, or whose next item is waited for when the task is cancelled', () => {
    expect(story(function* (log) {
      const broken: Stream<number> = {
        iterate: () => ({
          *next() { throw new RangeError('broken') },
          *close() { log.push('never') },
        }),
      }
      log.push(yield* attempt(() => forEach(broken, function* () { log.push('never') })))
      const task = createTask(forEach(new Counter(log, 5), function* () { log.push('never') }))
      yield
      task.cancel()
      yield* wait([task])
      log.push(task.cancelled())
    })).toEqual(['RangeError undefined: broken', true])
  })

  it('throws what the stream fails with on being closed, in the place of the error of the body', () => {
    const stuck = () => (function* (): Coroutine<void> { throw new RangeError('stuck') })()
    expect(story(function* (log) {
      log.push(yield* attempt(() => forEach(new Counter(log, 5, stuck), function* () { throw new RangeError('body') })))
      log.push(yield* attempt(() => forEach(new Counter(log, 5, stuck), function* () { return BREAK })))
    })).toEqual(['closed', 'RangeError undefined: stuck', 'closed', 'RangeError undefined: stuck'])
  })

  it('needs nothing but next() of an iterator', () => {
    expect(story(function* (log) {
      const once = (): Stream<string> => {
        let items = ['only']
        return {
          iterate: () => ({
            *next() {
              const [value] = items
              items = []
              return value === undefined ? { value, done: true } : { value, done: false }
            },
          }),
        }
      }
      log.push(yield* forEach(once(), function* (item) { log.push(item) }))
      log.push(yield* forEach(once(), function* () { return BREAK }))
      log.push(yield* attempt(() => forEach(once(), function* () { throw new RangeError('no') })))
    })).toEqual(['only', true, false, 'RangeError undefined: no'])
  })

  it('calls iterate() as a method, once for each loop', () => {
    const log: unknown[] = []
    const stream: Stream<number> & { started: number } = {
      started: 0,
      iterate() {
        this.started++
        return { *next() { return { value: undefined, done: true } } }
      },
    }
    runMain(function* () {
      for (let i = 0; i < 3; i++) log.push(yield* forEach(stream, function* () { log.push('never') }))
    })
    expect([log, stream.started]).toEqual([[true, true, true], 3])
  })

  it('works in greenlets and generators that plain code drives, as long as nothing waits', () => {
    const log: unknown[] = []
    const pair = (): Stream<number> => {
      let i = 0
      return { iterate: () => ({ *next() { return i < 2 ? { value: i++, done: false } : { value: undefined,
        done: true } } }) }
    }
    const main = greenlet(function* () { yield* forEach(pair(), function* (i) { log.push(`greenlet ${i}`) }) })
    main.resume()
    pyGenerator(() => forEach(pair(), function* (i) { log.push(`generator ${i}`) })).next()
    expect(log).toEqual(['greenlet 0', 'greenlet 1', 'generator 0', 'generator 1'])
  })

  it('takes a stream and a function', () => {
    const noStream = (what: string, hint = '') =>
      `TypeError NOT_A_STREAM: forEach() takes a stream, which has a method iterate(), not ${what}${hint}`
    const hint = '. Write for (const item of ...)'
    expect(story(function* (log) {
      const body = function* () { log.push('never') }
      for (const what of [null, undefined, 5, {}, { iterate: 5 }, 'text', [1, 2], new Map(), (function* g() {})()]) {
        log.push(yield* attempt(() => forEach(what as never, body)))
      }
      log.push(yield* attempt(() => forEach(new Counter(log, 5), 'body' as never)))
    })).toEqual([
      noStream('null'), noStream('undefined'), noStream('5'), noStream('Object'), noStream('Object'),
      noStream("'text'", hint),
      noStream('[2 items]', hint), noStream('Map', hint), noStream('Generator', `${hint}, or, if it waits or emits, make it by asyncGenerator(function* () {...})`),
      "TypeError BODY_NOT_CALLABLE: forEach() takes a function for its body, not 'body'. " +
        'Write forEach(source, function* (item) {...})',
    ])
  })
})
