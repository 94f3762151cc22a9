import {
  ArgumentError, AttributeError, BadYieldError, BaseException, CancelledError, DeadlockError, GeneratorBusyError,
  GeneratorExit, GreenletError, GreenletExit, InvalidStateError, KeyboardInterrupt, LookupError, RuntimeError,
  StopIteration, TimeoutError, ValueError, isCancelled,
} from '../../lib/index.ts'
import { stackless } from '../../lib/base/stackless.ts'

const all = {
  ArgumentError, AttributeError, BadYieldError, BaseException, CancelledError, DeadlockError, GeneratorBusyError,
  GeneratorExit, GreenletError, GreenletExit, InvalidStateError, KeyboardInterrupt, LookupError, RuntimeError,
  StopIteration, TimeoutError, ValueError,
}
const kindsOf = (error: unknown) =>
  Object.entries(all).filter(([, kind]) => error instanceof kind).map(([name]) => name)

type ErrorClass = new (message?: string, details?: { code?: string; cause?: unknown }) => ValueError

const BUSY = 'generator already executing'

/** Each with its name in Python, its code, its message when it is given none, and what else it is. */
const classes: [string, ErrorClass, string, string, string, string[]][] = [
  ['AttributeError', AttributeError, 'AttributeError', 'ATTRIBUTE_ERROR', '', []],
  ['BadYieldError', BadYieldError, 'RuntimeError', 'BAD_YIELD', '', ['RuntimeError']],
  ['CancelledError', CancelledError, 'CancelledError', 'CANCELLED', '', ['BaseException']],
  ['GeneratorBusyError', GeneratorBusyError, 'ValueError', 'GENERATOR_BUSY', BUSY, ['ValueError']],
  ['GeneratorExit', GeneratorExit, 'GeneratorExit', 'GENERATOR_EXIT', '', ['BaseException']],
  ['GreenletError', GreenletError, 'GreenletError', 'GREENLET_ERROR', '', []],
  ['GreenletExit', GreenletExit, 'GreenletExit', 'GREENLET_EXIT', '', ['BaseException']],
  ['InvalidStateError', InvalidStateError, 'InvalidStateError', 'INVALID_STATE', '', []],
  ['KeyboardInterrupt', KeyboardInterrupt, 'KeyboardInterrupt', 'KEYBOARD_INTERRUPT', '', ['BaseException']],
  ['LookupError', LookupError, 'LookupError', 'LOOKUP_ERROR', '', []],
  ['RuntimeError', RuntimeError, 'RuntimeError', 'RUNTIME_ERROR', '', []],
  ['TimeoutError', TimeoutError, 'TimeoutError', 'TIMED_OUT', '', []],
  ['ValueError', ValueError, 'ValueError', 'VALUE_ERROR', '', []],
]

describe.each(classes)('%s', (known, ErrorClass, name, code, silent, others) => {
  it('is an Error with a name, a code and a message, and has its place among the others', () => {
    const error = new ErrorClass('words')
    expect([error instanceof Error, error.name, error.code, error.message, String(error)]).toEqual(
      [true, name, code, 'words', `${name}: words`])
    expect(kindsOf(error)).toEqual([...others, known].sort())
  })

  it('needs no message, as throw(ErrorClass) gives it none', () => {
    expect(new ErrorClass().message).toBe(silent)
  })

  it('takes a code of its own, and a cause, which does not show', () => {
    const cause = new Error('the cause')
    const error = new ErrorClass('words', { code: 'MINE', cause })
    expect([error.code, error.cause, Object.keys(error)]).toEqual(['MINE', cause, ['code']])
    const without = [new ErrorClass('words'), new ErrorClass('words', { cause: undefined })]
    expect(without.map(other => 'cause' in other)).toEqual([false, true])
  })

  it('lends everything but its name to a class that a program derives', () => {
    class Mine extends ErrorClass {}
    class MyOwn extends Mine {}
    const errors = [new Mine('words'), new MyOwn('words')]
    expect(errors.map(error => [String(error), error.code, kindsOf(error)])).toEqual(
      ['Mine', 'MyOwn'].map(own => [`${own}: words`, code, [...others, known].sort()]))
  })
})

