/** Asynchronous generators (PEP 525) run when somebody asks, may wait, and are closed at the latest with the loop. */
import {
  BREAK, CancelledError, type ContextManager, ContextVar, type Coroutine, type Emitting, GeneratorExit,
  type PyAsyncGenerator, StopIteration, type Stream, TaskGroup, type Timeout, aclosing, asyncGenerator, createTask,
  currentTask, eagerTaskFactory, emit, forEach, gather, getRunningLoop, shield, sleep, timeout, use, waitFor,
} from '../../../lib/index.ts'
import { type Log, type Programs, show } from '../programs.ts'
import { ending } from './support/groups.ts'
import { close, step } from './support/iteration.ts'
import { attempt } from './support/probes.ts'
import { newLoop, run } from './support/virtual.ts'
import { message, outcome, ticker } from './support/witness.ts'

class Boom extends Error {}
class Bang extends Error {}

const numbers = asyncGenerator(function* (n: number, pause?: number) {
  for (let i = 0; i < n; i++) {
    if (pause !== undefined) yield* sleep(pause)
    yield* emit(i)
  }
})

/** Gives 0, 1, 2…, and logs when it is left, and what it takes with it. */
const guarded = asyncGenerator(function* (log: Log, name?: string, pause?: number) {
  try {
    for (let i = 0; ; i++) yield* emit(i)
  } catch (error) {
    if (pause !== undefined) yield* sleep(pause)
    log(name ?? 'generator', 'leaves at', now(), 'with', error)
    throw error
  }
})

function now(): number { return getRunningLoop().time() }

/** Python's `[item async for item in source]`. */
function* list<T>(source: Stream<T>): Coroutine<T[]> {
  const items: T[] = []
  yield* forEach(source, function* (item) { items.push(item) })
  return items
}

