import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type Coroutine, EventLoop, type Task, VirtualHost, allTasks, asCompleted, createTask, gather, getCurrent, getRunningLoop,
  greenlet, shield, sleep, timeout, use, wait, waitFor, yieldFrom,
} from '../../lib/index.ts'
import type { Recorded } from '../fuzz/corpus.ts'
import type { Program as ProgramWithKit } from '../fuzz/primitives/programs.ts'
import { WorldWithKit } from '../fuzz/primitives/world.ts'
import { body } from '../fuzz/tasks/interpret.ts'
import type { Program } from '../fuzz/tasks/programs.ts'
import { World } from '../fuzz/tasks/world.ts'
import { Trace } from '../fuzz/trace.ts'
import { stride } from '../support/thorough.ts'

/**
 * An event is one callback, or one turn of a task. A program is run once for each of its events, and before that event
 * its main task is cancelled. Whenever that is: each `finally` that was entered runs exactly once, nothing stays pending
 * after the shutdown, and the same event gives the same trace again. `cancel-examples-at-every-event.spec.ts` does so
 * with the examples.
 */
interface Running {
  readonly host: VirtualHost
  readonly loop: EventLoop
  readonly main: Task
  /** Each `try` that was entered: how often has its `finally` run? */
  readonly entered: readonly { readonly cleanups: number }[]
  readonly lines: string[]
}

interface Outcome {
  readonly trace: string
  readonly events: number
  /** How often everything had to be cancelled before it was over. */
  readonly rounds: number
}

/** A task may catch its cancellation and wait again; but no program is so long that it does this for ever. */
const MOST_ROUNDS = 100

/** Run it, and cancel the main task before event `k`. */
function cancelledAt(k: number, begin: () => Running): Outcome {
  const running = begin()
  const { loop, main, lines } = running
  let events = 0
  while (!main.done()) {
    if (events === k) lines.push(`cancelled: ${main.cancel('now')}`)
    const went = event(running)
    if (!went) break
    events++
  }
  let rounds = 0
  do {
    for (; isOpen(loop) && rounds < MOST_ROUNDS; rounds++) {
      if (loop.report().length === 0) loop.createTask(loop.shutdownAsyncGenerators())
      else for (const task of allTasks(loop)) task.cancel()
      while (loop.report().length > 0 && event(running));
    }
    while (!isOpen(loop) && event(running)); // what is called later may begin tasks
  } while (isOpen(loop) && rounds < MOST_ROUNDS)
  const { entered } = running
  check(loop.report().length === 0, `nothing stays pending, cancelled at ${k}`)
  check(loop.$generators.size === 0, `nothing stays open, cancelled at ${k}`)
  check(entered.every(({ cleanups }) => cleanups === 1), `each finally runs once, cancelled at ${k}: ${entered.map(({ cleanups }) => cleanups).join()}`)
  loop.close()
  return { trace: lines.join('\n'), events, rounds }
}

/** Are there tasks that are not done, or asynchronous generators that are not closed? */
function isOpen(loop: EventLoop): boolean { return loop.report().length + loop.$generators.size > 0 }

/** One event, when the time for it has come. @returns false when there will be none any more. */
function event({ loop, host, lines }: Running): boolean {
  for (;;) {
    try {
      const { ran, nextTimerAt } = loop.tick({ maxCallbacks: 1 })
      if (ran > 0) return true
      if (nextTimerAt === null) return false
      host.wait(nextTimerAt - loop.time())
    } catch (error) {
      lines.push(String(error)) // a KeyboardInterrupt leaves the loop at once
      return true
    }
  }
}

/** `expect()` would take most of the time. */
function check(holds: boolean, what: string): void {
  if (!holds) throw new Error(`broken: ${what}`)
}

/** Counts what programs written by hand enter and leave. */
class Witness {
  readonly entered: { cleanups: number }[] = []
  readonly lines: string[] = []

  /** Sleep with a guard. */
  sleeper<T>(name: string, ms: number, result: T): Coroutine<T> {
    return this.guard(name, function* () { return yield* sleep(ms, result) })
  }

  /** `try` the body; its `finally` does the cleanup. */
  *guard<T>(name: string, body: () => Coroutine<T>, cleanup?: () => Coroutine<unknown>): Coroutine<T> {
    const scope = { cleanups: 0 }
    this.entered.push(scope)
    try {
      return yield* body()
    } catch (error) {
      this.lines.push(`${getRunningLoop().time()} ${name} ${String(error)}`)
      throw error
    } finally {
      scope.cleanups++
      this.lines.push(`${getRunningLoop().time()} ${name} is over`)
      if (cleanup !== undefined) yield* cleanup()
    }
  }
}

