import {
  BREAK, CancelScope, type Coroutine, EventLoop, ManualHost, Queue, asyncGenerator, createTask, emit, forEach, channel, getRunningLoop,
  isCancelled, moveOnAfter, run, setEventLoop, sleep, use,
} from '../../lib/index.ts'
import { attach } from '../../lib/node/index.ts'
import {
  PromiseInBlockingLoopError, fromAbortSignal, fromAsyncIterable, fromEventTarget, fromPromise, fromReadableStream, fromWritableStream,
  toAbortSignal, toAsyncIterable, toEventTarget, toPromise, toReadableStream, toWritableStream,
} from '../../lib/promise/index.ts'
import { slip } from '../support/stories.ts'

/** Run a program in a loop that Node's own event loop drives. */
function attached<T>(main: () => Coroutine<T>): Promise<T> {
  const loop = new EventLoop()
  const { detach } = attach(loop)
  return toPromise(main(), { loop }).finally(() => {
    detach()
    loop.close()
  })
}

const later = <T>(ms: number, value: T): Promise<T> => new Promise(resolve => { setTimeout(resolve, ms, value) })

const countdown = asyncGenerator(function* (n: number, log: unknown[] = []) {
  try {
    for (; n > 0; n--) {
      yield* emit(n)
      yield* sleep(1)
    }
  } finally {
    log.push('closed')
  }
})

describe('fromPromise()', () => {
  it('gives what the promise is resolved with, and throws what it is rejected with', () => attached(function* () {
    const log: unknown[] = [yield* fromPromise(later(1, 'value'))]
    for (const reason of [new Error('reason'), 'text']) {
      try {
        yield* fromPromise(Promise.reject(reason as Error))
      } catch (error) {
        log.push(error)
      }
    }
    return log
  }).then(log => { expect(log).toEqual(['value', new Error('reason'), 'text']) }))

  it('leaves the other tasks running meanwhile', () => attached(function* () {
    const log: string[] = []
    const other = createTask(function* (): Coroutine<void> {
      for (let i = 0; i < 3; i++) {
        log.push(`turn ${i}`)
        yield* sleep(0)
      }
    }())
    log.push(yield* fromPromise(later(5, 'promise')))
    yield* other
    return log
  }).then(log => { expect(log).toEqual(['turn 0', 'turn 1', 'turn 2', 'promise']) }))

  it('aborts what a function began when the wait is cancelled, and ignores what becomes of it', () => attached(function* () {
    const log: unknown[] = []
    const work = (signal: AbortSignal): Promise<string> => new Promise((_, reject) => {
      signal.addEventListener('abort', () => {
        log.push(isCancelled(signal.reason))
        reject(new Error('aborted'))
      })
    })
    yield* use(moveOnAfter(1), () => fromPromise(work))
    yield* sleep(1)
    log.push(yield* fromPromise(signal => later(1, signal.aborted)))
    let settle = (_: string): void => { /* not made yet */ }
    const late = new Promise<string>(resolve => { settle = resolve })
    yield* use(moveOnAfter(1), () => fromPromise(late))
    settle('late')
    log.push(yield* fromPromise(late))
    return log
  }).then(log => { expect(log).toEqual([true, false, 'late']) }))

  it('is refused in a loop that blocks, as no promise could ever be resolved', () => {
    const error = new PromiseInBlockingLoopError('fromPromise(): run() and runForever() block the thread, and no promise makes progress ' +
      'meanwhile. Write attach(loop), from yieldfrom/node, or drive the loop by tick()')
    expect(() => run(function* () { yield* fromPromise(Promise.resolve(1)) }())).toThrow(error)
  })

  it('works in a loop that a host drives by ticks', () => {
    const loop = new EventLoop()
    const task = loop.createTask(function* () { return yield* fromPromise(Promise.resolve('value')) }())
    loop.tick()
    return Promise.resolve().then(() => {
      while (loop.tick().ready > 0);
      expect(task.result()).toBe('value')
      loop.close()
    })
  })

  it('says what it takes when it is given something else', () => attached(function* () {
    return [5, undefined].map(value => {
      try {
        return fromPromise(value as never)
      } catch (error) {
        return String(error)
      }
    })
  }).then(log => {
    expect(log).toEqual([5, 'undefined'].map(value => `TypeError: fromPromise() takes a promise, or a function that returns one, not ${value}`))
  }))
})

