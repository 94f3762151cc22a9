import {
  CancelledError, type ContextManager, type Coroutine, ExceptionGroup, VirtualHost, coroutine, createTask, greenlet, pyGenerator, run, sleep, suspend,
  use,
} from '../../lib/index.ts'

const virtual = () => ({ host: new VirtualHost() })

/** Logs what is done to it, and takes its time. */
class Room implements ContextManager<string> {
  constructor(private readonly log: unknown[], private readonly name: string, private readonly answer?: unknown) {}

  *enter(): Coroutine<string> {
    yield* sleep(1)
    this.log.push(`into the ${this.name}`)
    return this.name
  }

  *exit(...error: unknown[]): Coroutine<boolean | void> {
    yield* sleep(1)
    this.log.push([`out of the ${this.name}`, ...error.map(String)])
    return this.answer as boolean
  }
}

/** A manager whose `exit()` throws. */
function failing(thrown: (error: unknown) => unknown): ContextManager<void, void> {
  return { *enter(): Coroutine<void> { /* nothing to do */ }, *exit(error?: unknown): Coroutine<void> { throw thrown(error) } }
}

describe('the error of a body, when exit() throws another one', () => {
  /** What comes out of a `use()`: an error with its causes, and the errors of a group. */
  function outcome(thrown: unknown, other: (error: unknown) => unknown): unknown[] {
    try {
      run(use(failing(other), function* (): Coroutine<void> { throw thrown }), virtual())
    } catch (error) {
      const causes: unknown[] = []
      for (let each: unknown = error; each !== undefined && each !== null; each = (Object(each) as { cause?: unknown }).cause) {
        causes.push(each instanceof ExceptionGroup ? [String(each), ...each.errors.map(String)] : each instanceof Error ? String(each) : each)
      }
      return causes
    }
    return ['no error']
  }

  it('is its last cause', () => {
    const body = new RangeError('body')
    expect(outcome(body, () => new Error('exit'))).toEqual(['Error: exit', 'RangeError: body'])
    expect(outcome(body, () => Object.assign(new Error('exit'), { cause: new Error('why') }))).toEqual(['Error: exit', 'Error: why', 'RangeError: body'])
  })

  it('is not added when it is known already: the same error, its cause, a part of a group', () => {
    const body = new RangeError('body')
    expect(outcome(body, error => error)).toEqual(['RangeError: body'])
    expect(outcome(body, error => Object.assign(new Error('exit'), { cause: error }))).toEqual(['Error: exit', 'RangeError: body'])
    expect(outcome(body, error => new ExceptionGroup('all', [error]))).toEqual([['ExceptionGroup: all (1 sub-exception)', 'RangeError: body']])
  })

  it('goes into a group with what can have no cause', () => {
    const body = new RangeError('body')
    const message = 'ExceptionGroup: an error took the place of another one (2 sub-exceptions)'
    expect(outcome(body, () => 5)).toEqual([[message, '5', 'RangeError: body']])
    expect(outcome(body, () => Object.freeze(new Error('frozen')))).toEqual([[message, 'Error: frozen', 'RangeError: body']])
  })

  it('is not kept when it is a cancellation, which says only that something was cancelled', () => {
    const body = new CancelledError('late')
    expect(outcome(body, () => new Error('exit'))).toEqual(['Error: exit'])
    expect(outcome(body, () => 5)).toEqual([5])
  })
})