const byHand: Record<string, (w: Witness) => Coroutine<unknown>> = {
  'a cleanup that waits, in one that waits': w => w.guard('outer', function* () {
    yield* w.guard('inner', () => w.sleeper('innermost', 2, 'slept'), () => w.sleeper('first cleanup', 2, null))
  }, () => w.sleeper('second cleanup', 1, null)),

  'a gather in a gather': function* (w) {
    const inner = gather([w.sleeper('a', 1, 'a'), w.sleeper('b', 3, 'b')])
    return yield* gather([inner, w.guard('c', () => w.sleeper('d', 2, 'd'), () => w.sleeper('slow', 4, null))])
  },

  'a time limit in a time limit': function* (w) {
    return yield* use(timeout(5), () => w.guard('outer', function* () {
      try {
        yield* use(timeout(2), () => w.guard('inner', () => w.sleeper('long', 9, null), () => w.sleeper('cleanup', 1, null)))
      } catch (error) {
        w.lines.push(String(error))
      }
      return yield* w.sleeper('rest', 2, 'in time')
    }))
  },

  'a shield': function* (w) {
    const task = createTask(w.sleeper('shielded', 3, 'result'))
    try {
      return yield* w.guard('waiter', () => shield(task)[Symbol.iterator]() as Coroutine<string>)
    } finally {
      w.lines.push(yield* task)
    }
  },

  'waitFor, with time and without': function* (w) {
    const slow = () => w.guard('slow', () => w.sleeper('nap', 5, null), () => w.sleeper('cleanup', 2, null))
    for (const ms of [3, 0, null]) {
      try {
        yield* waitFor(slow(), ms)
      } catch (error) {
        w.lines.push(String(error))
      }
    }
  },

  'results as they come': function* (w) {
    for (const next of asCompleted([w.sleeper('a', 3, 'a'), w.sleeper('b', 1, 'b'), w.sleeper('c', 2, 'c')], { timeout: 9 })) {
      w.lines.push(yield* next)
    }
  },

  'tasks that are left alone': function* (w) {
    const tasks = ['a', 'b', 'c'].map((name, i) => createTask(w.sleeper(name, i + 1, name), { eagerStart: i === 1 }))
    const [done] = yield* wait(tasks, { timeout: 2 })
    w.lines.push(`${done.size} are done`)
  },

  'one that takes its cancellation back': function* (w) {
    const task = createTask(w.guard('stubborn', function* () {
      try {
        yield* w.sleeper('first', 2, null)
      } catch {
        w.lines.push(`uncancelled: ${task.uncancel()}`)
      }
      return yield* w.sleeper('second', 2, 'survived')
    }))
    yield* sleep(1)
    task.cancel('enough')
    return yield* task
  },

  'greenlets that wait for the task': function* (w) {
    const other = greenlet(() => w.guard('greenlet', function* () {
      yield* w.sleeper('nap', 2, null)
      w.lines.push(String(yield* main.switch('back')))
      return yield* w.sleeper('another', 2, 'the end')
    }))
    const main = getCurrent()
    return yield* w.guard('task', function* () {
      w.lines.push(String(yield* other.switch()))
      yield* w.sleeper('in between', 1, null)
      return yield* other.switch('again')
    }, function* () { other.kill() }) // it may wait for a switch, and nobody would ever make one
  },

  'many levels': function* (w) {
    function* level(n: number): Coroutine<number> {
      if (n === 0) return (yield* sleep(1, 1))
      return 1 + (yield* yieldFrom(w.guard(`level ${n}`, () => level(n - 1))))
    }
    return yield* level(20)
  },
}

function beginByHand(program: (w: Witness) => Coroutine<unknown>): Running {
  const host = new VirtualHost()
  const loop = new EventLoop({ host, logger: () => undefined })
  const witness = new Witness()
  const main = loop.createTask(program(witness), { name: 'main' })
  main.addDoneCallback(() => { witness.lines.push(main.toString()) })
  return { host, loop, main, entered: witness.entered, lines: witness.lines }
}

function beginRandom(program: Program): Running {
  const trace = new Trace()
  return beginIn(new World(program, trace, body), trace)
}

function beginWithKit(program: ProgramWithKit): Running {
  const trace = new Trace()
  const world = new WorldWithKit(program, trace)
  // A generator that ignores its closing is stuck in the middle, as its author wanted.
  const entered = { get: () => world.ignoring.size > 0 ? [] : world.entered }
  return Object.defineProperty(beginIn(world, trace), 'entered', entered)
}

function beginIn(world: World, { lines }: Trace): Running {
  const { host, loop, entered, program } = world
  return { host, loop, main: loop.createTask(body(world, program.mains[0] ?? [])), entered, lines }
}

/** Before each event there is, and after the last. @returns how many events there are. */
function cancelEverywhere(begin: () => Running, rounds: number): number {
  const { events } = cancelledAt(Infinity, begin)
  for (let k = 0; k <= events; k += stride()) {
    const outcome = cancelledAt(k, begin)
    check(outcome.rounds <= rounds, `${outcome.rounds} rounds, cancelled at ${k}`)
    check(cancelledAt(k, begin).trace === outcome.trace, `another trace, cancelled at ${k}`)
  }
  return events
}

describe('cancelled at every event', () => {
  it.each(Object.entries(byHand))('%s', (_title, program) => {
    expect(cancelEverywhere(() => beginByHand(program), 1)).toBeGreaterThan(2)
  })

  it.each([0, 50, 100, 150])('random programs, from %i on', start => {
    const events = recorded<Program>('tasks').slice(start, start + 50).map(
      ({ program }) => cancelEverywhere(() => beginRandom(program), MOST_ROUNDS))
    expect(events.reduce((sum, count) => sum + count)).toBeGreaterThan(300)
  })

  it.each([0, 50])('random programs with locks, queues, groups, generators and the like, from %i on', start => {
    const events = recorded<ProgramWithKit>('primitives').filter(canBeShutDown).slice(start, start + 50).map(
      ({ program }) => cancelEverywhere(() => beginWithKit(program), MOST_ROUNDS))
    expect(events.reduce((sum, count) => sum + count)).toBeGreaterThan(300)
  })
})

function recorded<P>(corpus: string): Recorded<P>[] {
  return JSON.parse(readFileSync(join(__dirname, '..', 'fuzz', 'corpus', `${corpus}.json`), 'utf8')) as Recorded<P>[]
}

/**
 * Did asyncio come to an end? Not where a task waits for one in whose group it is, or for a lock that it is to have back
 * after `condition.wait()`: nobody can cancel that.
 */
function canBeShutDown({ trace }: Recorded<unknown>): boolean { return trace.some(line => line.endsWith('pending []')) }