describe('toPromise()', () => {
  it('is rejected with the error of a task, and with that of a cancellation', () => attached(function* () {
    const loop = getRunningLoop()
    const failing = createTask(function* (): Coroutine<void> { throw new Error('failed') }())
    const sleeping = createTask(sleep(1000))
    const outcomes = Promise.allSettled([toPromise(failing, { loop }), toPromise(sleeping)])
    yield* sleep(1)
    sleeping.cancel('enough')
    return yield* fromPromise(outcomes)
  }).then(outcomes => {
    expect(outcomes.map(outcome => String((outcome as PromiseRejectedResult).reason))).toEqual(['Error: failed', 'CancelledError: enough'])
  }))

  it.each<[string, (options: never) => unknown]>([
    ['toPromise(main(), { loop })', options => toPromise(sleep(1), options)],
    ['toAsyncIterable(stream, { loop })', options => toAsyncIterable(new Queue(), options)],
    ['toReadableStream(stream, { loop })', options => toReadableStream(new Queue(), options)],
    ['toWritableStream(sender, { loop })', options => toWritableStream(channel(1)[0], options)],
  ])('and its like take the loop as an option, so that no promise waits for a loop that nobody drives: %s', (call, make) => {
    const name = call.slice(0, call.indexOf('('))
    const loop = new EventLoop({ host: new ManualHost() })
    expect([slip(() => make(loop as never)), slip(() => make({ lopp: loop } as never)), slip(() => make({ loop: 5 } as never)), slip(() => make({} as never))]).toEqual([
      `TypeError NOT_OPTIONS: ${name}() takes its options as an object, not EventLoop. Write ${call}`,
      `TypeError UNKNOWN_OPTION: ${name}() has no option 'lopp'. Did you mean 'loop'?`,
      `TypeError NOT_A_LOOP: ${name}() takes an event loop, not 5`,
      `RuntimeError NO_LOOP: no event loop runs or is set. Write ${call}, with the loop that attach(), tick() or frame() drives`,
    ])
  })

  it('needs no loop for a task or a future, which know theirs', () => {
    const loop = new EventLoop({ host: new ManualHost() })
    const future = loop.createFuture<string>()
    const both = Promise.all([toPromise(loop.createTask(sleep(5, 'tea'))), toPromise(future)])
    loop.callLater(10, () => { future.setResult('cake') })
    for (let i = 0; i < 5; i++) loop.tick({ dt: 5 })
    const other = new EventLoop({ host: new ManualHost() })
    expect(slip(() => toPromise(future, { loop: other }))).toContain('ValueError OTHER_LOOP')
    return expect(both).resolves.toEqual(['tea', 'cake'])
  })

  it('runs in the loop of setEventLoop() without the option', () => {
    const loop = new EventLoop({ host: new ManualHost() })
    setEventLoop(loop)
    const tea = toPromise(sleep(5, 'tea'))
    for (let i = 0; i < 5; i++) loop.tick({ dt: 5 })
    setEventLoop(null)
    return expect(tea).resolves.toBe('tea')
  })
})

describe('a signal and a scope', () => {
  it('cancel the scope when the signal is aborted, before or in its body', () => attached(function* () {
    const log: unknown[] = []
    const controller = new AbortController()
    for (const signal of [AbortSignal.abort('too late'), controller.signal]) {
      const scope = fromAbortSignal(signal)
      yield* use(scope, function* () {
        try {
          getRunningLoop().callLater(1, () => { controller.abort(new Error('no more')) })
          yield* sleep(1000)
        } catch (error) {
          log.push(String(error))
          throw error
        }
      })
      log.push(scope.cancelledCaught)
    }
    return log
  }).then(log => { expect(log).toEqual(['CancelledError: too late', true, 'CancelledError: no more', true]) }))

  it('are refused in a loop that blocks, as nothing outside of it could abort the signal', () => {
    const log: unknown[] = []
    const { signal } = new AbortController()
    const removed = jest.spyOn(signal, 'removeEventListener')
    run(function* () {
      try {
        yield* use(fromAbortSignal(signal), function* () { log.push('never') })
      } catch (error) {
        log.push(String(error), removed.mock.calls.length)
      }
    }())
    expect(log).toEqual(['PromiseInBlockingLoopError: fromAbortSignal(): run() and runForever() block the thread, and nothing outside can abort ' +
      'the signal meanwhile. Write attach(loop), from yieldfrom/node, or drive the loop by tick(). If the program ends the block itself, ' +
      'write new CancelScope(), and scope.cancel()', 1])
  })

  it('let go of each other when the body is left', () => attached(function* () {
    const controller = new AbortController()
    const scope = fromAbortSignal(controller.signal)
    yield* use(scope, function* () { yield* sleep(1) })
    controller.abort()
    return scope.cancelCalled
  }).then(cancelled => { expect(cancelled).toBe(false) }))

  it('abort the signal when the scope, or one around it, is cancelled', () => attached(function* () {
    const log: unknown[] = []
    yield* use(moveOnAfter(100), function* (outer) {
      yield* use(new CancelScope(), function* (inner) {
        const signals = [toAbortSignal(inner), toAbortSignal(outer), toAbortSignal(inner)]
        for (const signal of signals) signal.addEventListener('abort', () => { log.push(isCancelled(signal.reason)) })
        try {
          yield* sleep(1000)
        } finally {
          log.push(toAbortSignal(inner).aborted)
        }
      })
    })
    return log
  }).then(log => { expect(log).toEqual([true, true, true, true]) }))
})

