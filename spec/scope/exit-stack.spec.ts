import {
  CancelScope, CancelledError, type ContextManager, type Coroutine, ExceptionGroup, ExitStack, Lock, VirtualHost, aclosing, asyncGenerator, createTask, emit,
  forEach, run, sleep, use,
  wait,
} from '../../lib/index.ts'
import { attempt, slip, story } from '../support/stories.ts'

/** Says when it is entered and left. */
class Room implements ContextManager<string> {
  constructor(private readonly log: unknown[], private readonly name: string, private readonly end?: () => boolean) {}

  *enter(): Coroutine<string> {
    yield* sleep(1)
    this.log.push(`into ${this.name}`)
    return this.name
  }

  *exit(...error: unknown[]): Coroutine<boolean | void> {
    yield* sleep(1)
    this.log.push([`out of ${this.name}`, ...error.map(String)])
    return this.end?.()
  }
}

describe('what is no context manager', () => {
  it.each<[string, unknown]>([
    ['5', 5], ['null', null], ['an object without exit()', { *enter(): Coroutine<void> { throw new Error('entered') } }],
  ])('is refused before anything is entered: %s', (_, thing) => {
    const refusal = expect.stringMatching(/^TypeError NOT_A_MANAGER: a context manager has the methods enter\(\) and exit\(\), (which|and)/) as unknown
    expect(story(function* (log) {
      log.push(yield* attempt(() => use(thing as never, function* () { log.push('in it') })))
      yield* use(new ExitStack(), function* (stack) { log.push(yield* attempt(() => stack.enterContext(thing as never))) })
    })).toEqual([refusal, refusal])
  })
})

