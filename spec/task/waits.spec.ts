import {
  type Awaitable, type Coroutine, Event, EventLoop, VirtualHost, coroutine, createTask, currentTask, ensureFuture, getCurrent, greenlet, pyGenerator, run, runMain,
  sleep, wait,
} from '../../lib/index.ts'

const quiet = () => new EventLoop({ host: new VirtualHost(), logger: () => undefined })
const virtual = () => ({ host: new VirtualHost() })

/** What goes wrong, in a line. */
function slip(what: () => unknown): string {
  try {
    what()
    return 'nothing went wrong'
  } catch (error) {
    const { name, code, message } = error as Error & { code?: string }
    return [name, code, message].join(' | ')
  }
}

describe('waits that plain code cannot make', () => {
  const attempts = (wait: () => Generator<undefined>) => [
    slip(() => pyGenerator(function* (): Generator { yield* wait() }).next()),
    slip(() => { runMain(function* () { yield* wait() }) }),
  ]

  it('are refused: a future, a sleep', () => {
    const loop = quiet()
    expect([...attempts(() => loop.createFuture() as never), ...attempts(() => sleep(5) as never)]).toEqual([
      'RuntimeError | CANNOT_WAIT | plain code cannot wait for <Future pending>: this generator is driven by next(), close() or ' +
        'runMain(). Run it in a task',
      'RuntimeError | CANNOT_WAIT | plain code cannot wait for <Future pending>: this generator is driven by next(), close() or ' +
        'runMain(). Run it in a task',
      'RuntimeError | NO_LOOP | no running event loop. Write loop.createTask(coroutine), or do it in a coroutine that run() runs',
      'RuntimeError | NO_LOOP | no running event loop. Write loop.createTask(coroutine), or do it in a coroutine that run() runs',
    ])
  })

  it('are refused where no loop runs', () => {
    const log: unknown[] = []
    const g = greenlet(function* () {
      try {
        yield* sleep(5)
      } catch (error) {
        log.push((error as Error).message)
      }
      yield* sleep(0)
    })
    expect(slip(() => g.resume())).toContain('sleep(0) passes one turn of an event loop, and none runs here')
    expect(log).toEqual(['no running event loop. Write loop.createTask(coroutine), or do it in a coroutine that run() runs'])
  })
})

describe('a sleep', () => {
  it('is made once, and slept once', () => {
    function* main(): Coroutine<void> {
      const nap = sleep(5)
      yield* nap
      yield* nap
    }
    expect(slip(() => { run(main(), virtual()) })).toBe(
      'RuntimeError | COROUTINE_REUSED | cannot reuse already awaited sleep(). Call sleep() again')
  })

  it('gives its result, also when it is a task, and when it passes but one turn', () => {
    function* main(): Coroutine<unknown[]> {
      return [yield* sleep(5, 'a'), yield* createTask(sleep(5, 'b')), yield* sleep(0, 'c'), yield* ensureFuture(sleep(-1, 'd'))]
    }
    expect(run(main(), virtual())).toEqual(['a', 'b', 'c', 'd'])
  })

  it('takes its timer along when it is interrupted, by a cancellation or by return()', () => {
    const log: unknown[] = []
    const loop = quiet()
    function* sleeps(): Coroutine<void> { yield* sleep(50) }
    const task = loop.createTask(sleeps())
    const raw = sleeps()
    const g = greenlet(function* () { yield* raw })
    loop.callSoon(() => { g.resume() })
    log.push(loop.tick().nextTimerAt)
    task.cancel()
    while (loop.tick().ready > 0);
    log.push([task.cancelled(), loop.tick().nextTimerAt])
    log.push(raw.return(undefined), loop.tick().nextTimerAt)
    expect(log).toEqual([50, [true, 50], { value: undefined, done: true }, null])
  })

  it('may not be resumed by others', () => {
    const loop = quiet()
    function* sleeps(): Coroutine<void> { yield* sleep(50) }
    const raw = sleeps()
    const task = loop.createTask(raw)
    loop.tick()
    expect(slip(() => greenlet(function* () { yield* raw }).resume())).toContain('generator already executing')
    expect(raw.throw(new Error('by others')).done).toBe(false)
    loop.runUntilComplete(task)
    expect(task.done()).toBe(true)
  })
})