it('the name of an error can be set, as that of any error, set again, and taken away', () => {
  class Mine extends ValueError {
    constructor() {
      super('words')
      this.name = 'MyError'
    }
  }
  expect([String(new Mine()), Object.keys(new Mine()).includes('name')]).toEqual(['MyError: words', false])
  const error = new Mine()
  error.name = 'Other'
  const set = String(error)
  Reflect.deleteProperty(error, 'name')
  expect([set, String(error)]).toEqual(['Other: words', 'Mine: words'])
})

describe('the stack of an error that is made to leave', () => {
  /** As the errors that end a coroutine are made: without a stack of the engine's. */
  const silent = (message: string) => stackless(CancelledError, 'CANCELLED', message)

  it('is its message alone when none was captured, and may be set', () => {
    const error = silent('enough')
    expect(error.stack).toBe('CancelledError: enough')
    error.stack = 'CancelledError: enough\n    at a place of its own'
    expect([error.stack, Object.keys(error).includes('stack'), silent('enough').stack])
      .toEqual(['CancelledError: enough\n    at a place of its own', false, 'CancelledError: enough'])
  })

  it("is the engine's where that keeps stacks at the prototype of all errors", () => {
    const stacks = new Map<unknown, string>()
    const silentOne = silent('enough')
    Object.defineProperty(Error.prototype, 'stack', { get() { return stacks.get(this) }, configurable: true })
    try {
      const error = silent('with a stack')
      stacks.set(error, 'main@a.js:1:1')
      expect([error.stack, silentOne.stack]).toEqual(['main@a.js:1:1', 'CancelledError: enough'])
    } finally {
      Reflect.deleteProperty(Error.prototype, 'stack')
    }
  })
})

describe('StopIteration', () => {
  it('carries a value, and says it when it is a word or a number', () => {
    const list = ['a value']
    const errors = [new StopIteration(), new StopIteration('text'), new StopIteration(5), new StopIteration(list)]
    expect(errors.map(error => [String(error), error.message, error.value, error.code])).toEqual([
      ['StopIteration', '', undefined, 'STOP_ITERATION'], ['StopIteration: text', 'text', 'text', 'STOP_ITERATION'],
      ['StopIteration: 5', '5', 5, 'STOP_ITERATION'], ['StopIteration', '', list, 'STOP_ITERATION'],
    ])
    const [plain, , , long] = errors
    expect([long?.value === list, plain instanceof Error, kindsOf(plain)]).toEqual([true, true, ['StopIteration']])
  })

  it('lends everything but its name, too', () => {
    class Finished extends StopIteration {}
    expect(String(new Finished('early'))).toBe('Finished: early')
  })
})

describe('DeadlockError', () => {
  it('is a RuntimeError that carries a report', () => {
    const report = [{ task: {}, name: 'Task-1', waitsFor: null, frames: [] }]
    const error = new DeadlockError('words', report)
    expect([String(error), error.code, error.report === report, kindsOf(error)]).toEqual(
      ['DeadlockError: words', 'DEADLOCK', true, ['DeadlockError', 'RuntimeError']])
    expect([new DeadlockError().message, new DeadlockError().report]).toEqual(['', []])
  })
})

describe('isCancelled()', () => {
  it('tells the error of a cancellation from all others', () => {
    class Mine extends CancelledError {}
    const errors = [new CancelledError(), new Mine(), new KeyboardInterrupt(), new Error('cancelled'), undefined]
    expect(errors.map(isCancelled)).toEqual([true, true, false, false, false])
  })
})

describe('ArgumentError', () => {
  it('is a TypeError with a code', () => {
    const error = new ArgumentError('words')
    expect([String(error), error.code, error instanceof TypeError, kindsOf(error)]).toEqual(
      ['TypeError: words', 'BAD_ARGUMENT', true, ['ArgumentError']])
    expect(new ArgumentError('words', 'MINE').code).toBe('MINE')
  })
})

it('an error that is made without a stack has its message even where Error.prototype is frozen', () => {
  const { value } = Object.getOwnPropertyDescriptor(Error.prototype, 'message') as { value: string }
  Object.defineProperty(Error.prototype, 'message', { writable: false })
  try {
    const error = stackless(CancelledError, 'CANCELLED', 'enough')
    expect([error.message, error.code, String(error), Object.keys(error)]).toEqual(['enough', 'CANCELLED', 'CancelledError: enough', ['code']])
  } finally {
    Object.defineProperty(Error.prototype, 'message', { value, writable: true })
  }
})