/** What is read by promises, and closed. */
async function* letters(log: unknown[]): AsyncGenerator<string> {
  try {
    yield await later(1, 'a')
    yield 'b'
  } finally {
    log.push('closed')
  }
}

describe('streams', () => {
  it.each<[string, unknown, string]>([
    ['an array', [1, 2], '[2 items]. Write for (const item of ...) without it'],
    ['an asynchronous generator function', letters, 'letters(). Call it: fromAsyncIterable(letters())'],
    ['a promise', Promise.resolve(1), 'Promise. Write fromAsyncIterable(yield* fromPromise(promise))'],
    ['a number', 5, '5'],
  ])('are not made of %s', (_, value, what) => {
    expect(slip(() => fromAsyncIterable(value as never))).toBe(`TypeError NOT_ITERABLE: fromAsyncIterable() takes an asynchronous iterable, not ${what}`)
  })

  it('come from what for await takes, and close it when they are left', () => attached(function* () {
    const log: unknown[] = []
    yield* forEach(fromAsyncIterable(letters(log)), function* (letter) { log.push(letter) })
    yield* forEach(fromAsyncIterable(letters(log)), function* (letter) {
      log.push(letter)
      return BREAK
    })
    const endless = { [Symbol.asyncIterator]: () => ({ next: () => Promise.resolve({ done: false as const, value: 1 }) }) }
    yield* forEach(fromAsyncIterable(endless), function* (item) {
      log.push(item)
      return BREAK
    })
    return log
  }).then(log => { expect(log).toEqual(['a', 'b', 'closed', 'a', 'closed', 1]) }))

  it('go to for await, and are closed when it is left', () => {
    const log: unknown[] = []
    const loop = new EventLoop()
    const { detach } = attach(loop)
    const read = async (): Promise<void> => {
      for await (const n of toAsyncIterable(countdown(2, log), { loop })) log.push(n)
      for await (const n of toAsyncIterable(countdown(2, log), { loop })) {
        log.push(n)
        break
      }
      const plain = { iterate: () => ({ *next() { return { done: false as const, value: 'x' } } }) }
      for await (const x of toAsyncIterable(plain, { loop })) {
        log.push(x)
        break
      }
    }
    return read().then(() => {
      detach()
      loop.close()
      expect(log).toEqual([2, 1, 'closed', 2, 'closed', 'x'])
    })
  })

  it('come from streams of the web, and cancel them when they are left', () => attached(function* () {
    const log: unknown[] = []
    const readable = (): ReadableStream<number> => new ReadableStream({
      start(controller) {
        for (const n of [1, 2]) controller.enqueue(n)
        controller.close()
      },
    })
    yield* forEach(fromReadableStream(readable()), function* (n) { log.push(n) })
    const endless = new ReadableStream<string>({
      pull(controller) { controller.enqueue('more') },
      cancel() { log.push('cancelled') },
    })
    yield* forEach(fromReadableStream(endless), function* (word) {
      log.push(word)
      return BREAK
    })
    return log
  }).then(log => { expect(log).toEqual([1, 2, 'more', 'cancelled']) }))

  it('go there from a running loop, which need not be named', () => attached(function* () {
    const iterator = toAsyncIterable(countdown(1))[Symbol.asyncIterator]()
    const reader = toReadableStream(countdown(2)).getReader()
    return [(yield* fromPromise(iterator.next())).value, (yield* fromPromise(reader.read())).value]
  }).then(log => { expect(log).toEqual([1, 2]) }))

  it('go to streams of the web, which ask for an item when it is read', () => {
    const log: unknown[] = []
    const loop = new EventLoop()
    const { detach } = attach(loop)
    const read = async (): Promise<void> => {
      for await (const n of toReadableStream(countdown(2, log), { loop }) as unknown as AsyncIterable<number>) log.push(n)
      const reader = toReadableStream(countdown(9, log), { loop }).getReader()
      log.push((await reader.read()).value)
      await reader.cancel()
      const plain = { iterate: () => ({ *next() { return { done: false as const, value: 'x' } } }) }
      await toReadableStream(plain, { loop }).cancel()
    }
    return read().then(() => {
      detach()
      loop.close()
      expect(log).toEqual([2, 1, 'closed', 9, 'closed'])
    })
  })
})