describe('what a strand waits for, in words', () => {
  it('is its turn at a bare yield, and for a task that is about to begin', () => {
    const loop = quiet()
    function* passes(): Coroutine<void> { yield }
    const task = loop.createTask(passes(), { name: 'passes' })
    const log = [String(task.$wait), ...loop.report().map(({ name, waitsFor, frames }) => [name, waitsFor, frames])]
    loop.tick()
    expect([...log, String(task.$wait)]).toEqual(['its turn', ['passes', 'its turn', ['passes']], 'its turn'])
  })

  it('is nothing while it runs, and when it is woken', () => {
    const log: unknown[] = []
    const loop = quiet()
    const future = loop.createFuture<void>()
    function* looks(): Coroutine<void> {
      log.push(loop.report().map(({ waitsFor }) => waitsFor), currentTask()?.$wait, currentTask()?.state)
      yield* future
    }
    const task = loop.createTask(looks())
    loop.tick()
    future.setResult()
    log.push(loop.report().map(({ waitsFor }) => waitsFor), task.$wait, task.state)
    expect(log).toEqual([[null], null, 'running', [null], null, 'pending'])
  })

  it('is reported for a greenlet without a task, when its turn takes long', () => {
    const log: unknown[] = []
    const host = new VirtualHost()
    const loop = new EventLoop({ host, debug: true })
    loop.setExceptionHandler((_, { message }) => { log.push(message) })
    const g = greenlet(function* slow() {
      yield
      host.wait(200)
    })
    loop.callSoon(() => { g.resume() })
    loop.callLater(1, () => { loop.stop() })
    loop.runForever()
    expect(log).toEqual([expect.stringMatching(/^Executing <greenlet without a task, waiting in .*> took 200 ms$/)])
  })

  it('is nothing for a turn that was taken back', () => {
    const log: unknown[] = []
    const host = new VirtualHost()
    const loop = new EventLoop({ host, debug: true })
    loop.slowCallbackDuration = 0
    loop.setExceptionHandler((_, { message }) => { log.push(message) })
    const g = greenlet(function* () {
      try {
        yield
      } catch (error) {
        log.push((error as Error).message)
      }
    })
    loop.callSoon(function first() { g.resume() })
    loop.callSoon(function second() { g.resumeThrow(new Error('taken back')) })
    loop.callLater(1, () => { loop.stop() })
    loop.runForever()
    expect(log.slice(0, 4)).toEqual([
      'Executing <Handle first()> took 0 ms', 'taken back', 'Executing <Handle second()> took 0 ms', 'Executing nobody took 0 ms',
    ])
  })
})

describe('a task', () => {
  it('goes by what it runs', () => {
    const loop = quiet()
    const named = coroutine(function* named(): Coroutine<void> { yield })
    const works: readonly Awaitable<unknown>[] = [
      sleep(5), sleep(0), named(), (function* plain() { yield })(), (function* $boil() { yield })(), new Event().wait(), wait([loop.createFuture()]),
    ]
    const tasks = works.map(each => loop.createTask(each, { name: 'a task' }))
    expect(tasks.map(task => / coro=(.*)>$/.exec(String(task))?.[1])).toEqual([
      'sleep(5)', 'sleep(0)', 'named', 'plain', '$boil', 'wait', 'wait',
    ])
  })
})

describe('the stack of a task', () => {
  it('is printed as Python does, to the logger or to whoever wants it', () => {
    const log: string[] = []
    const loop = new EventLoop({ host: new VirtualHost(), logger: text => { log.push(text) } })
    function* inner(): Coroutine<void> { yield* sleep(5) }
    function* outer(): Coroutine<void> { yield* greenlet(inner).switch() }
    const task = loop.createTask(outer(), { name: 'a task' })
    loop.tick()
    task.printStack()
    loop.runUntilComplete(task)
    task.printStack(text => { log.push(`mine: ${text}`) })
    expect(log).toEqual([
      "Stack for <Task pending name='a task' coro=outer> (most recent call last):\n  in outer\n  in inner",
      expect.stringMatching(/^mine: No stack for <Task finished result=undefined name='a task' coro=.*>$/),
    ])
  })

  it('belongs to its greenlet, whose parent is the main greenlet wherever the task was made', () => {
    const main = getCurrent()
    const loop = quiet()
    function* body(): Coroutine<boolean> { return currentTask()?.getGreenlet() === getCurrent() && getCurrent().parent === main }
    const made = greenlet(() => loop.createTask(body()))
    const task = made.resume() as ReturnType<typeof createTask>
    expect(loop.runUntilComplete(task)).toBe(true)
  })
})

describe('a sleep(0) in plain code', () => {
  it('has no driver', () => {
    expect(slip(() => Array.from(sleep(0) as Iterable<unknown>))).toContain('RuntimeError | NO_DRIVER | sleep(0) has no driver')
  })
})