describe('an ExitStack', () => {
  it('leaves what was entered in the opposite order', () => {
    expect(story(function* (log) {
      log.push(yield* use(new ExitStack(), function* (stack) {
        for (const name of ['a', 'b', 'c']) log.push(yield* stack.enterContext(new Room(log, name)))
        return 'done'
      }))
    })).toEqual([
      'into a', 'a', 'into b', 'b', 'into c', 'c', ['out of c'], ['out of b'], ['out of a'], 'done',
    ])
  })

  it('takes functions too: with the error, or with arguments of their own; they may take their time', () => {
    expect(story(function* (log) {
      log.push(yield* attempt(() => use(new ExitStack(), function* (stack) {
        stack.callback((x: number, y: string) => { log.push(['callback', x, y]) }, 1, 'two')
        stack.callback(function* (name: string) {
          yield* sleep(5)
          log.push(name)
          return true // swallows nothing
        }, 'slow callback')
        stack.callback(() => sleep(5))
        stack.push((...error: unknown[]) => { log.push(['pushed', ...error.map(String)]) })
        stack.push(function* (error) {
          yield* sleep(5)
          log.push(['slow', String(error)])
        })
        throw new RangeError('fire')
      })))
    })).toEqual([
      ['slow', 'RangeError: fire'], ['pushed', 'RangeError: fire'], 'slow callback', ['callback', 1, 'two'],
      'RangeError undefined: fire',
    ])
  })

  it('gives back what it is given, so that a function can be declared in its place', () => {
    const stack = new ExitStack()
    const [fn, room] = [() => {}, new Room([], 'a')]
    expect([stack.push(fn) === fn, stack.push(room) === room, stack.callback(fn) === fn]).toEqual([true, true, true])
  })

  it('does not enter what is pushed, but leaves it', () => {
    expect(story(function* (log) {
      yield* use(new ExitStack(), function* (stack) { stack.push(new Room(log, 'a')) })
    })).toEqual([['out of a']])
  })

  it('tells those below no more of an error that is swallowed', () => {
    expect(story(function* (log) {
      log.push(yield* attempt(() => use(new ExitStack(), function* (stack) {
        yield* stack.enterContext(new Room(log, 'a'))
        yield* stack.enterContext(new Room(log, 'b', () => true))
        yield* stack.enterContext(new Room(log, 'c', () => 'yes' as never)) // only true swallows
        throw new RangeError('fire')
      })))
    })).toEqual([
      'into a', 'into b', 'into c', ['out of c', 'RangeError: fire'], ['out of b', 'RangeError: fire'], ['out of a'],
      undefined,
    ])
  })

  it('goes on with the error of an exit in the place of the one before', () => {
    const fail = (message: string) => () => { throw new RangeError(message) }
    expect(story(function* (log) {
      log.push(yield* attempt(() => use(new ExitStack(), function* (stack) {
        stack.push(error => { log.push(String(error)) })
        stack.push(fail('second'))
        stack.push(error => { log.push(String(error)) })
        stack.push(fail('first'))
      })))
      log.push(yield* attempt(() => use(new ExitStack(), function* (stack) {
        stack.push(() => true)
        stack.push(fail('swallowed'))
        throw new RangeError('replaced')
      })))
      log.push(yield* attempt(() => use(new ExitStack(), function* (stack) {
        stack.push(fail('again'))
        stack.push(() => true)
        throw new RangeError('swallowed')
      })))
    })).toEqual([
      'RangeError: first', 'RangeError: second', 'RangeError undefined: second', undefined,
      'RangeError undefined: again',
    ])
  })

  it('knows a swallowed error from none', () => {
    expect(story(function* (log) {
      const asked: unknown[] = []
      yield* use(new ExitStack(), function* (stack) {
        stack.push((...error) => { asked.push(error.length) })
        stack.push(() => true) // there is none to swallow
      })
      log.push(asked)
    })).toEqual([[0]])
  })

  it('can be closed by hand, and used again', () => {
    expect(story(function* (log) {
      const stack = new ExitStack()
      yield* stack.enterContext(new Room(log, 'a'))
      yield* stack.close()
      yield* stack.close()
      log.push('in between')
      yield* stack.enterContext(new Room(log, 'b', () => { throw new RangeError('stuck') }))
      log.push(yield* attempt(() => stack.close()))
    })).toEqual(['into a', ['out of a'], 'in between', 'into b', ['out of b'], 'RangeError undefined: stuck'])
  })

  it('can hand everything over, once all of it has worked', () => {
    expect(story(function* (log) {
      const kept = yield* use(new ExitStack(), function* (stack) {
        yield* stack.enterContext(new Room(log, 'a'))
        const other = stack.popAll()
        stack.callback(() => { log.push('stays') })
        return other
      })
      log.push('later')
      if (kept !== undefined) yield* kept.close()
    })).toEqual(['into a', 'stays', 'later', ['out of a']])
  })

  it('leaves what is pushed while it is being left', () => {
    expect(story(function* (log) {
      yield* use(new ExitStack(), function* (stack) {
        stack.callback(() => { log.push('last') })
        stack.callback(() => { stack.callback(() => { log.push('in between') }) })
      })
    })).toEqual(['in between', 'last'])
  })

  it('leaves what was entered when the next cannot be entered', () => {
    expect(story(function* (log) {
      log.push(yield* attempt(() => use(new ExitStack(), function* (stack) {
        yield* stack.enterContext(new Room(log, 'a'))
        yield* stack.enterContext({ *enter() { throw new RangeError('locked') }, *exit() { log.push('never') } })
      })))
    })).toEqual(['into a', ['out of a', 'RangeError: locked'], 'RangeError undefined: locked'])
  })

  it('is left when the task is cancelled, or its scope', () => {
    expect(story(function* (log) {
      const lock = new Lock()
      const stay = function* (stack: ExitStack) {
        yield* stack.enterContext(lock)
        stack.push(error => { log.push((error as Error).message, lock.locked()) })
        yield* sleep(10)
      }
      const task = createTask(use(new ExitStack(), stay))
      yield
      task.cancel('by hand')
      yield* wait([task])
      const scope = new CancelScope()
      createTask(sleep(1)).addDoneCallback(() => { scope.cancel('by the scope') })
      yield* use(scope, () => use(new ExitStack(), stay))
      log.push(lock.locked(), scope.cancelledCaught)
    })).toEqual(['by hand', true, 'by the scope', true, false, true])
  })

  it('takes managers and functions, and nothing else', () => {
    const stack = new ExitStack()
    const words = (what: string) => `TypeError NOT_A_MANAGER: push() takes a context manager or a function, not ${what}`
    expect([5, null, undefined, {}, { exit: 5 }].map(what => slip(() => stack.push(what as never))))
      .toEqual(['5', 'null', 'undefined', 'Object', 'Object'].map(words))
    expect(slip(() => stack.callback('fn' as never)))
      .toBe("TypeError CALLBACK_NOT_CALLABLE: callback() takes a function, not 'fn'")
  })

  it('is not nested on the stack of JavaScript, however much is in it', () => {
    expect(story(function* (log) {
      let count = 0
      yield* use(new ExitStack(), function* (stack) {
        for (let i = 0; i < 20_000; i++) stack.callback(function* () { count++ })
      })
      log.push(count)
    })).toEqual([20_000])
  })
})