/** An EventTarget that counts its listeners. */
class Button extends EventTarget {
  listeners = 0

  override addEventListener(...args: Parameters<EventTarget['addEventListener']>): void {
    this.listeners++
    super.addEventListener(...args)
  }

  override removeEventListener(...args: Parameters<EventTarget['removeEventListener']>): void {
    this.listeners--
    super.removeEventListener(...args)
  }

  press(detail: number): void { this.dispatchEvent(new CustomEvent('press', { detail })) }
}

describe('events', () => {
  it('are a stream, which loses none of those that come together, and listens no more when forEach() is left', () => {
    const log: unknown[] = []
    const button = new Button()
    run(function* () {
      const presses = fromEventTarget<CustomEvent<number>>(button, 'press')
      log.push(button.listeners)
      const reader = createTask(forEach(presses, function* ({ detail }) {
        log.push(detail)
        yield* sleep(1)
        return detail === 3 ? BREAK : undefined
      }))
      yield
      log.push(`${button.listeners} listener`)
      for (const n of [1, 2, 3, 4]) button.press(n)
      log.push(yield* reader, button.listeners)
    }())
    expect(log).toEqual([0, '1 listener', 1, 2, 3, false, 0])
  })

  it('are listened to no more when the wait for one is cancelled, and then the stream is over', () => {
    const log: unknown[] = []
    const button = new Button()
    run(function* () {
      const events = fromEventTarget<CustomEvent<number>>(button, 'press').iterate()
      yield* use(moveOnAfter(1), function* () { yield* events.next() })
      log.push(button.listeners, yield* events.next())
    }())
    expect(log).toEqual([0, { value: undefined, done: true }])
  })

  it.each<[string, object, number[]]>([
    ['the oldest', { buffer: 2 }, [3, 4]],
    ['the newest', { buffer: 2, overflow: 'dropNewest' }, [1, 2]],
  ])('that nobody has asked for are dropped when the buffer is full: %s', (_, options, kept) => {
    const log: unknown[] = []
    const button = new Button()
    run(function* () {
      const events = fromEventTarget<CustomEvent<number>>(button, 'press', options).iterate()
      for (const n of [1, 2, 3, 4]) button.press(n)
      for (let i = 0; i < 2; i++) log.push(((yield* events.next()) as { value: CustomEvent<number> }).value.detail)
    }())
    expect(log).toEqual(kept)
  })

  it('are made of the items of a stream, one event for each', () => {
    const log: unknown[] = []
    const target = new EventTarget()
    target.addEventListener('count', event => { log.push(event instanceof CustomEvent ? event.detail : event.type) })
    run(function* () {
      yield* toEventTarget(countdown(2), target, 'count')
      yield* toEventTarget(countdown(1), target, 'count', { make: () => new Event('count') })
    }())
    expect(log).toEqual([2, 1, 'count'])
  })

  it('have errors that teach, before anything is listened to', () => {
    const button = new Button()
    const wrong: (() => unknown)[] = [
      () => fromEventTarget({} as never, 'press'), () => fromEventTarget(button, 5 as never), () => fromEventTarget(button, 'press', { size: 1 } as never),
      () => fromEventTarget(button, 'press', { buffer: 0 }), () => fromEventTarget(button, 'press', { overflow: 'wait' } as never),
      () => toEventTarget(countdown(1), null as never, 'count'), () => toEventTarget(countdown(1), button, 'count', { make: 5 } as never),
    ]
    expect([...wrong.map(slip), button.listeners]).toEqual([
      'TypeError NOT_AN_EVENT_TARGET: fromEventTarget() takes an EventTarget, not Object',
      'TypeError NOT_A_NAME: fromEventTarget() takes the name of the event, not 5',
      "TypeError UNKNOWN_OPTION: fromEventTarget() has no option 'size'. It has buffer, overflow",
      'ValueError NO_ROOM: the buffer of fromEventTarget() needs room for one event, or more',
      "TypeError NOT_A_POLICY: fromEventTarget() takes { overflow: 'dropOldest' or 'dropNewest' }, because an event cannot wait",
      'TypeError NOT_AN_EVENT_TARGET: toEventTarget() takes an EventTarget, not null',
      'TypeError CALLBACK_NOT_CALLABLE: toEventTarget() takes a function, not 5',
      0,
    ])
  })
})