export const programs: Programs = {
  'it gives what it yields, until its end'(log) {
    function* main() {
      yield* forEach(numbers(3), function* (n) { log(n) })
      log('after')
    }

    run(main())
  },

  'nothing runs before somebody asks'(log) {
    const generator = asyncGenerator(function* () {
      log('begins')
      yield* emit(1)
      log('ends')
    })

    function* main() {
      const g = generator()
      log('made')
      yield* step(log, g.anext())
      log('asked')
      yield* step(log, g.anext())
    }

    run(main())
  },

  'its body may wait, and waits in the name of who asks'(log) {
    const generator = asyncGenerator(function* () {
      for (let i = 0; i < 2; i++) {
        log(currentTask()?.getName(), 'waits at', now())
        yield* sleep(5)
        yield* emit(now())
      }
    })

    function* main() {
      const g = generator()
      for (const name of ['a', 'b']) {
        const task = createTask(step(log, g.anext()), { name })
        yield* task
      }
    }

    run(main())
  },

  'to ask takes no turn'(log) {
    function* main() {
      ticker(log, 2)
      yield* forEach(numbers(3), function* (n) { log('item', n) })
      log('after')
      yield* sleep(1)
    }

    run(main())
  },

  'at its end it stays'(log) {
    function* main() {
      const g = numbers(1)
      for (let i = 0; i < 3; i++) yield* step(log, g.anext())
      yield* step(log, g.asend('sent'))
      yield* forEach(g, function* () { log('never here') })
    }

    run(main())
  },

  'a loop goes on where another one was left'(log) {
    function* main() {
      const g = numbers(6)
      yield* step(log, g.anext())
      yield* forEach(g, function* (n) {
        log('first', n)
        yield* step(log, g.anext())
      })
      yield* step(log, g.anext())
    }

    run(main())
  },

  'asend() sends a value to the yield'(log) {
    const echo = asyncGenerator(function* () {
      let sent: unknown
      while (sent !== 'stop') sent = yield* emit(sent)
    })

    function* main() {
      const g = echo()
      yield* step(log, g.asend(undefined))
      yield* step(log, g.asend('one'))
      yield* step(log, g.anext())
      yield* step(log, g.asend(0))
      yield* step(log, g.asend('stop'))
    }

    run(main())
  },

  'a value cannot be sent to one that has not begun'(log) {
    function* main() {
      const g = numbers(2)
      yield* step(log, g.asend('too early'))
      yield* step(log, g.asend(undefined))
      yield* step(log, g.asend('sent'))
      yield* step(log, g.asend('sent'))
    }

    run(main())
  },

  'what is sent is there after a wait, too'(log) {
    const totals = asyncGenerator(function* () {
      let total = 0
      for (;;) {
        const value = yield* emit<number, number>(total)
        yield* sleep(1)
        total += value
      }
    })

    function* main() {
      yield* use(aclosing(totals()), function* (g) {
        yield* g.anext()
        for (const n of [2, 4, 9]) yield* step(log, g.asend(n))
      })
      log(now())
    }

    run(main())
  },

  'athrow() raises at the yield, which may answer with another value'(log) {
    const stubborn = asyncGenerator(function* () {
      for (let i = 0; i < 3; i++) {
        try {
          yield* emit<number | string>(i)
        } catch (error) {
          if (!(error instanceof Boom)) throw error
          log('caught', error)
          yield* sleep(1)
          yield* emit<number | string>('answer')
        }
      }
    })

    function* main() {
      const g = stubborn()
      yield* step(log, g.anext())
      yield* step(log, g.athrow(new Boom()))
      yield* step(log, g.anext())
      yield* step(log, g.athrow(Boom))
      yield* step(log, g.athrow(new Bang()))
      yield* step(log, g.anext())
    }

    run(main())
  },

  'who returns on an error is at the end'(log) {
    const polite = asyncGenerator(function* () {
      try {
        yield* emit(1)
      } catch {
        return
      }
    })

    function* main() {
      const g = polite()
      yield* step(log, g.anext())
      yield* step(log, g.athrow(new Boom()))
      yield* step(log, g.anext())
    }

    run(main())
  },

  'an error thrown into one that has not begun ends it'(log) {
    const generator = asyncGenerator(function* () {
      log('never here')
      yield* emit(1)
    })

    function* main() {
      const g = generator()
      yield* step(log, g.athrow(new Boom()))
      yield* step(log, g.anext())
      yield* close(log, g.athrow(new Bang()))
    }

    run(main())
  },

  'an error thrown into one that has ended is lost'(log) {
    function* main() {
      const ended = numbers(0)
      yield* step(log, ended.anext())
      yield* close(log, ended.athrow(new Boom()))
      const closed = numbers(2)
      yield* step(log, closed.anext())
      yield* close(log, closed.aclose())
      yield* close(log, closed.athrow(new Boom()))
    }

    run(main())
  },

  'an error of the body ends it'(log) {
    const failing = asyncGenerator(function* () {
      yield* emit(1)
      yield* sleep(1)
      throw new Boom()
    })

    function* main() {
      const g = failing()
      for (let i = 0; i < 4; i++) yield* step(log, g.anext())
      yield* close(log, g.aclose())
    }

    run(main())
  },

  'an error of the body ends a loop over it'(log) {
    const failing = asyncGenerator(function* () {
      yield* emit(1)
      throw new Boom()
    })

    function* loop() {
      yield* forEach(failing(), function* (n) { log(n) })
      log('never here')
    }

    run(outcome(log, 'loop', loop()))
  },

  'a StopIteration in the body is a slip'(log) {
    const slipping = asyncGenerator(function* () {
      yield* emit(1)
      throw new StopIteration()
    })

    function* main() {
      const g = slipping()
      yield* step(log, g.anext())
      yield* step(log, g.anext())
      yield* step(log, g.anext())
    }

    run(main())
  },

  'one that is thrown into it is one as well'(log) {
    function* main() {
      const g = numbers(2)
      yield* step(log, g.anext())
      yield* step(log, g.athrow(new StopIteration()))
      yield* step(log, g.anext())
    }

    run(main())
  },

  'aclose() runs what is in finally, which may wait'(log) {
    function* main() {
      const g = guarded(log, 'generator', 5)
      yield* step(log, g.anext())
      yield* step(log, g.anext())
      yield* close(log, g.aclose())
      log('closed at', now())
      yield* step(log, g.anext())
    }

    run(main())
  },

  'closing one that has not begun runs nothing'(log) {
    function* main() {
      const g = guarded(log)
      yield* close(log, g.aclose())
      yield* step(log, g.anext())
      yield* close(log, g.aclose())
    }

    run(main())
  },

  'closing twice, or after the end, does nothing'(log) {
    function* main() {
      const closed = guarded(log)
      yield* step(log, closed.anext())
      yield* close(log, closed.aclose())
      yield* close(log, closed.aclose())
      const ended = numbers(0)
      yield* step(log, ended.anext())
      yield* close(log, ended.aclose())
    }

    run(main())
  },

  'who yields on GeneratorExit ignores it, and may be asked for the rest'(log) {
    const ignoring = asyncGenerator(function* () {
      for (let i = 0; i < 3; i++) {
        try {
          yield* emit<number | string>(i)
        } catch {
          yield* emit<number | string>('ignored')
        }
      }
    })

    function* main() {
      const g = ignoring()
      yield* step(log, g.anext())
      yield* close(log, g.aclose())
      for (let i = 0; i < 3; i++) yield* step(log, g.anext())
      yield* close(log, g.aclose())
    }

    run(main())
  },

  'who yields in finally ignores it too'(log) {
    const ignoring = asyncGenerator(function* () {
      try {
        yield* emit('body')
      } finally {
        yield* emit('finally')
        log('never here')
      }
    })

    function* main() {
      const g = ignoring()
      yield* step(log, g.anext())
      yield* close(log, g.aclose())
    }

    run(main())
  },

  'without a GeneratorExit a yield in finally is one like others'(log) {
    const generator = asyncGenerator(function* (error: Error | null) {
      try {
        yield* emit('body')
        if (error !== null) throw error
      } finally {
        yield* emit('finally')
        log('after')
      }
    })

    function* main() {
      for (const error of [null, new Boom()]) {
        const g = generator(error)
        for (let i = 0; i < 4; i++) yield* step(log, g.anext())
      }
    }

    run(main())
  },

  'who catches GeneratorExit and returns is closed'(log) {
    const polite = asyncGenerator(function* () {
      try {
        yield* emit(1)
      } catch {
        yield* sleep(1)
      }
    })

    function* main() {
      const g = polite()
      yield* step(log, g.anext())
      yield* close(log, g.aclose())
      yield* step(log, g.anext())
    }

    run(main())
  },

  'an error on the way out comes out of aclose()'(log) {
    const failing = asyncGenerator(function* () {
      try {
        yield* emit(1)
      } catch {
        yield* sleep(1)
        throw new Boom()
      }
    })

    function* main() {
      const g = failing()
      yield* step(log, g.anext())
      yield* close(log, g.aclose())
      yield* step(log, g.anext())
      yield* close(log, g.aclose())
    }

    run(main())
  },

  'a GeneratorExit by athrow() comes out'(log) {
    function* main() {
      const g = guarded(log)
      yield* step(log, g.anext())
      yield* step(log, g.athrow(new GeneratorExit()))
      yield* step(log, g.anext())
    }

    run(main())
  },

  'who is left by a break is closed by aclosing()'(log) {
    function* main() {
      yield* forEach(guarded(log, 'generator', 5), function* (n) {
        log(n)
        return n === 2 ? BREAK : undefined
      })
      log('after', now())
    }

    run(main())
  },

  'so it is when the body of the loop fails'(log) {
    function* loop() {
      yield* forEach(guarded(log, 'generator', 5), function* (n) {
        log(n)
        throw new Boom()
      })
    }

    function* main() {
      yield* outcome(log, 'loop', loop())
      log(now())
    }

    run(main())
  },

  'so it is when the body of the loop is cancelled'(log) {
    function* loop() {
      yield* forEach(guarded(log, 'generator', 5), function* (n) {
        log(n)
        yield* sleep(10)
      })
    }

    function* main() {
      const task = createTask(loop())
      yield* sleep(15)
      task.cancel()
      yield* outcome(log, 'loop', task)
      log(now())
    }

    run(main())
  },

  'an error of the closing takes the place of that of the loop'(log) {
    const failing = asyncGenerator(function* () {
      try {
        yield* emit(1)
      } catch {
        throw new Bang()
      }
    })

    run(outcome(log, 'loop', forEach(failing(), function* () { throw new Boom() })))
  },

  'cancelled while the body waits, the body gets the error'(log) {
    const generator = asyncGenerator(function* () {
      try {
        yield* emit(1)
        yield* sleep(100)
        yield* emit(2)
      } catch (error) {
        log('body gets', error, message(error))
        throw error
      }
    })

    function* main() {
      const g = generator()
      const task = createTask(forEach(g, function* (n) { log(n) }))
      yield* sleep(1)
      task.cancel('by main')
      yield* outcome(log, 'loop', task)
      yield* step(log, g.anext())
    }

    run(main())
  },

  'a body that swallows a cancellation goes on for whoever asks'(log) {
    const generator = asyncGenerator(function* () {
      for (let i = 0; i < 3; i++) {
        yield* outcome(log, 'sleep', sleep(10, i))
        yield* emit(i)
      }
    })

    function* loop() {
      yield* forEach(generator(), function* (n) { log(n, now()) })
      return currentTask()?.cancelling()
    }

    function* main() {
      const task = createTask(loop())
      yield* sleep(15)
      task.cancel()
      yield* outcome(log, 'loop', task)
    }

    run(main())
  },

  'a timeout in the loop, while the body waits'(log) {
    function* main() {
      const g = numbers(5, 4)
      try {
        yield* use(timeout(10), function* () { yield* forEach(g, function* (n) { log(n, now()) }) })
      } catch (error) {
        log(error, now())
      }
      yield* step(log, g.anext())
    }

    run(main())
  },

  'a timeout for one step ends the generator'(log) {
    const slowing = asyncGenerator(function* () {
      try {
        for (let i = 0; i < 10; i++) {
          yield* sleep(i)
          yield* emit(i)
        }
      } finally {
        log('is through at', now())
      }
    })

    function* main() {
      const g = slowing()
      for (let i = 0; i < 7; i++) yield* step(log, waitFor(g.anext(), 4.5))
    }

    run(main())
  },

  'a step may be shielded'(log) {
    function* first(g: PyAsyncGenerator<number>) { return (yield* g.anext()).value }

    function* main() {
      const g = numbers(3, 10)
      const nextItem = createTask(first(g))
      yield* outcome(log, 'impatient', waitFor(shield(nextItem), 5))
      yield* outcome(log, 'patient', nextItem)
      yield* step(log, g.anext())
    }

    run(main())
  },

  'a timeout in the body'(log) {
    const limited = asyncGenerator(function* () {
      try {
        yield* use(timeout(10), function* () {
          yield* emit('quick')
          yield* sleep(100)
          log('never here')
        })
      } catch (error) {
        log(error, now())
        yield* emit('late')
      }
    })

    function* main() { yield* forEach(limited(), function* (item) { log(item, now()) }) }

    run(main())
  },

  'two tasks that take turns share the values'(log) {
    function consume(name: string, g: Stream<number>, pause: number) {
      return forEach(g, function* (n) {
        log(name, n)
        yield* sleep(pause)
      })
    }

    function* main() {
      const g = numbers(7)
      yield* gather([consume('a', g, 2), consume('b', g, 3)])
    }

    run(main())
  },

  'while it runs nobody else may ask'(log) {
    function* main() {
      const g = numbers(3, 5)
      const task = createTask(step(log, g.anext()))
      yield* sleep(1)
      yield* step(log, g.anext())
      yield* outcome(log, 'asend', g.asend(undefined))
      yield* step(log, g.athrow(new Boom()))
      yield* close(log, g.aclose())
      yield* task
      yield* step(log, g.anext())
    }

    run(main())
  },

  'nor while it is being closed'(log) {
    function* main() {
      const g = guarded(log, 'generator', 5)
      yield* step(log, g.anext())
      const task = createTask(close(log, g.aclose()))
      yield* sleep(1)
      yield* step(log, g.anext())
      yield* step(log, g.athrow(new Boom()))
      yield* close(log, g.aclose())
      yield* task
      yield* step(log, g.anext())
      yield* close(log, g.aclose())
    }

    run(main())
  },

  'nor it itself'(log) {
    const generator = asyncGenerator(function* (): Emitting<number> {
      yield* step(log, g.anext())
      yield* emit(1)
      yield* close(log, g.aclose())
      yield* emit(2)
    })

    function* main() { yield* forEach(g, function* (n) { log(n) }) }

    const g = generator()
    run(main())
  },

  'who loops over it may close it'(log) {
    function* main() {
      const g = guarded(log)
      yield* forEach(g, function* (n) {
        log(n)
        if (n === 1) yield* close(log, g.aclose())
      })
      log('after')
    }

    run(main())
  },

  'a generator that goes through another one'(log) {
    const doubled = asyncGenerator(function* (source: Stream<number>) {
      yield* forEach(source, function* (n) {
        yield* emit(n)
        yield* emit(n * 2)
      })
    }) as (source: Stream<number>) => PyAsyncGenerator<number>

    function* main() { yield* forEach(doubled(doubled(numbers(3, 1))), function* (n) { log(n, now()) }) }

    run(main())
  },

  'what is left early closes from the outside to the inside'(log) {
    const outer = asyncGenerator(function* () {
      try {
        yield* forEach(guarded(log, 'inner', 1), function* (n) { yield* emit(n) })
      } finally {
        log('outer is through at', now())
      }
    })

    function* main() {
      yield* forEach(outer(), function* (n) {
        log(n)
        return n === 1 ? BREAK : undefined
      })
      log('after')
    }

    run(main())
  },

  'an error goes through all of them'(log) {
    const level = asyncGenerator(function* (source: Stream<unknown>) {
      yield* forEach(source, function* (n) { yield* emit(n) })
    })

    const failing = asyncGenerator(function* () {
      yield* emit(1)
      throw new Boom()
    })

    function* main() {
      const g = level(level(level(failing())))
      for (let i = 0; i < 3; i++) yield* step(log, g.anext())
    }

    run(main())
  },

  'a hundred, one over the other'(log) {
    const plus = asyncGenerator(function* (source: Stream<number>) {
      yield* forEach(source, function* (n) { yield* emit(n + 1) })
    }) as (source: Stream<number>) => PyAsyncGenerator<number>

    function* main() {
      let g = numbers(3, 1)
      for (let i = 0; i < 100; i++) g = plus(g)
      log(yield* list(g), now())
    }

    run(main())
  },

  'a comprehension'(log) {
    function* main() {
      const squares: number[] = []
      yield* forEach(numbers(5), function* (n) { if (n % 2 === 0) squares.push(n * n) })
      log(squares)
      log((yield* list(numbers(3, 1))).map(String).sort().reverse(), now())
    }

    run(main())
  },

  'what it yields is not awaited'(log) {
    const generator = asyncGenerator(function* (future: unknown) {
      yield* emit(future)
      yield* emit(null)
      yield* emit([1, 2])
    })

    function* main() {
      const future = getRunningLoop().createFuture()
      const g = generator(future)
      log((yield* g.anext()).value === future)
      yield* step(log, g.anext())
      yield* step(log, g.anext())
      yield* step(log, g.anext())
    }

    run(main())
  },

  'its body may use tasks'(log) {
    const pages = asyncGenerator(function* (n: number) {
      for (let page = 0; page < n; page++) {
        const both = yield* gather([sleep(1, `left ${page}`), createTask(sleep(2, `right ${page}`))])
        yield* emit(both)
      }
    })

    function* main() { yield* forEach(pages(2), function* (page) { log(page, now()) }) }

    run(main())
  },

  'a group in the body'(log) {
    function* work(n: number) {
      yield* sleep(n)
      if (n === 3) throw new Boom()
      return n
    }

    const rounds = asyncGenerator(function* () {
      for (const n of [1, 2, 3]) {
        const task = yield* use(new TaskGroup(), function* (group) { return group.createTask(work(n)) })
        yield* emit(task.result())
      }
    })

    function* loop() { yield* forEach(rounds(), function* (n) { log(n, now()) }) }

    run(ending(log, 'loop', loop()))
  },

  'generators in several tasks'(log) {
    function consume(name: string, n: number, pause: number) {
      return forEach(numbers(n, pause), function* (i) { log(name, i, now()) })
    }

    function* main() { yield* gather([consume('a', 3, 3), consume('b', 4, 2)]) }

    run(main())
  },

  'a method may be one'(log) {
    const walk = asyncGenerator(function* (tree: Tree): Emitting<number> {
      yield* emit(tree.value)
      for (const child of tree.children) yield* forEach(child.walk(), function* (value) { yield* emit(value) })
    })

    class Tree implements Stream<number> {
      readonly children: readonly Tree[]

      constructor(readonly value: number, ...children: Tree[]) { this.children = children }

      walk() { return walk(this) }

      iterate() { return this.walk().iterate() }
    }

    function* main() {
      const tree = new Tree(1, new Tree(2, new Tree(3)), new Tree(4))
      yield* forEach(tree.walk(), function* (value) { log(value) })
      log(yield* list(tree))
    }

    run(main())
  },

  'it has the context variables of who asks'(log) {
    const generator = asyncGenerator(function* () { for (;;) yield* emit(variable.get()) })

    function* ask(name: string) {
      variable.set(name)
      yield* step(log, g.anext())
    }

    function* main() {
      variable.set('main')
      yield* step(log, g.anext())
      yield* createTask(ask('a'))
      yield* ask('b')
      yield* step(log, g.anext())
    }

    const variable = new ContextVar('variable', { default: 'default' })
    const g = generator()
    run(main())
  },

  'what it sets, who asks has set'(log) {
    const generator = asyncGenerator(function* () {
      for (let i = 0; i < 3; i++) {
        variable.set(i)
        yield* sleep(1)
        yield* emit(i)
      }
    })

    function* ask(g: PyAsyncGenerator<number>) {
      yield* step(log, g.anext())
      log('task sees', variable.get())
    }

    function* main() {
      const g = generator()
      yield* step(log, g.anext())
      log('main sees', variable.get())
      yield* createTask(ask(g))
      log('main sees', variable.get())
      yield* step(log, g.anext())
      log('main sees', variable.get())
    }

    const variable = new ContextVar<number | string>('variable', { default: 'default' })
    run(main())
  },

  'its token is refused when another task asks for the rest'(log) {
    const generator = asyncGenerator(function* () {
      const token = variable.set('by the generator')
      yield* emit(variable.get())
      attempt(log, () => variable.reset(token))
      yield* emit(variable.get())
      attempt(log, () => variable.reset(token))
      yield* emit(variable.get())
    })

    function* main() {
      const g = generator()
      yield* step(log, g.anext())
      yield* createTask(step(log, g.anext()))
      yield* step(log, g.anext())
    }

    const variable = new ContextVar('variable', { default: 'default' })
    run(main())
  },

  'what is open when the program ends is closed'(log) {
    function* main() {
      const g = guarded(log, 'generator', 5)
      yield* step(log, g.anext())
      log('main ends')
      return 'result'
    }

    log(run(main()))
  },

  'several that are open are closed side by side'(log) {
    function* main() {
      yield* step(log, guarded(log, 'a', 10).anext())
      yield* step(log, guarded(log, 'b', 5).anext())
      yield* step(log, guarded(log, 'c', 20).anext())
    }

    run(main())
  },

  'those that have not begun, or have ended, are not open'(log) {
    function* main() {
      guarded(log, 'not begun')
      const [closed, failed, open] = [guarded(log, 'closed'), guarded(log, 'failed'), guarded(log, 'open')]
      for (const g of [closed, failed, open]) yield* g.anext()
      yield* close(log, closed.aclose())
      yield* step(log, failed.athrow(new Boom()))
      log('main ends')
    }

    run(main())
  },

  'errors of the closing are reported'(log) {
    const failing = asyncGenerator(function* () {
      try {
        yield* emit(1)
      } catch {
        yield* sleep(1)
        throw new Boom()
      }
    })

    const ignoring = asyncGenerator(function* () {
      try {
        yield* emit<number | string>(1)
      } catch {
        yield* emit<number | string>('ignored')
      }
    })

    function* main() {
      getRunningLoop().setExceptionHandler((_loop, context) => {
        reports.push(Object.keys(context).sort())
        errors.push([show(context.exception), kept.includes(context['asyncgen'] as PyAsyncGenerator)])
      })
      for (const g of [failing(), ignoring(), guarded(log, 'generator', 3)]) {
        kept.push(g)
        yield* g.anext()
      }
      return 'result'
    }

    const kept: PyAsyncGenerator[] = []
    const reports: unknown[] = []
    const errors: unknown[] = []
    log(run(main()))
    log(reports)
    log(errors.sort())
  },

  'tasks are cancelled first, and with them what they ask'(log) {
    const waiting = asyncGenerator(function* () {
      try {
        yield* emit(1)
        yield* sleep(100)
      } catch (error) {
        log('body gets', error)
        throw error
      }
    })

    function* main() {
      createTask(forEach(waiting(), function* (n) { log(n) }))
      yield* sleep(1)
      log('main ends')
    }

    run(main())
  },

  'closing may wait for tasks, and make some'(log) {
    const generator = asyncGenerator(function* () {
      try {
        yield* emit(1)
      } finally {
        log(yield* createTask(sleep(5, 'slept')), now())
      }
    })

    function* main() { yield* generator().anext() }

    run(main())
  },

  'shutdown by hand closes what is open, and what is asked later begins all the same'(log) {
    function* main() {
      const [a, b] = [guarded(log, 'a', 5), guarded(log, 'b')]
      yield* step(log, a.anext())
      yield* getRunningLoop().shutdownAsyncGenerators()
      log('shut down', now())
      yield* step(log, a.anext())
      yield* step(log, b.anext())
      yield* step(log, b.anext())
      yield* close(log, b.aclose())
    }

    const loop = newLoop()
    loop.setExceptionHandler(() => undefined)
    loop.runUntilComplete(main())
    loop.close()
  },

  'with nothing open the shutdown takes no turn'(log) {
    function* main() {
      ticker(log, 2)
      yield* getRunningLoop().shutdownAsyncGenerators()
      log('shut down')
      yield* sleep(1)
    }

    run(main())
  },

  'one that is open in one loop can go on in another'(log) {
    function* ask(g: PyAsyncGenerator<number>) { yield* step(log, g.anext()) }

    const loops = [newLoop(), newLoop()]
    const g = numbers(3, 1)
    for (const loop of loops) {
      loop.runUntilComplete(ask(g))
      log(loop.time())
    }
    for (const loop of loops) {
      loop.runUntilComplete(loop.shutdownAsyncGenerators())
      loop.close()
    }
  },

  'a producer and what consumes it'(log) {
    type Row = readonly [page: number, row: number]

    const fetch = asyncGenerator(function* (n: number) {
      for (let page = 0; page < n; page++) {
        yield* sleep(3)
        log('fetched', page)
        for (const row of [0, 1]) yield* emit<Row>([page, row])
      }
    })

    const batches = asyncGenerator(function* (source: Stream<Row>, size: number): Emitting<Row[]> {
      let batch: Row[] = []
      yield* forEach(source, function* (item) {
        batch.push(item)
        if (batch.length === size) {
          yield* emit(batch)
          batch = []
        }
      })
      if (batch.length > 0) yield* emit(batch)
    })

    function* main() {
      yield* forEach(batches(fetch(3), 4), function* (batch) {
        log(batch, now())
        yield* sleep(1)
      })
    }

    run(main())
  },

  'a body that loops forever is left at the first match'(log) {
    const ticks = asyncGenerator(function* () {
      try {
        for (let tick = 1; ; tick++) {
          yield* sleep(1)
          yield* emit(tick)
        }
      } finally {
        log('ticks end at', now())
      }
    })

    function* main() {
      yield* forEach(ticks(), function* (tick) {
        if (tick * tick <= 50) return undefined
        log('first', tick)
        return BREAK
      })
      yield* sleep(10)
      log('main ends at', now())
    }

    run(main())
  },

  'two side by side'(log) {
    const zipped = asyncGenerator(function* (a: PyAsyncGenerator<number>, b: PyAsyncGenerator<number>) {
      for (;;) {
        const left = yield* a.anext()
        if (left.done === true) return
        const right = yield* b.anext()
        if (right.done === true) return
        yield* emit([left.value, right.value])
      }
    })

    function* main() { yield* forEach(zipped(numbers(3, 2), numbers(5, 3)), function* (pair) { log(pair, now()) }) }

    run(main())
  },

  'one loop inside of another over the same generator'(log) {
    /** `forEach()` would close the generator at the break, which Python does not. */
    function* inner(g: PyAsyncGenerator<number>) {
      for (;;) {
        const item = yield* g.anext()
        if (item.done === true) return
        log('inner', item.value, now())
        if (item.value % 3 === 2) return
      }
    }

    function* main() {
      const g = numbers(7, 1)
      yield* forEach(g, function* (a) {
        log('outer', a)
        yield* inner(g)
      })
    }

    run(main())
  },

  'a timeout around a yield is one for who asked, while it does other things'(log) {
    const limited = asyncGenerator(function* () {
      yield* use(timeout(10), function* (limit) {
        limits.push(limit)
        yield* emit(1)
        log('never here')
      })
    }) as () => PyAsyncGenerator<number>

    function* loop() {
      yield* forEach(limited(), function* (n) {
        log(n)
        yield* outcome(log, 'sleep', sleep(20))
        yield* outcome(log, 'second sleep', sleep(20))
        return BREAK
      })
    }

    function* main() {
      yield* outcome(log, 'loop', loop())
      log(limits[0]?.expired(), currentTask()?.cancelling(), now())
    }

    const limits: Timeout[] = []
    run(main())
  },

  'a timeout around a yield, when who asked does not survive it'(log) {
    const limited = asyncGenerator(function* () { yield* use(timeout(10), function* () { yield* emit(1) }) })

    function* main() {
      yield* outcome(log, 'loop', forEach(limited(), function* () { yield* sleep(20) }))
      log(currentTask()?.cancelling(), now())
    }

    run(main())
  },

  'a group around a yield cancels who asked'(log) {
    function* fail() {
      yield* sleep(5)
      throw new Boom()
    }

    const grouped = asyncGenerator(function* () {
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(fail())
        yield* emit(1)
      })
    })

    function* loop() {
      yield* forEach(grouped(), function* () {
        yield* outcome(log, 'sleep', sleep(20))
        return BREAK
      })
    }

    function* main() {
      yield* ending(log, 'loop', loop())
      log(currentTask()?.cancelling(), now())
    }

    run(main())
  },

  'cancelled again while it is being closed'(log) {
    const generator = asyncGenerator(function* () {
      try {
        yield* emit(1)
      } finally {
        yield* outcome(log, 'first', sleep(10))
        yield* outcome(log, 'second', sleep(10))
      }
    })

    function* loop() {
      yield* forEach(generator(), function* (n) {
        log(n)
        yield* sleep(100)
      })
    }

    function* main() {
      const task = createTask(loop())
      yield* sleep(10)
      task.cancel()
      yield* sleep(5)
      task.cancel()
      yield* outcome(log, 'loop', task)
      log(now(), task.cancelling())
    }

    run(main())
  },

  'who is cancelled in the closing may give it up'(log) {
    const generator = asyncGenerator(function* () {
      try {
        yield* emit(1)
      } finally {
        yield* sleep(10)
        log('never here')
      }
    })

    function* main() {
      const g = generator()
      yield* g.anext()
      const task = createTask(close(log, g.aclose()))
      yield* sleep(5)
      task.cancel()
      yield* task
      yield* step(log, g.anext())
      yield* close(log, g.aclose())
    }

    run(main())
  },

  'a CancelledError that is thrown into it by hand'(log) {
    function* main() {
      const g = guarded(log)
      yield* step(log, g.anext())
      yield* step(log, g.athrow(new CancelledError('byhand')))
      yield* step(log, g.anext())
      log(currentTask()?.cancelling())
    }

    run(main())
  },

  'eager tasks ask at once'(log) {
    function* main() {
      getRunningLoop().setTaskFactory(eagerTaskFactory)
      const g = numbers(3)
      log([1, 2, 3].map(() => createTask(step(log, g.anext()))).map(task => task.done()))
      const slow = numbers(3, 1)
      const tasks = [1, 2].map(() => createTask(step(log, slow.anext())))
      log(tasks.map(task => task.done()))
      yield* gather(tasks)
    }

    run(main())
  },

  'who asks in the body of a loop that asks'(log) {
    const accumulate = asyncGenerator(function* () {
      let total = 0
      while (total < 20) total += (yield* emit<number, number | undefined>(total)) ?? 1
    })

    function* main() {
      const g = accumulate()
      yield* forEach(g, function* (total) {
        log(total)
        if (total % 2 === 1) yield* step(log, g.asend(5))
      })
    }

    run(main())
  },

  'ten thousand items'(log) {
    function* main() {
      let total = 0
      yield* forEach(numbers(10_000), function* (n) { total += n })
      log(total, now())
    }

    run(main())
  },

  'a yield in several managers'(log) {
    const manager = (name: string): ContextManager<void> => ({
      *enter() { log('enter', name) },
      *exit(error) {
        yield* sleep(1)
        log('exit', name, error)
      },
    })

    const generator = asyncGenerator(function* (): Emitting<number> {
      yield* use(manager('a'), function* () {
        yield* emit(1)
        yield* use(manager('b'), function* () {
          yield* emit(2)
          yield* emit(3)
        })
        yield* emit(4)
      })
    })

    function* loop(last: number | null) {
      yield* forEach(generator(), function* (n) {
        log(n, now())
        return n === last ? BREAK : undefined
      })
    }

    function* main() {
      yield* loop(2)
      yield* loop(4)
      yield* loop(null)
    }

    run(main())
  },
}