describe('use()', () => {
  it('may be used inside of another: the inner manager exits first, and what it throws goes to the outer one', () => {
    const log: unknown[] = []
    function* main(): Coroutine<unknown> {
      return yield* use(new Room(log, 'house'), house => use(new Room(log, 'kitchen'), function* (kitchen) {
        log.push(`${kitchen} of the ${house}`)
        yield* sleep(1)
        throw new RangeError('fire')
      }))
    }
    expect(() => run(main(), virtual())).toThrow('fire')
    expect(log).toEqual([
      'into the house', 'into the kitchen', 'kitchen of the house', ['out of the kitchen', 'RangeError: fire'],
      ['out of the house', 'RangeError: fire'],
    ])
  })

  it('gives an exit no argument at all when the body has ended well', () => {
    const log: unknown[] = []
    function* main(): Coroutine<unknown> {
      return yield* use(new Room(log, 'house'), coroutine(function* () { return 'home' }))
    }
    log.push(run(main(), virtual()))
    expect(log).toEqual(['into the house', ['out of the house'], 'home'])
  })

  it('lets go of the error for true only, and takes nothing else for it', () => {
    const log: unknown[] = []
    function* main(): Coroutine<void> {
      for (const answer of [true, false, undefined, 1, 'yes']) {
        try {
          log.push(yield* use(new Room([], 'house', answer), function* (): Coroutine<void> { throw new Error('fire') }))
        } catch (error) {
          log.push((error as Error).message)
        }
      }
    }
    run(main(), virtual())
    expect(log).toEqual([undefined, 'fire', 'fire', 'fire', 'fire'])
  })

  it('does not exit what could not be entered', () => {
    const log: unknown[] = []
    class Locked extends Room {
      override *enter(): Coroutine<string> { throw new Error('locked') }
    }
    function* main(): Coroutine<void> { yield* use(new Locked(log, 'house'), function* () { log.push('never') }) }
    expect(() => { run(main(), virtual()) }).toThrow('locked')
    expect(log).toEqual([])
  })

  it('throws the error of an exit in the place of what the body ended with', () => {
    const log: unknown[] = []
    class Stuck extends Room {
      override *exit(...error: unknown[]): Coroutine<void> {
        yield* super.exit(...error)
        throw new Error('stuck')
      }
    }
    function* main(): Coroutine<void> {
      for (const body of [function* () { return 'home' }, function* () { throw new Error('fire') }]) {
        try {
          log.push(yield* use(new Stuck(log, 'house'), body))
        } catch (error) {
          log.push((error as Error).message)
        }
      }
    }
    run(main(), virtual())
    expect(log).toEqual([
      'into the house', ['out of the house'], 'stuck', 'into the house', ['out of the house', 'Error: fire'], 'stuck',
    ])
  })

  it('exits when the task is cancelled, also while it exits', () => {
    const log: unknown[] = []
    function* main(): Coroutine<void> {
      const stay = () => createTask(use(new Room(log, 'house'), function* () { yield* sleep(10) }))
      const [early, late, twice] = [stay(), stay(), stay()]
      early.cancel()
      yield* sleep(5)
      late.cancel('enough')
      twice.cancel()
      yield
      twice.cancel('at once')
      yield* sleep(5)
      log.push([early, late, twice].map(task => task.cancelled()))
    }
    run(main(), virtual())
    expect(log)
      .toEqual(['into the house', 'into the house', ['out of the house', 'CancelledError: enough'], [true, true, true]])
  })

  it('exits what is left by a kill or a close, if that takes no time', () => {
    const log: unknown[] = []
    class Tent implements ContextManager<void> {
      *enter(): Coroutine<void> { log.push('in') }
      *exit(error?: unknown): Coroutine<void> { log.push(['out', (error as Error).name]) }
    }
    function* forEver(): Coroutine<void> { yield* use(new Tent(), function* () { for (;;) yield }) }
    const g = greenlet(function* () {
      yield* use(new Tent(), function* () { yield* suspend(() => undefined) })
    })
    g.resume()
    g.kill()
    const generator = pyGenerator(forEver)
    generator.next()
    generator.close()
    expect(log).toEqual(['in', ['out', 'GreenletExit'], 'in', ['out', 'GeneratorExit']])
  })

  it('does not nest on the stack of JavaScript, however many are inside each other', () => {
    const log: number[] = []
    const down = (depth: number): Coroutine<void> => use(
      { *enter() { return depth }, *exit() { if (depth % 5000 === 0) log.push(depth) } },
      function* (left: number): Coroutine<void> {
        if (left === 0) yield* sleep(1)
        else yield* down(left - 1)
      })
    run(down(20_000), virtual())
    expect(log).toEqual([0, 5000, 10_000, 15_000, 20_000])
  })
})
