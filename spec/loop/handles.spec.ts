import {
  Context, ContextVar, EventLoop, type ExceptionContext, Handle, KeyboardInterrupt, ManualHost, TimerHandle,
  copyContext, coroutine, greenlet,
} from '../../lib/index.ts'
import { FINE } from '../support/stories.ts'

const quiet = (host = new ManualHost()) => new EventLoop({ host, logger: () => undefined })
const error = (name: string, code: string, message: string) => expect.objectContaining({ name, code, message })

describe('a handle', () => {
  it('is what callSoon() and callSoonThreadsafe() give: the callback gets the arguments, once', () => {
    const log: unknown[] = []
    const loop = quiet()
    const note = (...args: unknown[]) => { log.push(args) }
    expect(loop.callSoon(note, 1, 'two')).toBeInstanceOf(Handle)
    expect(loop.callSoonThreadsafe(note)).toBeInstanceOf(Handle)
    log.push('not yet')
    loop.tick()
    loop.tick()
    expect(log).toEqual(['not yet', [1, 'two'], []])
  })

  it('can be cancelled, again and afterwards: then it is not called', () => {
    const log: unknown[] = []
    const loop = quiet()
    const first = loop.callSoon(() => {
      log.push('first')
      second.cancel()
    })
    const second = loop.callSoon(() => { log.push('second') })
    log.push(first.cancelled(), second.cancelled())
    loop.tick()
    first.cancel()
    second.cancel()
    log.push(first.cancelled(), second.cancelled())
    expect(log).toEqual([false, false, 'first', true, true])
  })

  it('says what it will call, until it is cancelled', () => {
    const loop = quiet()
    const handles = [loop.callSoon(function tidy() {}), loop.callSoon(() => {}), loop.callLater(5, function late() {})]
    const before = handles.map(String)
    handles.forEach(handle => { handle.cancel() })
    expect([before, handles.map(String)]).toEqual([
      ['<Handle tidy()>', '<Handle a function>', '<TimerHandle late()>'],
      ['<Handle cancelled>', '<Handle cancelled>', '<TimerHandle cancelled>'],
    ])
  })

  it('is told of a switch() that its callback made and could not yield, and the next callback goes on', () => {
    const log: unknown[] = []
    const loop = quiet()
    loop.setExceptionHandler((_, { exception }) => { log.push((exception as { code: string }).code) })
    const other = greenlet(function* () { /* never runs */ })
    loop.callSoon(() => { other.switch() })
    loop.callSoon(() => { log.push('next') })
    greenlet(() => { loop.tick() }).resume()
    expect(log).toEqual(['SWITCH_NOT_YIELDED', 'next'])
  })

  it('lets a KeyboardInterrupt leave the loop, and nothing else', () => {
    const log: unknown[] = []
    const loop = quiet()
    loop.setExceptionHandler((_, { exception, handle }) => { log.push(exception, (handle as Handle).toString()) })
    loop.callSoon(function throwing() { throw 'a string' })
    loop.callSoon(() => { throw new KeyboardInterrupt('ctrl c') })
    expect(() => loop.tick()).toThrow('ctrl c')
    expect(log).toEqual(['a string', '<Handle throwing()>'])
  })
})

it('whoever runs a loop from outside, turn by turn, may be told when there is something to do', () => {
  const log: unknown[] = []
  const loop = quiet(new ManualHost(100))
  loop.callSoon(() => { /* nobody asks yet */ })
  loop.$onReady = () => { log.push('there is something to do') }
  loop.callSoon(() => { log.push('soon') })
  loop.callLater(5, () => { log.push('later') })
  log.push(loop.tick(), loop.tick({ now: 105 }))
  loop.$onReady = null
  loop.callSoon(() => { log.push('unasked') })
  loop.tick()
  expect(log).toEqual([
    'there is something to do', 'there is something to do', 'soon', 'later',
    { ran: 2, ready: 0, nextTimerAt: 105, blocked: 0, overBudget: false, overran: null, errors: [], failed: [] },
    { ran: 1, ready: 0, nextTimerAt: null, blocked: 0, overBudget: false, overran: null, errors: [], failed: [] }, 'unasked',
  ])
})

