import {
  type Coroutine, type Emitting, PyAsyncGenerator, asyncGenerator, coroutine, createTask, emit, forEach, greenlet,
  pyGenerator, run, runMain, sleep,
  watch, yieldFrom,
} from '../../lib/index.ts'
import { attempt, slip, story, virtual } from '../support/stories.ts'

const outside = 'RuntimeError EMIT_OUTSIDE: emit() works in the body of an asyncGenerator() only'

describe('emit()', () => {
  it('may stand in a coroutine that the body delegates to, natively or not', () => {
    expect(story(function* (log) {
      const pair = function* (name: string): Emitting<unknown, unknown> {
        log.push(yield* emit(`${name} 1`), yield* emit(`${name} 2`))
        return name
      }
      const all = asyncGenerator(function* () {
        log.push(yield* pair('native'))
        log.push(yield* yieldFrom(pair('delegated')))
        log.push(yield* coroutine(pair)('coroutine'))
      })
      const generator = all()
      for (let i = 0; i < 7; i++) {
        const { value } = yield* generator.asend(i === 0 ? undefined : i)
        if (value !== undefined) log.push(value)
      }
    })).toEqual([
      'native 1', 'native 2', 1, 2, 'native', 'delegated 1', 'delegated 2', 3, 4, 'delegated', 'coroutine 1',
      'coroutine 2', 5, 6,
      'coroutine',
    ])
  })

  it('goes through ten thousand levels, and an error thrown at it through all of them', () => {
    expect(story(function* (log) {
      let cleanups = 0
      function* level(n: number): Emitting<unknown, unknown> {
        try {
          if (n === 0) for (let i = 0; i < 3; i++) log.push(yield* emit(i))
          else yield* yieldFrom(level(n - 1))
        } finally {
          cleanups++
        }
        return undefined
      }
      const deep = asyncGenerator(() => level(10_000))
      const generator = deep()
      log.push(yield* generator.anext(), yield* generator.asend('tea'))
      log.push(yield* createTask(generator.asend('milk')), cleanups)
      log.push(yield* attempt(() => generator.athrow(new RangeError('out'))), cleanups)
    })).toEqual([
      'tea', { value: 0, done: false }, { value: 1, done: false }, 'milk', { value: 2, done: false }, 0,
      'RangeError undefined: out', 10_001,
    ])
  })

  it('goes to the innermost generator that is asked', () => {
    expect(story(function* (log) {
      const inner = asyncGenerator(function* () {
        yield* emit('inner 1')
        yield* emit('inner 2')
      })
      const outer = asyncGenerator(function* () {
        const source = inner()
        log.push(yield* source.anext())
        yield* emit('outer')
        log.push(yield* source.anext())
      })
      const generator = outer()
      log.push(yield* generator.anext(), yield* generator.anext())
    })).toEqual([
      { value: 'inner 1', done: false }, { value: 'inner 2', done: false }, { value: 'outer', done: false },
      { value: undefined, done: true },
    ])
  })

  it('works in the body of an asynchronous generator only', () => {
    const log: unknown[] = []
    run((function* (): Coroutine<void> {
      // @ts-expect-error: TypeScript knows where an emit() may stand
      log.push(yield* attempt(() => emit(1)))
      // @ts-expect-error: not in a greenlet
      log.push(yield* attempt(() => greenlet(function* () { yield* emit(1) }).switch()))
    })(), virtual())
    // @ts-expect-error: not there either
    log.push(slip(() => greenlet(function* () { yield* emit(1) }).resume()))
    // @ts-expect-error: not in a program
    log.push(slip(() => runMain(function* () { yield* emit(1) })))
    log.push(slip(() => pyGenerator(function* () { yield* emit(1) }).next()))
    expect(log).toEqual([outside, outside, outside, outside, outside])
  })

  it('does not reach out of a greenlet, nor out of what plain code drives', () => {
    expect(story(function* (log) {
      const body = asyncGenerator(function* () {
        // @ts-expect-error: TypeScript knows it
        log.push(yield* attempt(() => greenlet(function* () { yield* emit(1) }).switch()))
        log.push(slip(() => pyGenerator(function* () { yield* emit(1) }).next()))
        yield* emit(2)
      })
      log.push((yield* body().anext()).value)
    })).toEqual([outside, outside, 2])
  })

  it('is a slip without its yield*, and says so', () => {
    expect(story(function* (log) {
      const forgetful = asyncGenerator(function* () {
        const request: { toString(): string } = emit(1)
        log.push(request.toString())
        yield* emit(2)
      })
      log.push(yield* forgetful().anext())
      const starless = asyncGenerator(function* () { yield emit(1) as never })
      log.push(yield* attempt(() => starless().anext()))
    })).toEqual(['emit()', { value: 2, done: false }, expect.stringMatching('^RuntimeError BAD_YIELD: ')])
  })

  it('is seen by who watches, and no frame is entered twice', () => {
    const log: unknown[] = []
    const part = function* part(): Emitting<unknown, unknown> { return yield* emit('item') }
    const body = asyncGenerator(function* body() { log.push(yield* yieldFrom(part())) })
    runMain(function* main() {
      const generator = body()
      const stop = watch(event => {
        const name = event.kind === 'switch' ? '' : event.frame?.name ?? ''
        if (['part', 'body'].includes(name)) log.push(`${event.kind} ${name}`)
      })
      yield* generator.anext()
      yield* generator.asend('sent')
      stop()
    })
    expect(log).toEqual([
      'enter body', 'delegate body', 'enter part', 'emit part', 'answer part', 'return part', 'result body', 'sent',
      'return body',
    ])
  })

  it('cannot be answered by others who drive what the body delegates to', () => {
    expect(story(function* (log) {
      const part = pyGenerator(function* (): Emitting<string, string> {
        log.push(yield* emit('item'))
        return 'the end'
      })
      const generator = asyncGenerator(function* () {
        log.push(yield* yieldFrom(part))
        yield* emit('last')
      })()
      log.push(yield* generator.anext(), part.state, slip(() => part.send('by the way')), slip(() => part.close()))
      log.push(yield* generator.asend('tea'))
    })).toEqual([
      { value: 'item', done: false }, 'GEN_SUSPENDED', 'ValueError GENERATOR_BUSY: generator already executing',
      'ValueError GENERATOR_BUSY: generator already executing', 'tea', 'the end', { value: 'last', done: false },
    ])
  })

  it('is lost with the generator when others drive what lies between that and its body', () => {
    expect(story(function* (log) {
      const between = pyGenerator(function* () {
        yield* yieldFrom((function* (): Emitting<string> { yield* emit('item') })())
      })
      const generator = asyncGenerator(function* () { yield* yieldFrom(between) })()
      log.push(yield* generator.anext(), slip(() => between.next()))
      log.push(yield* attempt(() => generator.anext()), yield* generator.anext())
    })).toEqual([
      { value: 'item', done: false }, 'ValueError GENERATOR_BUSY: generator already executing',
      'RuntimeError DELEGATE_LOST: somebody else has driven the coroutine that the body of this asynchronous generator ' +
        'delegates to',
      { value: undefined, done: true },
    ])
  })

  it('leaves nothing of the body on the stack of who asked', () => {
    expect(story(function* (log) {
      const body = asyncGenerator(function* body() { for (;;) yield* emit(1) })
      const generator = body()
      const task = createTask((function* asking(): Coroutine<void> {
        yield* generator.anext()
        yield* sleep(5)
      })())
      yield
      log.push(task.getStack().map(frame => [frame.name, frame.delegate]))
      yield* task
      yield* generator.aclose()
    })).toEqual([[['asking', null]]])
  })

  it('may emit again and again, a hundred thousand times', () => {
    expect(story(function* (log) {
      let sum = 0
      const numbers = asyncGenerator(function* () { for (let i = 1; i <= 100_000; i++) yield* emit(i) })
      yield* forEach(numbers(), function* (i) { sum += i })
      log.push(sum, numbers() instanceof PyAsyncGenerator)
    })).toEqual([5_000_050_000, true])
  })
})

describe('an emit() that is yielded again', () => {
  it('is refused, and the one who asks is told', () => {
    expect(story(function* (log) {
      const one = emit(1)
      const again = asyncGenerator(function* () { for (;;) yield* one })()
      log.push((yield* again.anext()).value, yield* attempt(() => again.anext()), yield* again.anext())
      const other = asyncGenerator(function* () { yield* one })()
      log.push(yield* attempt(() => other.anext()))
    })).toEqual([
      1, 'RuntimeError EMIT_REUSED: cannot reuse an emit() that was yielded already. Call emit() again',
      { value: undefined, done: true },
      'RuntimeError EMIT_REUSED: cannot reuse an emit() that was yielded already. Call emit() again',
    ])
  })
})
