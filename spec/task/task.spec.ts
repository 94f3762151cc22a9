import {
  Context, ContextVar, type Coroutine, EventLoop, type Future, type Greenlet, Task, type TaskFactory, VirtualHost,
  coroutine, createTask, currentTask, getCurrent, greenlet, run, sleep, suspend, yieldFrom,
} from '../../lib/index.ts'

const quiet = () => new EventLoop({ host: new VirtualHost(), logger: () => undefined })
const virtual = () => ({ host: new VirtualHost() })
const error = (name: string, code: string, message: string) => expect.objectContaining({ name, code, message })

function* brew(): Coroutine<string> {
  yield* sleep(5)
  return 'tea'
}

describe('a task in words', () => {
  it('is its class, what became of it, its name and what it runs', () => {
    class Job<T> extends Task<T> {}
    const loop = quiet()
    function* failing(): Coroutine<void> { throw new RangeError('no tea') }
    const tasks = [
      new Job(brew(), { loop, name: 'a' }), loop.createTask(failing(), { name: 'b' }),
      loop.createTask(brew(), { name: 'c' }),
    ]
    const log = [tasks.map(String)]
    tasks[2]?.cancel()
    while (loop.tick().ready > 0);
    loop.runUntilComplete(tasks[0] as Task)
    log.push(tasks.map(task => String(task).replace(/ coro=.*/, '')))
    expect(log).toEqual([
      ["<Job pending name='a' coro=brew>", "<Task pending name='b' coro=failing>", "<Task pending name='c' coro=brew>"],
      ["<Job finished result='tea' name='a'", "<Task finished exception=RangeError: no tea name='b'",
        "<Task cancelled name='c'"],
    ])
  })

  it('has a number for a name when it is given none, or null, and any other name later', () => {
    const loop = quiet()
    const first = loop.createTask(brew())
    const named = loop.createTask(brew(), { name: 'tea' })
    const second = new Task(brew(), { loop, name: null })
    const numbers = [first, second].map(task => Number(/^Task-(\d+)$/.exec(task.getName())?.[1]))
    expect((numbers[1] as number) - (numbers[0] as number)).toBe(1)
    first.setName('')
    named.setName('coffee')
    expect([first.getName(), String(first), named.getName()])
      .toEqual(['', "<Task pending name='' coro=brew>", 'coffee'])
  })

  it('tells its state: pending, running, done or cancelled', () => {
    const log: unknown[] = []
    const loop = quiet()
    function* looks(): Coroutine<void> {
      log.push(task.state, other.state)
      greenlet(() => { log.push(['in a greenlet', task.state]) }).resume()
      yield
    }
    const task = loop.createTask(looks())
    const other = loop.createTask(brew())
    log.push(task.state)
    loop.tick()
    other.cancel()
    log.push(task.state)
    loop.tick()
    log.push(task.state, other.state)
    expect(log).toEqual(['pending', 'running', 'pending', ['in a greenlet', 'running'], 'pending', 'done', 'cancelled'])
  })

  it('is done when a report is made about its end', () => {
    const log: unknown[] = []
    const loop = new EventLoop({ host: new VirtualHost(), debug: true })
    loop.setExceptionHandler((_, context) => {
      log.push((context['task'] as Task).state, currentTask() === context['task'])
    })
    function* swallows(): Coroutine<void> {
      try {
        yield
      } catch { /* whatever it is */ }
    }
    const task = loop.createTask(swallows())
    loop.tick()
    task.cancel()
    loop.tick()
    expect(log).toEqual(['done', true])
  })
})