/** A stream of the web that takes one value at a time, and writes down what it gets. */
function slow(log: unknown[], write: (value: string) => Promise<unknown> = value => later(5, value)): WritableStream<string> {
  return new WritableStream({
    write: value => write(value).then(() => { log.push(`written ${value}`) }),
    close() { log.push('closed') },
    abort(reason) { log.push(`aborted: ${reason}`) },
  })
}

describe('streams of the web that are written to', () => {
  it('are senders, which wait until there is room, and close them when all is written', () => attached(function* () {
    const log: unknown[] = []
    const writable = slow(log)
    yield* use(fromWritableStream(writable), function* (sender) {
      for (const value of ['a', 'b']) {
        yield* sender.send(value)
        log.push(`sent ${value}`)
      }
    })
    return [...log, writable.locked]
  }).then(log => { expect(log).toEqual(['sent a', 'written a', 'sent b', 'written b', 'closed', false]) }))

  it('are aborted with the error of the block, and give their own error to the next who sends', () => attached(function* () {
    const log: unknown[] = []
    for (const [writable, error] of [[slow(log), 'body'], [slow(log, () => Promise.reject(new Error('disk full'))), 'never']] as const) {
      try {
        yield* use(fromWritableStream(writable), function* (sender) {
          if (error === 'body') throw new Error(error)
          for (;;) yield* sender.send('a')
        })
      } catch (thrown) {
        log.push(String(thrown), writable.locked)
      }
    }
    return log
  }).then(log => { expect(log).toEqual(['Error: body', false, 'aborted: Error: body', 'Error: disk full', false]) }))

  it('may be closed in the block, and again', () => attached(function* () {
    const log: unknown[] = []
    const sender = fromWritableStream(slow(log))
    yield* use(sender, function* () { yield* sender.close() })
    yield* sender.close()
    try {
      yield* use(sender, function* () { throw new Error('late') })
    } catch (error) {
      log.push(String(error))
    }
    const failing = fromWritableStream(slow(log, () => Promise.reject(new Error('disk full'))))
    yield* failing.send('a')
    try {
      yield* failing.close()
    } catch (error) {
      log.push(String(error))
    }
    return log
  }).then(log => { expect(log).toEqual(['closed', 'Error: late', 'Error: disk full']) }))

  it('are made of a sender: a write is done when the channel has taken the value, and closing closes the sender', () => {
    const log: unknown[] = []
    return attached(function* () {
      const [sender, receiver] = channel<string>(0)
      const piped = new ReadableStream<string>({
        start(controller) {
          for (const value of ['a', 'b']) controller.enqueue(value)
          controller.close()
        },
      }).pipeTo(toWritableStream(sender))
      log.push(yield* forEach(receiver, function* (value) {
        log.push(value)
        yield* sleep(1)
      }))
      yield* fromPromise(piped)
    }).then(() => { expect(log).toEqual(['a', 'b', true]) })
  })

  it('close the sender when they are aborted, even while a write waits for room', () => {
    const log: unknown[] = []
    return attached(function* () {
      const [sender, receiver] = channel<string>(0)
      const writer = toWritableStream(sender).getWriter()
      const written = writer.write('a').catch((error: unknown) => { log.push(String(error)) })
      yield* sleep(1)
      yield* fromPromise(writer.abort(new Error('enough')))
      yield* fromPromise(written)
      log.push(yield* forEach(receiver, function* (value) { log.push(value) }))
    }).then(() => { expect(log).toEqual(['ClosedResourceError: this end of the channel is closed', true]) })
  })
})