describe('aclosing()', () => {
  it('gives what it is to close, and closes it however the body ends', () => {
    expect(story(function* (log) {
      const numbers = asyncGenerator(function* () {
        try {
          for (let i = 0; ; i++) yield* emit(i)
        } finally {
          yield* sleep(5)
          log.push('closed')
        }
      })
      const generator = numbers()
      log.push(yield* use(aclosing(generator), function* (given) {
        log.push(given === generator)
        return yield* given.anext()
      }))
      log.push(yield* attempt(() => use(aclosing(numbers()), function* (given) {
        yield* forEach(given, function* (i) { if (i === 2) throw new RangeError(`at ${i}`) })
      })))
    })).toEqual([true, 'closed', { value: 0, done: false }, 'closed', 'RangeError undefined: at 2'])
  })

  it('closes whatever has aclose(), and passes on what that throws', () => {
    expect(story(function* (log) {
      const thing = { *aclose(): Coroutine<number> { throw new RangeError('stuck') } }
      log.push(yield* attempt(() => use(aclosing(thing), function* () { log.push('body') })))
    })).toEqual(['body', 'RangeError undefined: stuck'])
  })
})

describe('what is thrown without a value', () => {
  it('is an error like any other, in the body and in a callback', () => {
    expect(story(function* (log) {
      for (const body of [
        function* (): Coroutine<void> { throw undefined as unknown as Error },
        function* (stack: ExitStack): Coroutine<void> {
          stack.push(new ExitStack())
          stack.callback(() => { throw undefined as unknown as Error })
        },
      ]) {
        try {
          yield* use(new ExitStack(), body)
          log.push('lost')
        } catch (error) {
          log.push(error)
        }
      }
    })).toEqual([undefined, undefined])
  })

  it('keeps the errors that others take the place of: as the last cause, or in a group', () => {
    const fails = (error: unknown) => () => { throw error }
    const thrownBy = (first: unknown, ...exits: unknown[]): unknown => {
      try {
        run(use(new ExitStack(), function* (stack): Coroutine<void> {
          for (const error of exits) stack.push(fails(error))
          if (first !== null) throw first
        }), { host: new VirtualHost() })
      } catch (error) {
        return error
      }
      return null
    }
    const says = (error: unknown): unknown => error instanceof ExceptionGroup ? [error.message, ...error.errors.map(says)]
      : error instanceof Error && 'cause' in error ? [error.message, 'from', says(error.cause)] : error instanceof Error ? error.message : error
    const because = (message: string, cause: Error) => Object.assign(new Error(message), { cause })
    const body = new Error('body')
    expect(says(thrownBy(body, new Error('second'), new Error('first')))).toEqual(['second', 'from', ['first', 'from', 'body']])
    expect(says(thrownBy(null, new Error('second'), because('first', new Error('why'))))).toEqual(['second', 'from', ['first', 'from', 'why']])
    expect(says(thrownBy(new Error('body'), because('exit', new Error('why'))))).toEqual(['exit', 'from', ['why', 'from', 'body']])
    const same = new Error('same')
    expect(says(thrownBy(same, same, because('between', same)))).toEqual(['an error took the place of another one', 'same', ['between', 'from', 'same']])
    const inGroup = new Error('in a group')
    expect(says(thrownBy(inGroup, new ExceptionGroup('group', [inGroup])))).toEqual(['group', 'in a group'])
    expect(says(thrownBy(new Error('body'), Object.freeze(new Error('frozen'))))).toEqual(['an error took the place of another one', 'frozen', 'body'])
    expect(says(thrownBy(new Error('body'), 5))).toEqual(['an error took the place of another one', 5, 'body'])
    const [a, b] = [new Error('a'), new Error('b')]
    Object.assign(a, { cause: b })
    Object.assign(b, { cause: a })
    expect((thrownBy(new Error('body'), a) as ExceptionGroup).errors[0]).toBe(a) // it goes round in a circle already
  })
})

it('a cancellation stays one, also where it cannot keep the error whose place it takes', () => {
  const cancellation = new CancelledError('from a callback', { cause: 'a text, which has no cause itself' })
  expect(story(function* (log) {
    try {
      yield* use(new ExitStack(), function* (stack): Coroutine<void> {
        stack.push(function* (): Coroutine<void> { throw cancellation })
        throw new Error('from the body')
      })
    } catch (error) {
      log.push(error === cancellation, (error as Error).cause)
    }
  })).toEqual([true, 'a text, which has no cause itself'])
})

it('an error that takes the place of a cancellation does not name it as its cause', () => {
  const errors: unknown[] = []
  function* body(): Coroutine<void> {
    try {
      yield* use(new ExitStack(), function* (stack) {
        stack.callback(() => { throw new RangeError('the door is stuck') })
        yield* sleep(100)
      })
    } catch (error) {
      errors.push(String(error), 'cause' in (error as Error))
    }
  }
  run(function* main(): Coroutine<void> {
    const task = createTask(body())
    yield* sleep(1)
    task.cancel()
    yield* task
  }(), { host: new VirtualHost() })
  expect(errors).toEqual(['RangeError: the door is stuck', false])
})