describe('what a task is made of', () => {
  it('it gives back, with its greenlet and its context', () => {
    const loop = quiet()
    const generator = brew()
    const task = loop.createTask(generator)
    expect([task.getCoro() === generator, task.getLoop() === loop, String(task.getGreenlet())]).toEqual(
      [true, true, '<Greenlet brew suspended active started>'])
    const variable = new ContextVar<string>('variable')
    function* setting(): Coroutine<void> { variable.set('set') }
    const setter = greenlet(() => loop.createTask(setting())).resume() as Task
    const before = setter.getContext()
    const context = new Context()
    const given = loop.createTask(setting(), { context })
    loop.tick()
    expect([before, setter.getContext()?.get(variable), given.getContext() === context, context.get(variable)]).toEqual(
      [null, 'set', true, 'set'])
  })

  it.each<[string, unknown, string]>([
    ['a function', brew, 'a coroutine was expected, got the function brew. Call it: createTask(brew())'],
    ['a list', [1], 'a coroutine was expected, got [1 items]. To wait for all of them, write gather([...])'],
    ['nothing', undefined, 'a coroutine was expected, got undefined. Only a function* gives a coroutine when it is called. If yield* f() gave it, write f() alone'],
    ['a future', quiet().createFuture(), 'a coroutine was expected, got Future. It is a future, and needs no task. To wait for it, write yield* future'],
    ['an object that can be awaited', { *[Symbol.iterator](): Coroutine<void> { yield } },
      'a coroutine was expected, got Object'],
  ])('is not %s', (_, what, message) => {
    const loop = quiet()
    expect(() => loop.createTask(what as Coroutine<void>)).toThrow(error('TypeError', 'NOT_A_COROUTINE', message))
    expect(() => new Task(what as Coroutine<void>, { loop })).toThrow(error('TypeError', 'NOT_A_COROUTINE', message))
    expect(loop.report()).toEqual([])
  })

  it('is a generator, what coroutine() gives, or a wait of the library', () => {
    const log: unknown[] = []
    const loop = quiet()
    const made = coroutine(brew)
    let resume: (value: string) => void = () => undefined
    const awaitables = [
      brew(), made(), sleep(3, 'slept'), sleep(0, 'passed'), suspend<string>(ready => { resume = ready }),
    ]
    const tasks = awaitables.map(awaitable => loop.createTask(awaitable))
    tasks.forEach((task, i) => { task.addDoneCallback(() => { log.push([i, loop.time()]) }) })
    loop.callLater(4, () => { resume('resumed') })
    for (const task of tasks) loop.runUntilComplete(task)
    expect(tasks.map(task => task.result())).toEqual(['tea', 'tea', 'slept', 'passed', 'resumed'])
    expect(log).toEqual([[3, 0], [2, 3], [4, 4], [0, 5], [1, 5]])
  })

  it('decides alone what it ends with', () => {
    const task = quiet().createTask(brew())
    const byHand = (method: string, what: string) => error('RuntimeError', 'TASK_IS_NOT_SET_BY_HAND',
      `Task does not support ${method}(): its coroutine decides its ${what}. Write loop.createFuture()`)
    expect(() => { (task as Future).setResult(1) }).toThrow(byHand('setResult', 'result'))
    expect(() => { (task as Future).setException(new Error()) }).toThrow(byHand('setException', 'exception'))
    expect(task.done()).toBe(false)
  })

  it('needs a loop that runs, when none is named', () => {
    expect(() => createTask(brew())).toThrow(error('RuntimeError', 'NO_LOOP', 'no running event loop. Write loop.createTask(coroutine), or do it in a coroutine that run() runs'))
  })
})

describe('a task factory', () => {
  it('gets the loop, the coroutine and the options, and makes what createTask() gives', () => {
    const log: unknown[] = []
    class Job<T> extends Task<T> {}
    const factory: TaskFactory = (loop, awaitable, options) => {
      log.push([options.name, options.loop === loop, Object.keys(options).sort()])
      return new Job(awaitable, options)
    }
    const loop = quiet()
    loop.setTaskFactory(factory)
    function* main(): Coroutine<unknown[]> {
      const task = createTask(brew(), { name: 'a', context: new Context() })
      return [task instanceof Job, task.getName(), currentTask() instanceof Job, yield* task]
    }
    log.push(loop.runUntilComplete(main()), loop.getTaskFactory() === factory)
    expect(log).toEqual([
      [undefined, true, ['loop']], ['a', true, ['context', 'loop', 'name']], [true, 'a', true, 'tea'], true,
    ])
  })

  it('is a function, or null for none', () => {
    const loop = quiet()
    expect(() => { loop.setTaskFactory({} as never) }).toThrow(
      error('TypeError', 'BAD_ARGUMENT', 'setTaskFactory() takes a function or null, not Object'))
    loop.setTaskFactory(null)
    expect([loop.getTaskFactory(), loop.runUntilComplete(brew())]).toEqual([null, 'tea'])
  })

  it('is not asked by a loop that is closed', () => {
    let asked = 0
    const loop = quiet()
    loop.setTaskFactory((of, awaitable, options) => {
      asked++
      return new Task(awaitable, { ...options, loop: of })
    })
    loop.close()
    expect(() => loop.createTask(brew())).toThrow(error('RuntimeError', 'LOOP_CLOSED', 'Event loop is closed'))
    expect(asked).toBe(0)
  })
})

