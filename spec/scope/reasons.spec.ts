import { CancelScope, CancelledError, type Coroutine, EventLoop, Future, ManualHost, type Owner, TaskGroup, createTask, currentTask, failAfter, failAt, gather,
  getRunningLoop, greenlet, moveOnAfter, run, sleep, suspend, timeout, use, waitFor } from '../../lib/index.ts'
import { attempt, slip, story, virtual, words } from '../support/stories.ts'

function slipped(what: () => unknown): unknown {
  try {
    return what()
  } catch (error) {
    return error
  }
}

/** Who has cancelled, when a wait ends. */
function* ends(wait: () => Coroutine<unknown>): Coroutine<unknown> {
  try {
    yield* wait()
  } catch (error) {
    if (error instanceof CancelledError) return error.by ?? 'nobody knows'
    throw error
  }
  return 'it was not cancelled'
}

describe('a CancelledError says who has cancelled', () => {
  it.each<[string, () => Coroutine<unknown>]>([
    ['a sleep', () => sleep(99) as never],
    ['a task', function* () { yield* createTask(sleep(99)) }],
    ['a gather', function* () { yield* gather([sleep(99), sleep(98)]) }],
    ['a suspend', function* () { yield* suspend(() => () => { /* nothing is registered */ }) }],
    ['its next wait', function* () {
      try {
        yield* sleep(99)
      } catch { /* once more */ }
      yield* sleep(1)
    }],
  ])('a scope, a group, a time limit: in the wait for %s', (name, wait) => {
    const isOnce = name === 'its next wait' // a group and a time limit end one wait; a scope ends them all
    expect(story(function* (log) {
      const scope = moveOnAfter(1)
      yield* use(scope, function* () { yield* use(new CancelScope(), function* () { log.push((yield* ends(wait)) === scope) }) })
      yield* attempt(() => use(timeout(1), function* (limit) { log.push((yield* ends(wait)) === (isOnce ? 'it was not cancelled' : limit)) }))
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(function* (): Coroutine<void> { log.push((yield* ends(wait)) === (isOnce ? 'it was not cancelled' : group)) }())
        yield* sleep(1)
        group.cancel()
      })
    })).toEqual([true, true, true])
  })

  it('a scope, to a task that waits in a switch() to which nobody comes back', () => {
    expect(story(function* (log) {
      const scope = new CancelScope()
      const other = greenlet(function* () { yield* sleep(100) })
      const task = createTask(use(scope, function* () { log.push((yield* ends(() => other.switch() as never)) === scope) }))
      yield* sleep(1)
      other.kill()
      scope.cancel()
      yield* task
    })).toEqual([true])
  })

  it('a group, to a task that was woken already and waits for its turn', () => {
    expect(story(function* (log) {
      yield* use(new TaskGroup(), function* (group) {
        const bell = new Future<void>()
        group.createTask(function* (): Coroutine<void> { log.push((yield* ends(() => bell as never)) === group) }())
        yield* sleep(1)
        bell.setResult(undefined)
        group.cancel()
      })
    })).toEqual([true])
  })

  it('a group, in its tasks and in its body, whether it is cancelled or one has failed', () => {
    expect(story(function* (log) {
      for (const fails of [false, true]) {
        yield* attempt(() => use(new TaskGroup(), function* (group) {
          group.createTask(function* (): Coroutine<void> { log.push((yield* ends(() => sleep(99) as never)) === group) }())
          group.createTask(function* (): Coroutine<void> {
            yield* sleep(1)
            if (fails) throw new Error('fire')
            group.cancel()
          }())
          log.push((yield* ends(() => sleep(99) as never)) === group)
        }))
      }
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(sleep(5), { background: true })
        log.push(yield* ends(function* () { yield* sleep(1) }))
        group.cancel() // while it runs: told at its next wait
        log.push((yield* ends(function* () { yield* sleep(1) })) === group)
      })
    })).toEqual([true, true, true, true, 'it was not cancelled', true])
  })

  it('a scope that is cancelled while the task runs, or is about to go on', () => {
    expect(story(function* (log) {
      yield* use(new CancelScope(), function* (scope) {
        scope.cancel('enough')
        try {
          yield* sleep(1)
        } catch (error) {
          const { by, message, stack } = error as CancelledError
          log.push(by === scope, message, stack)
          throw error
        }
      })
      yield* use(new CancelScope(), function* (scope) {
        const task = currentTask()
        const other = createTask(function* (): Coroutine<void> { scope.cancel() }())
        log.push((yield* ends(function* () { yield })) === scope, other.done(), task?.cancelling())
      })
    })).toEqual([true, 'enough', 'CancelledError: enough\n    cancelled by <CancelScope [entered, cancelled]>', true, true, 0])
  })

  it('nobody, of a plain cancel(); in debug mode, the task that called it', () => {
    for (const debug of [false, true]) {
      const loop = new EventLoop({ ...virtual(), debug, logger() { /* a cancellation is swallowed on purpose */ } })
      const said = run(function* (): Coroutine<unknown> {
        const task = createTask(ends(function* () { yield* sleep(99) }))
        yield
        task.cancel()
        const plain = createTask(ends(function* () { yield* loop.createFuture() }))
        yield
        loop.callSoon(() => { plain.cancel() })
        const [by, none] = yield* gather([task, plain])
        return [by === currentTask() ? 'main' : by, none]
      }(), { loopFactory: () => loop })
      expect(said).toEqual([debug ? 'main' : 'nobody knows', 'nobody knows'])
    }
  })
})