describe('a timer handle', () => {
  it('is what callLater() and callAt() give, and knows when it is due', () => {
    const loop = quiet(new ManualHost(100))
    const timers = [loop.callLater(5, () => {}), loop.callAt(5, () => {}), loop.callLater(-200, () => {})]
    expect(timers.map(timer => [timer instanceof TimerHandle, timer instanceof Handle, timer.when()])).toEqual(
      [[true, true, 105], [true, true, 5], [true, true, -100]])
  })

  it('counts from the time of the tick that runs', () => {
    const loop = quiet()
    let when = 0
    loop.callSoon(() => { when = loop.callLater(5, () => {}).when() })
    const { nextTimerAt } = loop.tick({ now: 40 })
    expect([when, nextTimerAt]).toEqual([45, 45])
  })

  it('is cancelled also twice, and when it has fired or is about to, and the other timers go on', () => {
    const log: unknown[] = []
    const host = new ManualHost()
    const loop = quiet(host)
    const early = loop.callAt(0, () => {
      log.push('fires')
      late.cancel()
      late.cancel()
    })
    const late = loop.callAt(0, () => { log.push('does not') })
    const never = loop.callAt(5, () => { log.push('nor does this') })
    loop.callAt(7, () => { log.push('the last one') })
    never.cancel()
    never.cancel()
    log.push(loop.tick().nextTimerAt)
    host.set(7)
    loop.tick()
    early.cancel()
    log.push(early.cancelled(), late.cancelled(), never.cancelled())
    expect(log).toEqual(['fires', 7, 'the last one', true, true, true])
  })
})

describe('the context of a callback', () => {
  const variable = new ContextVar<string>('variable', { default: 'unset' })
  const inContext = (value: string) => {
    const context = new Context()
    context.run(() => variable.set(value))
    return context
  }

  it('is a copy of what it is when the callback is scheduled, and nothing that it sets is seen elsewhere', () => {
    const log: unknown[] = []
    const loop = quiet()
    const note = (name: string) => {
      log.push([name, variable.get()])
      variable.set(`set by ${name}`)
    }
    inContext('outer').run(() => {
      loop.callSoon(note, 'soon')
      loop.callLater(0, note, 'later')
      loop.callAt(0, note, 'at')
      loop.callSoonThreadsafe(note, 'threadsafe')
      variable.set('changed')
    })
    loop.callSoon(note, 'nowhere')
    inContext('of whoever runs the loop').run(() => {
      loop.tick()
      log.push(variable.get())
    })
    expect(log).toEqual([
      ['soon', 'outer'], ['threadsafe', 'outer'], ['nowhere', 'unset'], ['later', 'outer'], ['at', 'outer'],
      'of whoever runs the loop',
    ])
  })

  it('is the one that withContext() is given, itself and not a copy', () => {
    const log: unknown[] = []
    const loop = quiet(new ManualHost(100))
    const context = inContext('given')
    const note = (name: string, ...rest: unknown[]) => {
      log.push([name, variable.get(), ...rest])
      variable.set(`set by ${name}`)
    }
    const { callSoon, callLater, callAt, callSoonThreadsafe } = loop.withContext(context)
    const handles = [
      callSoon(note, 'soon', 1), callSoonThreadsafe(note, 'threadsafe', 2), callLater(-1, note, 'later', 3),
      callAt(0, note, 'at', 4),
    ]
    expect(handles.map(handle => [handle.constructor.name, handle.getContext() === context])).toEqual(
      [['Handle', true], ['Handle', true], ['TimerHandle', true], ['TimerHandle', true]])
    expect((handles[2] as TimerHandle).when()).toBe(99)
    loop.tick()
    expect(log).toEqual([
      ['soon', 'given', 1], ['threadsafe', 'set by soon', 2], ['at', 'set by threadsafe', 4], ['later', 'set by at', 3],
    ])
    expect(context.get(variable)).toBe('set by later')
  })

  it('wakes the host, too, when it is called so from outside', () => {
    const host = new ManualHost()
    let woken = 0
    host.wake = () => { woken++ }
    const loop = quiet(host)
    loop.withContext(copyContext()).callSoonThreadsafe(() => {})
    loop.withContext(copyContext()).callSoon(() => {})
    loop.callSoonThreadsafe(() => {})
    loop.callSoon(() => {})
    expect(woken).toBe(2)
  })

  it('is none as long as no variable is set', () => {
    const loop = quiet()
    greenlet(() => { expect(loop.callSoon(() => {}).getContext()).toBe(null) }).resume()
    expect.assertions(1)
  })

  it('is also that of the report when the callback throws', () => {
    const log: unknown[] = []
    const loop = quiet()
    loop.setExceptionHandler((_, { exception }) => { log.push([(exception as Error).message, variable.get()]) })
    const fail = () => { throw new Error('boom') }
    loop.withContext(inContext('of the callback')).callSoon(fail)
    greenlet(() => { loop.callSoon(fail) }).resume()
    loop.tick()
    expect(log).toEqual([['boom', 'of the callback'], ['boom', 'unset']])
  })
})

