import {
  type Coroutine, EventLoop, type Greenlet, VirtualHost, createTask, currentTask, getCurrent, greenlet, isCancelled, run, sleep, suspend,
} from '../../lib/index.ts'

const virtual = () => ({ host: new VirtualHost() })
const quiet = () => new EventLoop({ host: new VirtualHost(), logger: () => undefined })

describe('a task and the greenlets that it switches to', () => {
  it('waits where a greenlet waits, and gets what the greenlet ends with', () => {
    const log: unknown[] = []
    function* helper(ms: number): Coroutine<string> {
      log.push(['helper in', currentTask()?.getName()])
      yield* sleep(ms)
      log.push(['helper woken in', currentTask()?.getName()])
      return 'from the helper'
    }
    function* main(): Coroutine<void> {
      const other = createTask(ticking(log), { name: 'ticker' })
      log.push(yield* greenlet(helper).switch(20))
      yield* other
    }
    run(main(), virtual())
    expect(log).toEqual([
      ['helper in', 'Task-1'], 'tick 10', ['helper woken in', 'Task-1'], 'from the helper', 'tick 30',
    ].map(entry => Array.isArray(entry) ? [entry[0], expect.stringMatching(/^Task-\d+$/)] : entry))
  })

  function* ticking(log: unknown[]): Coroutine<void> {
    yield* sleep(10)
    log.push('tick 10')
    yield* sleep(20)
    log.push('tick 30')
  }

  it('shows the frames of both', () => {
    const loop = quiet()
    function* inner(): Coroutine<void> { yield* sleep(10) }
    function* outer(): Coroutine<void> { yield* greenlet(inner).switch() }
    const task = loop.createTask(outer())
    loop.tick()
    expect(task.getStack().map(frame => frame.name)).toEqual(['outer', 'inner'])
    expect(String(task.$wait)).toBe('sleep(10)')
    loop.runUntilComplete(task)
    expect(task.getStack()).toEqual([])
  })

  it('is cancelled where it waits: in the greenlet, and what that ends with goes on to the task', () => {
    const log: unknown[] = []
    function* helper(): Coroutine<void> {
      try {
        yield* sleep(1000)
      } finally {
        log.push('helper cleans up')
      }
    }
    function* outer(): Coroutine<void> {
      try {
        yield* greenlet(helper).switch()
      } catch (error) {
        log.push(['outer gets', isCancelled(error)])
        throw error
      }
    }
    function* main(): Coroutine<void> {
      const task = createTask(outer())
      yield* sleep(1)
      task.cancel()
      try {
        yield* task
      } catch {
        log.push(['cancelled', task.cancelled()])
      }
    }
    run(main(), virtual())
    expect(log).toEqual(['helper cleans up', ['outer gets', true], ['cancelled', true]])
  })

  it('may be switched to by another task, and runs in the name of that one', () => {
    const log: unknown[] = []
    function* first(): Coroutine<string> {
      const answer = yield* (getCurrent().parent as Greenlet).switch('not awaited by anybody')
      log.push(['first goes on with', answer, 'in', currentTask()?.getName()])
      yield* sleep(5)
      log.push(['first ends in', currentTask()?.getName()])
      return 'first'
    }
    function* second(target: Greenlet): Coroutine<void> { yield* target.switch('a greeting') }
    const loop = quiet()
    const a = loop.createTask(first(), { name: 'a' })
    loop.tick()
    const b = loop.createTask(second(a.getGreenlet()), { name: 'b' })
    log.push(loop.runUntilComplete(a), b.done())
    expect(log).toEqual([['first goes on with', 'a greeting', 'in', 'b'], ['first ends in', 'b'], 'first', false])
    expect(loop.report()).toEqual([{ task: b, name: 'b', waitsFor: 'somebody to switch back to it', frames: ['second'] }])
  })
})

