import {
  ContextVar, type Coroutine, EventLoop, type Greenlet, Task, VirtualHost, allTasks, createTask, currentTask,
  eagerTaskFactory, getCurrent, greenlet, run, sleep, suspend,
} from '../../lib/index.ts'

const virtual = () => ({ host: new VirtualHost() })
const quiet = () => new EventLoop({ ...virtual(), logger: () => undefined })

describe('an eager task', () => {
  it('is done when it was made, if it does not wait', () => {
    function* main(): Coroutine<unknown[]> {
      function* child(): Coroutine<string> { return 'at once' }
      const made = createTask(child(), { eagerStart: true, name: 'eager' })
      return [made.done(), made.result(), made.getStack(), allTasks().has(made), String(made).replace(/coro=.*/, '')]
    }
    expect(run(main(), virtual()))
      .toEqual([true, 'at once', [], false, "<Task finished result='at once' name='eager' "])
  })

  it('runs in the name of itself and in a greenlet of its own, and then its maker goes on in its own', () => {
    const log: unknown[] = []
    const variable = new ContextVar<string>('variable', { default: 'unset' })
    const note = (where: string, greenlets: Greenlet[]) => {
      const task = currentTask() as Task
      const here = getCurrent()
      log.push([where, task.getName(), task.getGreenlet() === here, greenlets.includes(here), variable.get()])
    }
    function* child(maker: Greenlet): Coroutine<void> {
      note('child', [maker])
      variable.set('of the child')
      yield* sleep(1)
      note('child', [maker])
    }
    function* main(): Coroutine<void> {
      variable.set('of main')
      const task = createTask(child(getCurrent()), { eagerStart: true, name: 'eager' })
      note('main', [task.getGreenlet()])
      yield* task
      note('main', [task.getGreenlet()])
    }
    const loop = quiet()
    loop.runUntilComplete(loop.createTask(main(), { name: 'main' }))
    expect(log).toEqual([
      ['child', 'eager', true, false, 'of main'], ['main', 'main', true, false, 'of main'],
      ['child', 'eager', true, false, 'of the child'], ['main', 'main', true, false, 'of main'],
    ])
  })

  it('may begin in a callback, and in a greenlet that waits by itself, whose waits are its own as before', () => {
    const log: unknown[] = []
    const loop = quiet()
    function* child(name: string): Coroutine<void> {
      log.push([name, 'begins', currentTask()?.getName()])
      yield* sleep(1)
      log.push([name, 'ends', loop.time()])
    }
    const start = (name: string) => loop.createTask(child(name), { name, eagerStart: true })
    loop.callSoon(() => {
      start('of a callback')
      log.push(currentTask())
    })
    loop.callSoon(() => {
      greenlet(function* () {
        yield
        const task = start('of a greenlet')
        log.push([task.$wait === null, currentTask()])
        yield* sleep(3)
        log.push(['the greenlet goes on', loop.time(), task.done()])
        loop.stop()
      }).resume()
    })
    loop.runForever()
    expect(log).toEqual([
      ['of a callback', 'begins', 'of a callback'], null, ['of a greenlet', 'begins', 'of a greenlet'], [false, null],
      ['of a callback', 'ends', 1], ['of a greenlet', 'ends', 1], ['the greenlet goes on', 3, true],
    ])
  })

  it('may switch to others, and to its maker: that goes on, and may switch back to it', () => {
    const log: unknown[] = []
    function* child(maker: Greenlet): Coroutine<string> {
      log.push(yield* greenlet(() => 'from another greenlet').switch())
      return `received ${yield* maker.switch<string>()}`
    }
    function* main(): Coroutine<void> {
      const task = createTask(child(getCurrent()), { eagerStart: true })
      log.push(task.done(), task.$wait, currentTask() === task)
      greenlet(function* () { yield* task.getGreenlet().switch('a value') }).resume()
      const self = getCurrent()
      log.push(task.result(), yield* greenlet(function* () { yield* self.switch('and others to the maker') }).switch())
    }
    run(main(), virtual())
    expect(log).toEqual(['from another greenlet', false, null, false, 'received a value', 'and others to the maker'])
  })

  it('begins in the next turn, when its loop is not the one that runs', () => {
    const log: unknown[] = []
    const [loop, other] = [quiet(), quiet()]
    function* child(): Coroutine<void> { log.push('child') }
    const start = () => new Task(child(), { loop: other, eagerStart: true })
    start()
    loop.callSoon(start)
    loop.tick()
    log.push('not yet')
    other.tick()
    expect(log).toEqual(['not yet', 'child', 'child'])
  })

  it('is what eagerTaskFactory makes, for all that make tasks', () => {
    const log: unknown[] = []
    const loop = quiet()
    loop.setTaskFactory(eagerTaskFactory)
    function* child(name: string): Coroutine<void> { log.push(name) }
    function* main(): Coroutine<void> {
      log.push(createTask(child('first'), { name: 'named' }).getName())
      log.push(createTask(child('second')) instanceof Task)
      const task = createTask(suspend<string>(resume => { resume('without a wait') }))
      log.push(task.done(), task.result())
    }
    loop.runUntilComplete(main())
    expect(log).toEqual(['first', 'named', 'second', true, true, 'without a wait'])
  })

  it('may cancel the task in whose turn it runs, also when that has switched to a greenlet: it is told at its next wait', () => {
    const log: unknown[] = []
    function* work(): Coroutine<string> {
      const task = currentTask() as Task
      function* canceller(): Coroutine<void> { task.cancel() }
      yield* greenlet(function* (): Coroutine<void> {
        createTask(canceller(), { eagerStart: true })
        try {
          yield* sleep(10)
        } catch (error) {
          log.push(String(error))
        }
      }, getCurrent()).switch()
      log.push('back')
      yield* sleep(1)
      return 'done'
    }
    log.push(run(work(), virtual()))
    expect(log).toEqual(['CancelledError', 'back', 'done'])
  })
})