describe('a wrong callback or time', () => {
  function* generator() { yield 1 }
  const loop = quiet()
  const methods = {
    callSoon: (callback: never) => loop.callSoon(callback),
    callSoonThreadsafe: (callback: never) => loop.callSoonThreadsafe(callback),
    callLater: (callback: never) => loop.callLater(5, callback),
    callAt: (callback: never) => loop.callAt(5, callback),
  }

  it.each(Object.entries(methods))('is refused by %s()', (_, call) => {
    expect(() => call(5 as never))
      .toThrow(expect.objectContaining({ name: 'TypeError', code: 'CALLBACK_NOT_CALLABLE' }))
    for (const slip of [generator, generator(), coroutine(generator)()]) {
      expect(() => call(slip as never))
        .toThrow(expect.objectContaining({ name: 'TypeError', code: 'COROUTINE_AS_CALLBACK' }))
    }
    expect(loop.tick()).toEqual({ ran: 0, ready: 0, nextTimerAt: null, blocked: 0, overBudget: false, ...FINE })
  })

  it('has its own sentence each', () => {
    expect(() => loop.callSoon('f' as never))
      .toThrow(error('TypeError', 'CALLBACK_NOT_CALLABLE', "callSoon() takes a function, not 'f'"))
    expect(() => loop.callSoon(generator)).toThrow(error('TypeError', 'COROUTINE_AS_CALLBACK',
      'coroutines cannot be used with callSoon(). Write createTask(f(...))'))
    expect(() => loop.callSoonThreadsafe(generator)).toThrow(error('TypeError', 'COROUTINE_AS_CALLBACK',
      'coroutines cannot be used with callSoonThreadsafe(). Write createTask(f(...))'))
    expect(() => loop.callLater(5, 'f' as never)).toThrow(error('TypeError', 'CALLBACK_NOT_CALLABLE', "callLater() takes a function, not 'f'"))
    expect(() => loop.callAt(5, 'f' as never)).toThrow(error('TypeError', 'CALLBACK_NOT_CALLABLE', "callAt() takes a function, not 'f'"))
    expect(() => loop.callLater(NaN, () => {})).toThrow(
      error('TypeError', 'NOT_A_TIME', 'callLater() takes a number of milliseconds, not NaN'))
    expect(() => loop.withContext(5 as never)).toThrow(error('TypeError', 'NOT_A_CONTEXT', 'withContext() takes a Context, not 5. Write copyContext()'))
    expect(() => loop.callAt('5' as never, () => {})).toThrow(
      error('TypeError', 'NOT_A_TIME', "callAt() takes a number of milliseconds, not '5'"))
    const { callLater, callAt } = loop.withContext(new Context())
    expect(() => callLater(null as never, () => {})).toThrow(
      error('TypeError', 'NOT_A_TIME', 'callLater() takes a number of milliseconds, not null'))
    expect(() => callAt(undefined as never, () => {})).toThrow(
      error('TypeError', 'NOT_A_TIME', 'callAt() takes a number of milliseconds, not undefined'))
  })

  it('and any at all, on a closed loop', () => {
    const closed = quiet()
    closed.close()
    for (const call of [
      () => closed.callSoon(() => {}), () => closed.callSoonThreadsafe(() => {}), () => closed.callLater(5, () => {}),
      () => closed.callAt(5, () => {}), () => closed.withContext(new Context()).callSoon(() => {}),
    ]) expect(call).toThrow(error('RuntimeError', 'LOOP_CLOSED', 'Event loop is closed'))
  })
})

describe('a report without a handler for it', () => {
  const written = (context: ExceptionContext): string => {
    let text = ''
    const loop = new EventLoop({ host: new ManualHost(), logger: line => { text += line } })
    loop.callExceptionHandler(context)
    return text
  }

  it('is the message, what it is about by name, and the stack of the error', () => {
    const failure = new RangeError('boom')
    failure.stack = 'RangeError: boom\n    at somewhere'
    const handle = quiet().callSoon(function tidy() {})
    expect(written({ message: 'words', exception: failure, handle, also: 5 })).toBe(
      'words\nalso: 5\nhandle: <Handle tidy()>\nRangeError: boom\n    at somewhere')
  })

  it('does with what there is of an error', () => {
    const bare = Object.defineProperty(new RangeError('boom'), 'stack', { value: undefined })
    expect(written({ message: 'words', exception: bare })).toBe('words\nRangeError: boom')
    expect(written({ message: 'words', exception: { toString: () => 'no error' } })).toBe('words\nno error')
    expect(written({ message: 'words', exception: null })).toBe('words\nnull')
    expect(written({ message: 'words' })).toBe('words')
  })
})
