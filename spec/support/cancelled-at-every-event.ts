import { type Coroutine, EventLoop, type Task, TaskGroup, VirtualHost, allTasks, getRunningLoop, sleep, use } from '../../lib/index.ts'
import { stride } from './thorough.ts'

/**
 * As `cancel-at-every-event.spec.ts`, with what tasks share: whenever the main task is cancelled, each `finally` runs
 * once, nothing stays pending, the same event gives the same trace, and what was shared is free again.
 */
export interface Program {
  readonly main: () => Coroutine<unknown>
  /** What was shared, in words; it is the same in the end whenever the program is cancelled. */
  readonly shared: () => unknown
  readonly atTheEnd: unknown
}

/** Counts what is entered and left. */
export class Witness {
  readonly entered: { cleanups: number }[] = []
  readonly lines: string[] = []

  say(what: string): void { this.lines.push(`${getRunningLoop().time()} ${what}`) }

  /** `try` the body; its `finally` does the cleanup. */
  *guard<T>(name: string, body: () => Coroutine<T>, cleanup?: () => Coroutine<unknown>): Coroutine<T> {
    const guarded = { cleanups: 0 }
    this.entered.push(guarded)
    try {
      return yield* body()
    } catch (error) {
      this.say(`${name}: ${String(error)}`)
      throw error
    } finally {
      guarded.cleanups++
      this.say(`${name} is over`)
      if (cleanup !== undefined) yield* cleanup()
    }
  }

  /** Sleep, with a guard. */
  nap(name: string, ms: number): Coroutine<void> { return this.guard(name, function* () { yield* sleep(ms) }) }
}

/** Children of a group, one after the other. */
export function* together(...children: (() => Coroutine<unknown>)[]): Coroutine<void> {
  yield* use(new TaskGroup(), function* (group) {
    for (const child of children) group.createTask(child())
  })
}

interface Outcome {
  readonly trace: string
  readonly events: number
}

/** `expect()` would take most of the time. */
function check(holds: boolean, what: string): void {
  if (!holds) throw new Error(`broken: ${what}`)
}

/** Run it, and cancel the main task before event `k`. */
function cancelledAt(k: number, make: (w: Witness) => Program): Outcome {
  const w = new Witness()
  const host = new VirtualHost()
  const loop = new EventLoop({ host, logger: text => { w.lines.push(`reported: ${text.split('\n')[0] ?? ''}`) } })
  const { main, shared, atTheEnd } = make(w)
  const task: Task = loop.createTask(main(), { name: 'main' })
  const event = (): boolean => {
    for (;;) {
      const { ran, nextTimerAt } = loop.tick({ maxCallbacks: 1 })
      if (ran > 0) return true
      if (nextTimerAt === null) return false
      host.wait(nextTimerAt - loop.time())
    }
  }
  let events = 0
  while (!task.done()) {
    if (events === k) w.lines.push(`cancelled: ${task.cancel('now')}`)
    check(event(), `it comes to an end, cancelled at ${k}: ${loop.report().map(({ waitsFor }) => waitsFor).join()}`)
    events++
  }
  w.lines.push(task.toString())
  for (const other of allTasks(loop)) other.cancel()
  loop.createTask(loop.shutdownAsyncGenerators())
  while (event());
  check(loop.report().length === 0, `nothing stays pending, cancelled at ${k}`)
  check(w.entered.every(({ cleanups }) => cleanups === 1), `each finally runs once, cancelled at ${k}`)
  const end = JSON.stringify(shared())
  check(end === JSON.stringify(atTheEnd), `it is free again, cancelled at ${k}: ${end}`)
  if (!task.cancelled()) task.exception()
  loop.close()
  check(!w.lines.some(line => line.startsWith('reported')),
    `nothing is reported, cancelled at ${k}: ${w.lines.join('\n')}`)
  return { trace: w.lines.join('\n'), events }
}

/** Whenever the main task is cancelled, and once when it is not. */
export function holdsCancelledAtEveryEvent(programs: Record<string, (w: Witness) => Program>): void {
  it.each(Object.entries(programs))('%s', (_title, make) => {
    const { events, trace } = cancelledAt(Infinity, make)
    const traces = new Set([trace])
    for (let k = 0; k <= events; k += stride()) {
      const outcome = cancelledAt(k, make)
      check(cancelledAt(k, make).trace === outcome.trace, `another trace, cancelled at ${k}`)
      traces.add(outcome.trace)
    }
    expect([events > 5, traces.size > 3]).toEqual([true, true])
  })
}
