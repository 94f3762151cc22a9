import {
  CancelScope, type Coroutine, EventLoop, type ExceptionGroup, Lock, ManualHost, Queue, TaskGroup, VirtualHost, channel, coroutine, createTask, gather, getCurrent, getRunningLoop,
  greenlet, moveOnAfter, pyGenerator, run, sleep, timeout, use, yieldFrom,
} from '../../lib/index.ts'
import { SeededEventLoop } from '../../lib/testing/index.ts'
import type { Programs } from '../conformance/programs.ts'

const virtual = () => ({ host: new VirtualHost() })
const DEEP = 20_000

function thrower(): never { throw new RangeError('the message') }

function* leaf(): Coroutine<void> {
  yield* sleep(1)
  thrower()
}

const middle = coroutine(function* middle(): Coroutine<void> { yield* leaf() })
const outer = coroutine(function* outer(): Coroutine<void> { yield* middle() })

/** The names in a stack, and what of it is ours: an engine's own words for a line differ. */
function shape(stack: string): string[] {
  return stack.split('\n').map(line => {
    if (line.includes('(<waiting>)') || line.includes('(<task>)')) return line.trim()
    return ['thrower', 'leaf', 'middle'].find(name => line.includes(name)) ?? 'a line of the engine'
  }).filter((line, i, lines) => line !== 'a line of the engine' && line !== lines[i - 1])
}

/** What an engine is to do, whatever it lacks. */
export const programs: Programs = {
  'a coroutine delegates twenty thousand levels deep, waits there and comes back': log => {
    const down = coroutine(function* (depth: number): Coroutine<number> {
      if (depth > 0) return 1 + (yield* down(depth - 1))
      yield* sleep(5)
      return getRunningLoop().time()
    })
    log(run(down(DEEP), virtual()))
  },

  'a generator does so by yieldFrom(), and an error comes all the way up': log => {
    const down = (depth: number): Generator<unknown, unknown, unknown> => (function* () {
      if (depth === 0) throw new RangeError(`got ${String(yield 'at the bottom')}`)
      return yield* yieldFrom(down(depth - 1))
    })()
    const g = pyGenerator(down(DEEP))
    log(g.next().value)
    try {
      g.send('a value')
    } catch (error) {
      log(String(error), g.state)
    }
  },

  'greenlets switch back and forth': log => {
    const main = getCurrent()
    const echo = greenlet(function* (value: unknown) { for (;;) value = yield* main.switch(`${String(value)} again`) })
    log(echo.resume('one'), echo.resume('two'))
    let last: unknown
    for (let i = 0; i < 10_000; i++) last = echo.resume(i)
    log(last)
  },

  'tasks, a group, limits, a scope': log => {
    function* worker(name: string, ms: number): Coroutine<string> {
      try {
        return yield* sleep(ms, name)
      } finally {
        log(name, getRunningLoop().time())
      }
    }
    run(function* () {
      log(yield* gather([worker('a', 3), worker('b', 2), createTask(worker('c', 1))]))
      log(yield* use(moveOnAfter(5), () => worker('late', 10)))
      try {
        yield* use(timeout(5), () => worker('too late', 10))
      } catch (error) {
        log(String(error))
      }
      try {
        yield* use(new TaskGroup(), function* (group) {
          group.createTask(worker('in the group', 100))
          group.createTask(outer())
        })
      } catch (error) {
        log(String(error).split('\n')[0], (error as ExceptionGroup).errors.map(String))
      }
      yield* use(new CancelScope(), function* (scope) {
        scope.cancel()
        yield* worker('cancelled', 1)
      })
    }(), virtual())
  },

  'a lock, a queue and a channel hand over in order': log => {
    run(function* () {
      const [lock, queue, [sender, receiver]] = [new Lock(), new Queue<number>(1), channel<string>(0)]
      function* holds(name: string): Coroutine<void> {
        yield* use(lock, function* () {
          log(name, 'has it')
          yield* sleep(1)
        })
      }
      function* produces(): Coroutine<void> {
        for (let i = 0; i < 3; i++) yield* queue.put(i)
        yield* sender.send('sent')
      }
      createTask(produces())
      yield* gather(['a', 'b', 'c'].map(holds))
      for (let i = 0; i < 3; i++) log(yield* queue.get())
      log(yield* receiver.receive())
    }(), virtual())
  },

  'ten thousand timers fire in the order of their deadlines, those that are cancelled never': log => {
    const loop = new EventLoop({ host: new ManualHost(), logger: () => undefined })
    const fired: number[] = []
    const timers = Array.from({ length: 10_000 }, (_, i) => loop.callAt((i * 7919) % 10_007 + 0.5, () => { fired.push(loop.time()) }))
    timers.forEach((timer, i) => { if (i % 3 > 0) timer.cancel() })
    for (let now = 1; now <= 10_007; now++) loop.tick({ now })
    log(fired.length, fired.every((time, i) => i === 0 || (fired[i - 1] as number) < time), loop.tick().nextTimerAt)
  },

  'another order of what is ready, by a seed': log => {
    const loop = new SeededEventLoop({ ...virtual(), seed: 7, logger: () => undefined })
    const order: number[] = []
    for (let i = 0; i < 8; i++) loop.createTask(function* (): Coroutine<void> { order.push(i) }())
    while (loop.tick().ready > 0);
    log(order.length, String(order) === '0,1,2,3,4,5,6,7')
  },

  'a deadlock is told, with who waits for what': log => {
    try {
      run(function* () { yield* getRunningLoop().createFuture() }(), virtual())
    } catch (error) {
      log((error as Error).name, String(error).includes('<Future pending>'))
    }
  },

  'a slip says what to write instead': log => {
    try {
      run(function* () { yield 5 }() as never, virtual())
    } catch (error) {
      log(String(error))
    }
    try {
      run(sleep as never, virtual())
    } catch (error) {
      log(String(error))
    }
  },

  'the stack of an error shows the coroutines, and not what drives them': log => {
    for (const debug of [false, true]) {
      const loop = new EventLoop({ ...virtual(), debug, logger: () => undefined })
      try {
        loop.runUntilComplete(loop.createTask(function* asker(): Coroutine<void> { yield* createTask(outer(), { name: 'the task' }) }()))
      } catch (error) {
        log(String(error))
        shape((error as Error).stack as string).forEach(line => { log(line) })
      }
    }
  },
}