describe('the stack of a task', () => {
  it('has the frames of all owned delegation and of the greenlets where it waits, and none when it is done', () => {
    const loop = quiet()
    const future = loop.createFuture()
    const innermost = coroutine(function* innermost() { yield* future })
    function* inner(): Coroutine<void> { yield* innermost() }
    function* native(): Coroutine<void> { yield* yieldFrom(inner()) }
    function* outer(): Coroutine<void> { yield* native() }
    function* switching(): Coroutine<void> { yield* greenlet(outer).switch() }
    const task = loop.createTask(switching())
    const names = () => task.getStack().map(frame => frame.name)
    const log = [names()]
    loop.tick()
    log.push(names())
    future.setResult(null)
    loop.tick()
    log.push(names())
    expect(log).toEqual([['switching'], ['switching', 'outer', 'inner', 'innermost'], []])
  })

  it('is that of its greenlet alone while nobody has switched back to it', () => {
    const loop = quiet()
    const main = getCurrent()
    function* away(): Coroutine<unknown> { return yield* main.switch() }
    const task = loop.createTask(away(), { name: 'away' })
    loop.tick()
    const log: unknown[] = [task.getStack().map(frame => frame.name), task.$wait, loop.report()[0]?.waitsFor]
    task.getGreenlet().resume('back')
    log.push(task.result(), loop.report())
    expect(log).toEqual([['away'], null, 'somebody to switch back to it', 'back', []])
  })

  it('of a task that passes its turn is written like others, by default to the logger', () => {
    const log: string[] = []
    const loop = new EventLoop({ host: new VirtualHost(), logger: text => { log.push(text) } })
    const inner = coroutine(function* inner(): Coroutine<void> { yield })
    function* outer(): Coroutine<void> { yield* inner() }
    const task = loop.createTask(outer(), { name: 'a' })
    loop.tick()
    task.printStack()
    task.printStack(text => { log.push(text.toUpperCase()) })
    expect(log).toEqual([
      "Stack for <Task pending name='a' coro=outer> (most recent call last):\n  in outer\n  in inner",
      "STACK FOR <TASK PENDING NAME='A' CORO=OUTER> (MOST RECENT CALL LAST):\n  IN OUTER\n  IN INNER",
    ])
  })
})

describe('a task that waits in suspend()', () => {
  it('can be cancelled between the call of resume and its turn: it gets the cancellation, and the undo is called for the value', () => {
    const log: unknown[] = []
    let resume: (value: string) => void = () => undefined
    const undo = () => { log.push('undo') }
    function* waits(): Coroutine<void> {
      try {
        log.push(yield* suspend<string>(ready => { resume = ready; return undo }))
      } catch (thrown) {
        log.push((thrown as Error).name)
        throw thrown
      }
    }
    function* main(): Coroutine<void> {
      const task = createTask(waits())
      yield
      resume('value')
      task.cancel()
      yield
      log.push(task.cancelled())
    }
    run(main(), virtual())
    expect(log).toEqual(['undo', 'CancelledError', true])
  })
})

describe('a task and its greenlet', () => {
  it('forget what was on its way when an error is thrown into the greenlet first', () => {
    const log: unknown[] = []
    const loop = quiet()
    const future = loop.createFuture()
    function* waits(): Coroutine<void> {
      const resumed = () => suspend<string>(resume => { loop.callSoon(resume, 'resumed') })
      for (const wait of [() => future, function* () { yield }, resumed]) {
        try {
          log.push(yield* wait())
        } catch (thrown) {
          log.push((thrown as Error).message)
        }
      }
    }
    const task = loop.createTask(waits())
    loop.tick()
    loop.callSoon(() => {
      future.setException(new Error('too late'))
      task.getGreenlet().resumeThrow(new Error('came first'))
    })
    loop.runUntilComplete(task)
    expect(log).toEqual(['came first', undefined, 'resumed'])
  })

  it('ends when the greenlet is killed, before it has begun or where it waits, and its turn is not taken', () => {
    const log: unknown[] = []
    const loop = quiet()
    function* waits(): Coroutine<void> {
      log.push('begins')
      try {
        yield* sleep(5)
      } finally {
        log.push('cleans up')
      }
    }
    const [first, second] = [loop.createTask(waits()), loop.createTask(waits())]
    first.getGreenlet().kill()
    loop.tick()
    second.getGreenlet().kill()
    log.push(loop.tick().nextTimerAt)
    expect([first, second].map(task => [task.done(), (task.exception() as Error).name])).toEqual(
      [[true, 'GreenletExit'], [true, 'GreenletExit']])
    expect(log).toEqual(['begins', 'cleans up', null])
  })

  it('may end in the turn of another, which then waits for somebody to switch back', () => {
    const log: unknown[] = []
    const loop = quiet()
    function* first(): Coroutine<string> {
      yield* (getCurrent().parent as Greenlet).switch()
      return `ended by ${String(currentTask()?.getName())}`
    }
    function* second(target: Greenlet): Coroutine<string> { return `went on with ${String(yield* target.switch())}` }
    const a = loop.createTask(first(), { name: 'a' })
    loop.tick()
    const b = loop.createTask(second(a.getGreenlet()), { name: 'b' })
    loop.tick()
    log.push(a.result(), b.state, b.$wait)
    b.getGreenlet().resume('a value')
    log.push(b.result())
    expect(log).toEqual(['ended by b', 'pending', null, 'went on with a value'])
  })
})
