import {
  type Coroutine, EventLoop, type Greenlet, Lock, PriorityQueue, Queue, Semaphore, TaskGroup, VirtualHost, asyncGenerator, channel, coroutine, createTask, emit, forEach, gather,
  getCurrent, getRunningLoop, greenlet, moveOnAfter, pyGenerator, race, sleep, timeout, use, waitFor, yieldFrom,
} from '../../lib/index.ts'

/** An error, and the first of several that it stands for. */
function inWords(error: unknown): string {
  const { name, message, errors } = error as Error & { errors?: readonly Error[] }
  return errors === undefined ? `${name}: ${message}` : `${name}: ${String(errors[0]?.message)}`
}

/**
 * A program that uses most of the library, and next to nothing of JavaScript's own objects: it is run in realms whose arrays and
 * generators no longer do what they did. So it writes its log by an index, and makes no loop over an array.
 */
export function story(): string[] {
  const lines: string[] = []
  const log = (line: string): void => { lines[lines.length] = `${getRunningLoop().time()} ${line}` }
  const loop = new EventLoop({ host: new VirtualHost(), logger: text => { lines[lines.length] = text } })

  function* cook(name: string, orders: Queue<string>, lock: Lock): Coroutine<void> {
    for (let n = 0; n < 3; n++) {
      const order = yield* orders.get()
      yield* use(lock, function* () {
        log(`${name} begins ${order}`)
        yield* sleep(3)
      })
      log(`${name} has ${order}`)
      orders.taskDone()
    }
  }

  function* kitchen(): Coroutine<void> {
    const orders = new Queue<string>(2)
    const lock = new Lock()
    yield* use(new TaskGroup(), function* (group) {
      group.createTask(cook('Ann', orders, lock))
      group.createTask(cook('Ben', orders, lock))
      for (let n = 0; n < 6; n++) yield* orders.put(`order ${n}`)
      yield* orders.join()
    })
    log('the kitchen is closed')
  }

  function* failing(): Coroutine<void> {
    try {
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(function* (): Coroutine<void> {
          yield* sleep(2)
          throw new RangeError('burnt')
        }())
        try {
          yield* sleep(50)
        } finally {
          log('the body is cancelled')
        }
      })
    } catch (error) {
      log(inWords(error))
    }
  }

  function* limits(): Coroutine<void> {
    try {
      yield* use(timeout(4), () => sleep(50))
    } catch (error) {
      log((error as Error).name)
    }
    const scope = moveOnAfter(2)
    yield* use(scope, () => sleep(50))
    log(`moved on: ${scope.cancelledCaught}`)
    try {
      yield* waitFor(sleep(50), 1)
    } catch (error) {
      log((error as Error).name)
    }
  }

  const numbers = asyncGenerator(function* () {
    for (let n = 0; n < 3; n++) {
      yield* sleep(1)
      yield* emit(n)
    }
  })

  function* passing(): Coroutine<void> {
    const [sender, receiver] = channel<number>(1)
    const sending = createTask(function* (): Coroutine<void> {
      yield* forEach(numbers(), function* (n) { yield* sender.send(n) })
      sender.close()
    }())
    yield* forEach(receiver, function* (n) { log(`received ${n}`) })
    yield* sending
    const ranked = new PriorityQueue<number>()
    ranked.putNowait(3)
    ranked.putNowait(1)
    ranked.putNowait(2)
    log(`least: ${yield* ranked.get()}, ${yield* ranked.get()}`)
    log(`first: ${yield* race([sleep(5, 'slow'), sleep(1, 'fast')])}`)
  }

  const deep = coroutine(function* (depth: number): Coroutine<number> { return depth === 0 ? yield* sleep(1, 0) : 1 + (yield* deep(depth - 1)) })

  function* frames(): Coroutine<void> {
    log(`deep: ${yield* deep(50)}`)
    const inner = pyGenerator(function* (): Generator<unknown, string, unknown> { return `inner got ${String(yield 'a')}` })
    const outer = pyGenerator(function* (): Generator<unknown, string, unknown> { return yield* yieldFrom(inner) })
    log(`outer gave ${String(outer.next().value)}, then ${String(outer.send('b').value)}`)
    const echo: Greenlet = greenlet(function* (word: string): Coroutine<string> {
      for (let n = 0; n < 2; n++) word = yield* (getCurrent().parent as Greenlet).switch<string>(`${word}!`)
      return 'ended'
    }, getCurrent())
    for (let n = 0; n < 3; n++) log(yield* echo.switch<string>(`word ${n}`))
  }

  function* owned(): Coroutine<void> {
    const enemy = loop.owner('enemy')
    const semaphore = new Semaphore(1)
    for (let n = 0; n < 2; n++) {
      enemy.spawn(function* (): Coroutine<void> {
        try {
          yield* use(semaphore, () => sleep(50))
        } finally {
          log(`script ${n} ends`)
        }
      }())
    }
    yield* sleep(1)
    enemy.close()
    const tired = createTask(sleep(50))
    yield* sleep(1)
    tired.cancel('enough')
    try {
      yield* tired
    } catch (error) {
      log(`${(error as Error).name}: ${(error as Error).message}`)
    }
  }

  function* everything(): Coroutine<void> { yield* gather([kitchen(), failing(), limits(), passing(), frames(), owned()]) }

  loop.callLater(1, () => { log('a timer') })
  loop.callLater(2, () => { log('never') }).cancel()
  try {
    loop.runUntilComplete(everything())
    loop.close()
  } catch (error) {
    lines[lines.length] = `out comes ${inWords(error)}`
  }
  return lines
}
