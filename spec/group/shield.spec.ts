import {
  type Coroutine, EventLoop, Future, VirtualHost, createTask, getRunningLoop, isCancelled, run, shield, sleep, suspend,
} from '../../lib/index.ts'

const virtual = () => ({ host: new VirtualHost() })

describe('shield()', () => {
  it('gives what is done already back as it is, and else a future of its own', () => {
    function* main(): Coroutine<unknown[]> {
      const [done, pending] = [getRunningLoop().createFuture<number>(), getRunningLoop().createFuture<number>()]
      done.setResult(1)
      const shielded = shield(pending)
      const log: unknown[] = [shield(done) === done, shielded === pending, shielded instanceof Future]
      pending.setResult(2)
      log.push(yield* shielded, yield* shield(sleep(1, 'of a sleep')))
      return [...log, yield* shield(suspend<number>(resume => { resume(3) }))]
    }
    expect(run(main(), virtual())).toEqual([true, false, true, 2, 'of a sleep', 3])
  })

  it('passes on whatever was thrown, also what is no error', () => {
    function* failing(thrown: unknown): Coroutine<void> {
      yield
      throw thrown
    }
    function* main(): Coroutine<unknown[]> {
      const log: unknown[] = []
      for (const thrown of ['text', undefined, null, RangeError, new RangeError('an error')]) {
        try {
          yield* shield(failing(thrown))
        } catch (caught) {
          log.push(caught === thrown)
        }
      }
      return log
    }
    expect(run(main(), virtual())).toEqual([true, true, true, true, true])
  })

  it('can be left by a task that goes on to look after what is inside', () => {
    const log: unknown[] = []
    function* inside(): Coroutine<string> {
      yield* sleep(10)
      return 'saved'
    }
    function* outside(): Coroutine<void> {
      const saving = createTask(inside())
      try {
        yield* shield(saving)
      } catch (thrown) {
        log.push(isCancelled(thrown), saving.done())
        log.push(yield* saving, getRunningLoop().time())
        throw thrown
      }
    }
    function* main(): Coroutine<void> {
      const task = createTask(outside())
      yield* sleep(5)
      task.cancel()
      yield* sleep(10)
      log.push(task.cancelled())
    }
    run(main(), virtual())
    expect(log).toEqual([true, false, 'saved', 10, true])
  })

  it('that was cancelled does not keep what is inside from being reported when it fails afterwards', () => {
    const log: unknown[] = []
    const loop = new EventLoop({ ...virtual(), logger: text => { log.push(text.split('\n')[0]) } })
    const [left, kept] = [loop.createFuture(), loop.createFuture()]
    const shields = [shield(left), shield(kept)]
    shields[0]?.cancel()
    loop.tick()
    left.setException(new Error('late'))
    kept.setException(new TypeError('kept'))
    loop.tick()
    log.push(...shields.map(String), 'closing')
    loop.close()
    expect(log).toEqual([
      '<Future cancelled>', '<Future finished exception=TypeError: kept>', 'closing',
      'Future exception was never retrieved', 'Future exception was never retrieved',
    ])
  })

  it.each<[string, unknown, string]>([
    ['a number', 5, 'a future, a coroutine or an awaitable is required, not 5. If yield* f() gave it, write f() alone'],
    ['a list', [], 'a future, a coroutine or an awaitable is required, not [0 items]. To wait for all of them, write gather([...])'],
  ])('is refused with %s', (_, what, message) => {
    function* main(): Coroutine<void> { yield* shield(what as Coroutine<void>) }
    expect(() => { run(main(), virtual()) })
      .toThrow(expect.objectContaining({ name: 'TypeError', code: 'NOT_AWAITABLE', message }))
  })
})