describe('a greenlet that waits under a loop', () => {
  it('goes on in a turn of the loop when plain code resumed it, and belongs to no task', () => {
    const log: unknown[] = []
    const loop = quiet()
    const g = greenlet(function* (ms: number) {
      log.push('begins')
      yield* sleep(ms)
      log.push(['woken', currentTask(), loop.time()])
      yield
      log.push('one turn later')
    })
    loop.callSoon(() => { log.push(['resume() gives', g.resume(7)]) })
    loop.callLater(7, () => { log.push('at 7') })
    loop.callLater(8, () => { loop.stop() })
    loop.runForever()
    expect(log).toEqual(['begins', ['resume() gives', undefined], 'at 7', ['woken', null, 7], 'one turn later'])
  })

  it('waits by itself when a task resumed it, and the task goes on', () => {
    const log: unknown[] = []
    function* main(): Coroutine<void> {
      const g = greenlet(function* () {
        yield* sleep(5)
        log.push(['greenlet woken', currentTask()])
      })
      log.push(['resume() gives', g.resume()])
      yield* sleep(10)
      log.push('main woken')
    }
    run(main(), virtual())
    expect(log).toEqual([['resume() gives', undefined], ['greenlet woken', null], 'main woken'])
  })

  it('may wait for a future before any loop runs', () => {
    const log: unknown[] = []
    const loop = quiet()
    const future = loop.createFuture<string>()
    const g = greenlet(function* () { log.push(yield* future) })
    g.resume()
    future.setResult('later')
    log.push('nothing yet')
    loop.tick()
    expect(log).toEqual(['nothing yet', 'later'])
  })

  it('can be thrown into; then it does not wait any more', () => {
    const log: unknown[] = []
    const loop = quiet()
    const future = loop.createFuture<string>()
    function* waits(): Coroutine<string> {
      try {
        return yield* future
      } catch (error) {
        log.push(['interrupted', (error as Error).message])
        yield* sleep(3)
        return 'mended'
      }
    }
    const task = loop.createTask(waits())
    loop.tick()
    loop.callSoon(() => {
      task.getGreenlet().resumeThrow(new Error('now'))
      future.setResult('too late')
    })
    loop.tick()
    loop.callLater(10, () => { loop.stop() })
    loop.runForever()
    expect(log).toEqual([['interrupted', 'now']])
    expect(String(task)).toContain('mended')
  })

  it('can be thrown into when it is woken already; then its turn is not taken twice', () => {
    const log: unknown[] = []
    const loop = quiet()
    const future = loop.createFuture<string>()
    function* waits(): Coroutine<void> {
      try {
        log.push(yield* future)
      } catch (error) {
        log.push((error as Error).message)
      }
      yield
      log.push('one turn later')
    }
    const task = loop.createTask(waits())
    loop.tick()
    loop.callSoon(() => {
      future.setResult('the result')
      task.getGreenlet().resumeThrow(new Error('came first'))
      log.push('callback')
    })
    loop.tick()
    const { ran, ready } = loop.tick()
    expect([ran, ready]).toEqual([2, 0])
    expect(log).toEqual(['came first', 'callback', 'one turn later'])
    expect(task.done()).toBe(true)
  })

  it('is woken from suspend() by a turn, and cancelled there with its undo', () => {
    const log: unknown[] = []
    let resume: (value: string) => void = () => undefined
    const undo = () => { log.push('undo') }
    function* waits(name: string): Coroutine<void> {
      try {
        log.push([name, yield* suspend<string>(ready => { resume = ready; return undo })])
      } catch (error) {
        log.push([name, isCancelled(error)])
      }
    }
    function* main(): Coroutine<void> {
      const a = createTask(waits('a'))
      yield* sleep(1)
      resume('hello')
      log.push('resumed')
      yield* a
      const b = createTask(waits('b'))
      yield* sleep(1)
      b.cancel()
      resume('too late')
      log.push('cancelled')
      yield* b
    }
    run(main(), virtual())
    expect(log).toEqual(['resumed', ['a', 'hello'], 'undo', 'cancelled', ['b', true]])
  })
})