describe('a CancelledError says which owner has cancelled', () => {
  const waits: [string, () => Coroutine<unknown>][] = [
    ['a sleep', () => sleep(99) as never],
    ['a task', function* () { yield* createTask(sleep(99)) }],
    ['a gather', function* () { yield* gather([sleep(99), sleep(98)]) }],
    ['a suspend', function* () { yield* suspend(() => () => { /* nothing is registered */ }) }],
    ['its turn', function* () { for (;;) yield }],
    ['its turn, by a function', function* () { for (;;) yield* sleep(0) }],
  ]
  const ways: [string, (owner: Owner) => void][] = [
    ['cancel()', owner => { owner.cancel('it is late') }], ['close()', owner => { owner.close({ reason: 'it is late' }) }],
  ]
  /** An owner with a script that waits. Each wait is logged when it ends: why, and who has done it. */
  function scene(wait: () => Coroutine<unknown>, debug = false): { log: string[], loop: EventLoop, enemy: Owner } {
    const log: string[] = []
    const loop = new EventLoop({ host: new ManualHost(), debug, logger() { /* a cancellation is swallowed on purpose */ } })
    const enemy = loop.owner('enemy 7')
    const said = (error: unknown): string => {
      const { message, by, stack } = error as CancelledError
      return `${message}: ${by === enemy ? 'the owner' : String(by)};${String(stack.split('\n    ').find(line => line.startsWith('cancelled by')))}`
    }
    enemy.spawn(function* () {
      for (const what of [wait, wait]) {
        try {
          yield* what()
        } catch (error) {
          log.push(said(error))
        }
      }
    }())
    loop.tick({ dt: 1 })
    return { log, loop, enemy }
  }

  it.each(waits)('in the wait for %s', (_name, wait) => {
    for (const [name, end] of ways) {
      const { log, loop, enemy } = scene(wait)
      end(enemy)
      for (let i = 0; i < 3; i++) loop.tick({ dt: 0 })
      const closing = name === 'close()' ? ' closing' : ''
      const line = `it is late: the owner;cancelled by <Owner 'enemy 7'${closing}>`
      expect(log.map(each => each.replace(' closed', ' closing'))).toEqual(closing === '' ? [line] : [line, line])
    }
  })

  it('also when an owner around it ends, in debug mode, and for a script that closes its own owner', () => {
    const { log, loop, enemy } = scene(function* () { yield* sleep(99) }, true)
    const wave = enemy.owner('wave')
    const by: unknown[] = []
    wave.spawn(function* () {
      for (let i = 0; i < 2; i++) by.push(yield* ends(function* () { yield* sleep(99) }))
    }())
    loop.tick({ dt: 1 })
    enemy.cancel()
    loop.tick({ dt: 1 })
    wave.spawn(function* () {
      enemy.close()
      by.push(yield* ends(function* () { yield* sleep(99) }))
    }())
    for (let i = 0; i < 3; i++) loop.tick({ dt: 1 })
    expect(log).toEqual([
      ": the owner;cancelled by <Owner 'enemy 7'>", "enemy 7 is closed: the owner;cancelled by <Owner 'enemy 7' closing>",
    ])
    expect(by.map(each => each === enemy)).toEqual([true, true, true])
    expect(enemy.closed).toBe(true)
  })

  it('also of scripts that are dropped, because they do not end', () => {
    const { loop, enemy } = scene(function* () { yield })
    const stubborn = enemy.spawn(function* () { for (;;) yield* ends(function* () { yield* sleep(1) }) }())
    loop.tick({ dt: 1 })
    expect(slip(() => { enemy.close({ turns: 10 }) })).toMatch(/^OwnerCloseError/)
    expect((slipped(() => stubborn.result()) as CancelledError).by).toBe(enemy)
  })

  it('a group in it names itself, and the next owner names itself again', () => {
    expect(story(function* (log) {
      const loop = getRunningLoop()
      const enemy = loop.owner('enemy')
      enemy.spawn(function* () {
        yield* use(new TaskGroup(), function* (group) {
          group.createTask(function* (): Coroutine<void> { log.push((yield* ends(function* () { yield* sleep(99) })) === group) }())
          log.push((yield* ends(function* () { yield* sleep(99) })) === enemy)
          group.cancel()
        })
      }())
      yield* sleep(1)
      enemy.cancel()
      yield* sleep(1)
    })).toEqual([false, true])
  })
})

describe('a reason', () => {
  it('is said by the TimeoutError, and by the CancelledError in the body', () => {
    expect(story(function* (log) {
      function* body(): Coroutine<void> {
        try {
          yield* sleep(99)
        } catch (error) {
          log.push(words(error))
          throw error
        }
      }
      log.push(yield* attempt(() => use(failAfter(5, { reason: 'the kitchen is closed' }), body)))
      log.push(yield* attempt(() => use(failAt(6, { reason: 'at six' }), body)))
      yield* use(moveOnAfter(1, { reason: 'no patience' }), body)
      yield* use(new CancelScope({ reason: 'by itself' }), function* (scope) {
        scope.cancel('by hand')
        yield* body()
      })
      log.push(yield* attempt(() => waitFor(sleep(9), 1)))
    })).toEqual([
      'CancelledError CANCELLED: the kitchen is closed', 'TimeoutError TIMED_OUT: failAfter(5): 5 ms are over: the kitchen is closed',
      'CancelledError CANCELLED: at six', 'TimeoutError TIMED_OUT: failAt(6): the time is over: at six',
      'CancelledError CANCELLED: no patience', 'CancelledError CANCELLED: by hand', 'TimeoutError TIMED_OUT: waitFor(…, 1): 1 ms are over',
    ])
  })
})
