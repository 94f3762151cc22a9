import {
  BREAK, CancelScope, ContextVar, type Coroutine, EventLoop, GeneratorExit, PyAsyncGenerator, asyncGenerator,
  createTask, currentTask,
  emit, forEach, gather, getCurrent, getRunningLoop, greenlet, isCancelled, run, runMain, sleep, suspend, use, wait,
} from '../../lib/index.ts'
import { attempt, slip, story, virtual } from '../support/stories.ts'

const END = { value: undefined, done: true }
const item = (value: unknown) => ({ value, done: false })

/** Counts, slowly, and logs what it is sent and how it ends. */
const counter = asyncGenerator(function* counter(log: unknown[], end?: number) {
  try {
    for (let i = 0; i < (end ?? Infinity); i++) {
      yield* sleep(1)
      const sent = yield* emit<number, string | undefined>(i)
      if (sent !== undefined) log.push(`sent ${sent}`)
    }
    log.push('comes to its end')
    return 'ignored'
  } catch (error) {
    log.push(`caught ${(error as Error).name}`)
    throw error
  } finally {
    log.push('is over')
  }
})

describe('an asynchronous generator', () => {
  it('runs nothing when it is made; it has a name', () => {
    expect(story(function* (log) {
      const generator = counter(log)
      log.push(String(generator), generator.name, counter.name, generator instanceof PyAsyncGenerator)
      log.push(yield* generator.anext(), String(asyncGenerator(function* () { yield* emit(1) })()))
      yield* generator.aclose()
    })).toEqual([
      '<async_generator counter>', 'counter', 'counter', true, item(0), '<async_generator <anonymous>>',
      'caught GeneratorExit', 'is over',
    ])
  })

  it('gives item after item to who asks, and takes what is sent', () => {
    expect(story(function* (log) {
      const generator = counter(log, 3)
      log.push(yield* generator.anext(), yield* generator.asend('tea'), yield* generator.asend(),
        yield* generator.anext())
      log.push(yield* generator.anext(), yield* generator.asend('milk'), yield* generator.athrow(RangeError))
      yield* generator.aclose()
      log.push(getRunningLoop().time())
    })).toEqual(['sent tea', 'comes to its end', 'is over', item(0), item(1), item(2), { value: 'ignored', done: true },
    END, END, END, 3])
  })

  it('is thrown into where it emits, and may go on', () => {
    expect(story(function* (log) {
      const patient = asyncGenerator(function* () {
        for (let i = 0; ; i++) {
          try {
            yield* emit(i)
          } catch (error) {
            log.push(String(error))
            if (i === 2) throw error
            if (i === 3) return 'gives up'
          }
        }
      })
      const generator = patient()
      log.push(yield* generator.anext(), yield* generator.athrow(new RangeError('first')))
      log.push(yield* generator.athrow(RangeError))
      log.push(yield* attempt(() => generator.athrow(new RangeError('third'))), yield* generator.anext())
      const unstarted = patient()
      log.push(yield* attempt(() => unstarted.athrow(new RangeError('at once'))), yield* unstarted.anext())
    })).toEqual([
      'RangeError: first', item(0), item(1), 'RangeError', item(2), 'RangeError: third', 'RangeError undefined: third',
      END,
      'RangeError undefined: at once', END,
    ])
  })

  it('is closed by aclose(), in its own time; one that has not begun never begins', () => {
    expect(story(function* (log) {
      const slow = asyncGenerator(function* () {
        try {
          yield* emit('item')
        } catch (error) {
          log.push((error as Error).name)
          yield* sleep(5)
          return // is a way to end, too
        }
      })
      const generator = slow()
      yield* generator.anext()
      log.push(yield* generator.aclose(), getRunningLoop().time(), yield* generator.aclose(), yield* generator.anext())
      const unstarted = slow()
      log.push(yield* unstarted.aclose(), yield* unstarted.anext())
    })).toEqual(['GeneratorExit', undefined, 5, undefined, END, undefined, END])
  })

  it('throws at aclose() what it fails with, or that it goes on emitting', () => {
    expect(story(function* (log) {
      const stuck = asyncGenerator(function* (goesOn: boolean) {
        try {
          yield* emit('item')
        } finally {
          if (goesOn) yield* emit('another')
          throw new RangeError('stuck')
        }
      })
      for (const goesOn of [true, false]) {
        const generator = stuck(goesOn)
        yield* generator.anext()
        log.push(yield* attempt(() => generator.aclose()), yield* attempt(() => generator.anext()),
          yield* generator.anext())
      }
    })).toEqual([
      'RuntimeError IGNORED_GENERATOR_EXIT: async generator ignored GeneratorExit', 'RangeError undefined: stuck', END,
      'RangeError undefined: stuck', END, END,
    ])
  })

  it('lets a GeneratorExit that comes from elsewhere pass', () => {
    expect(story(function* (log) {
      const leaving = asyncGenerator(function* () {
        yield* emit(1)
        throw new GeneratorExit('of its own')
      })
      const generator = leaving()
      yield* generator.anext()
      log.push(yield* attempt(() => generator.anext()), yield* generator.anext())
    })).toEqual(['GeneratorExit GENERATOR_EXIT: of its own', END])
  })

  it('cannot be asked while it runs: by another task, or by itself', () => {
    const busy = (method: string) =>
      `RuntimeError GENERATOR_BUSY: ${method}(): asynchronous generator is already running`
    expect(story(function* (log) {
      const generator = counter(log)
      const first = createTask(generator.anext())
      yield
      log.push(yield* attempt(() => generator.anext()), yield* attempt(() => generator.asend('1')))
      log.push(yield* attempt(() => generator.athrow(RangeError)), yield* attempt(() => generator.aclose()))
      log.push(yield* first, yield* generator.anext())
      const self: PyAsyncGenerator = asyncGenerator(function* () {
        yield* emit(1)
        log.push(yield* attempt(() => self.anext()))
        yield* emit(2)
      })()
      log.push(yield* self.anext(), yield* self.anext())
      yield* generator.aclose()
    })).toEqual([
      busy('anext'), busy('asend'), busy('athrow'), busy('aclose'), item(0), item(1), busy('anext'), item(1), item(2),
      'caught GeneratorExit', 'is over',
    ])
  })

  it('is sent nothing before it waits for something', () => {
    expect(story(function* (log) {
      const generator = counter(log, 1)
      log.push(yield* attempt(() => generator.asend('tea')), yield* generator.asend(undefined))
      yield* generator.aclose()
    })).toEqual([
      "TypeError SEND_BEFORE_START: can't send non-None value to a just-started async generator. Call anext() first",
      item(0),
      'caught GeneratorExit', 'is over',
    ])
  })

  it('runs in the task and the context of who asks: it may be handed from one task to another', () => {
    expect(story(function* (log) {
      const order = new ContextVar<string>('order')
      const waiter = asyncGenerator(function* () {
        for (;;) {
          yield* sleep(1)
          yield* emit(`${currentTask()?.getName() ?? 'nobody'}: ${order.get()}`)
        }
      })
      const generator = waiter()
      function* asks(what: string): Coroutine<unknown> {
        order.set(what)
        return (yield* generator.anext()).value
      }
      for (const what of ['tea', 'milk', 'cake']) log.push(yield* createTask(asks(what), { name: `for ${what}` }))
      order.set('main')
      log.push(yield* greenlet(() => asks('pie')).switch())
      yield* generator.aclose()
    })).toEqual(['for tea: tea', 'for milk: milk', 'for cake: cake', expect.stringMatching(/^Task-\d+: pie$/)])
  })

  it('goes on in a greenlet of nobody, and in plain code as long as it does not wait', () => {
    const log: unknown[] = []
    const numbers = asyncGenerator(function* () {
      for (let i = 0; ; i++) {
        const sent = yield* emit(i)
        if (sent === 'wait') log.push(yield* suspend<string>(resume => { wake = resume }))
      }
    })
    let wake: (value: string) => void = () => undefined
    const generator = numbers()
    greenlet(function* () {
      log.push((yield* generator.anext()).value, (yield* generator.anext()).value)
      log.push((yield* generator.asend('wait')).value)
    }).resume()
    wake('woken')
    log.push(runMain(function* () { return (yield* generator.anext()).value }))
    expect(log).toEqual([0, 1, 'woken', 2, 3])
  })

  it('passes control where its body switches, and comes back', () => {
    expect(story(function* (log) {
      const here = getCurrent()
      const other = greenlet(function* (): Coroutine<string> {
        log.push('in the greenlet')
        return String(yield* here.switch('from there'))
      })
      const switching = asyncGenerator(function* () {
        yield* emit(yield* other.switch())
        yield* emit(yield* other.switch('again'))
      })
      const generator = switching()
      log.push(yield* generator.anext(), yield* generator.anext(), yield* generator.anext())
    })).toEqual(['in the greenlet', item('from there'), item('again'), { value: undefined, done: true }])
  })

  it('is cancelled where it waits, with the task that asks, and is over then', () => {
    expect(story(function* (log) {
      const generator = counter(log)
      yield* generator.anext()
      const task = createTask(generator.anext())
      yield
      task.cancel()
      yield* wait([task])
      log.push(task.cancelled(), yield* generator.anext())
      const patient = asyncGenerator(function* () {
        for (let i = 0; ; i++) {
          try {
            yield* sleep(10)
          } catch (error) {
            if (!isCancelled(error)) throw error
            yield* emit(`cancelled ${i}`)
          }
        }
      })()
      const stubborn = createTask(patient.anext())
      yield
      stubborn.cancel()
      log.push(yield* stubborn)
      yield* patient.aclose()
    })).toEqual(['caught CancelledError', 'is over', true, END, item('cancelled 0')])
  })

  it('may emit out of a cancel scope, a manager, or a loop over another one', () => {
    expect(story(function* (log) {
      const doubled = asyncGenerator(function* (source: PyAsyncGenerator<number>) {
        yield* use(new CancelScope(), function* () {
          yield* forEach(source, function* (i) { yield* emit(2 * i) })
        })
      })
      log.push(yield* forEach(doubled(counter(log, 3)), function* (i) { log.push(i) }))
    })).toEqual([0, 2, 4, 'comes to its end', 'is over', true])
  })

  it('is closed by forEach() that is left, and when the loop is shut down', () => {
    expect(story(function* (log) {
      log.push(yield* forEach(counter(log), function* (i) { return i === 1 ? BREAK : undefined }))
      yield* counter(log).anext()
      log.push('main ends')
    })).toEqual(['caught GeneratorExit', 'is over', false, 'main ends', 'caught GeneratorExit', 'is over'])
  })

  it('is known to the loop from its first item to its end', () => {
    expect(story(function* (log) {
      const { $generators: generators } = getRunningLoop()
      const [closed, ended, failed] = [counter([]), counter([], 0), counter([])]
      log.push(generators.size)
      yield* closed.anext()
      log.push(generators.has(closed))
      yield* closed.aclose()
      yield* ended.anext()
      yield* failed.anext()
      yield* attempt(() => failed.athrow(RangeError))
      log.push(generators.size)
    })).toEqual([0, true, 0])
  })

  it('may be begun without a loop, and is closed by the first in which it goes on', () => {
    const log: unknown[] = []
    const generator = asyncGenerator(function* () {
      try {
        for (;;) yield* emit('item')
      } finally {
        log.push('closed')
      }
    })()
    const next = () => generator.anext()
    runMain(next)
    log.push(run(next(), virtual()), run(next(), virtual()))
    expect(log).toEqual(['closed', item('item'), END])
  })

  it('is reported when it cannot be closed, or is begun too late', () => {
    const reports: unknown[] = []
    const loop = new EventLoop(virtual())
    loop.setExceptionHandler((_, { message, exception, asyncgen }) => {
      reports.push(message, (exception as Error | undefined)?.message, asyncgen instanceof PyAsyncGenerator)
    })
    const stuck = asyncGenerator(function* stuck() {
      try {
        yield* emit(1)
      } finally {
        throw new RangeError('stuck')
      }
    })
    loop.runUntilComplete(stuck().anext())
    loop.runUntilComplete(loop.shutdownAsyncGenerators())
    loop.runUntilComplete(attempt(() => stuck().anext()))
    expect(reports).toEqual([
      'an error occurred during closing of asynchronous generator <async_generator stuck>', 'stuck', true,
      'asynchronous generator <async_generator stuck> was scheduled after shutdownAsyncGenerators()', undefined, true,
    ])
  })

  it('is made by a generator function, and is one of its own kind', () => {
    const words = 'TypeError NOT_A_GENERATOR_FUNCTION: asyncGenerator() takes a generator function'
    expect([5, undefined, (function* () {})()].map(what => slip(() => asyncGenerator(what as never)))).toEqual(
      ['5', 'undefined', 'Generator'].map(what => `${words}, not ${what}. Write asyncGenerator(function* () {...})`))
    const plain = [function plain() { return 5 }, () => [][Symbol.iterator]()]
    expect(plain.map(fn => slip(() => asyncGenerator(fn as never)())))
      .toEqual([`${words}, and plain() returned 5`, `${words}, and a function returned Array Iterator`])
  })

  it('whose body returns an emit() instead of yielding it is told so', () => {
    const slippery = asyncGenerator(function* () { return emit(1) })
    expect(story(function* (log) { log.push(yield* attempt(() => slippery().anext())) })).toEqual([
      'RuntimeError EMIT_NOT_YIELDED: the body returned an emit() that it did not yield. Write yield* emit(value)',
    ])
  })

  it('is one of many: ten thousand in each other, and a thousand side by side', () => {
    expect(story(function* (log) {
      const once = asyncGenerator(function* (source: PyAsyncGenerator<number> | null) {
        yield* emit(source === null ? 0 : (yield* source.anext()).value as number + 1)
      })
      let chain: PyAsyncGenerator<number> | null = null
      for (let i = 0; i <= 10_000; i++) chain = once(chain)
      log.push(yield* chain?.anext() as Coroutine<unknown>)
      const many = yield* gather(Array.from({ length: 1000 }, () => counter([]).anext()))
      log.push(many.every(({ value }) => value === 0))
    })).toEqual([item(10_000), true])
  })
})

describe('athrow()', () => {
  it('takes an error', () => {
    expect(story(function* (log) { log.push(yield* attempt(() => counter([]).athrow(5 as never))) })).toEqual([
      'TypeError NOT_AN_ERROR: athrow() takes an error or a class of errors, not 5',
    ])
  })
})
