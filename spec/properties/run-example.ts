import { leftOpenBy } from './generator-census.ts'
import { join } from 'node:path'
import * as library from '../../lib/index.ts'
import * as testing from '../../lib/testing/index.ts'
import {
  type Awaitable, EventLoop, type Future, Runner, type RunnerOptions, VirtualHost, ensureFuture, isCancelled,
  newEventLoop, setEventLoop, setEventLoopPolicy, watch,
} from '../../lib/index.ts'

export const folder = join(__dirname, '../../docs/examples')

/** What is to be known of one run of an example. */
export class ExampleRun {
  /** What it printed. */
  readonly lines: string[] = []
  /** That, its events, and all that its frames did. */
  readonly trace: string[] = []
  readonly loops: StudiedLoop[] = []
  events = 0
  /** What let itself be cancelled. */
  cancelled: Future | null = null
  /** How many generators were entered and did not end. */
  leftOpen = 0

  /** @param k before which event the main task is cancelled. */
  constructor(private readonly k: number) {}

  print(...values: unknown[]): void {
    const text = values.map(String).join(' ')
    this.lines.push(...text.split('\n'))
    this.trace.push(text)
  }

  beforeEvent(loop: StudiedLoop): void {
    if (this.events++ === this.k && loop.mainTask?.cancel('now') === true) this.cancelled = loop.mainTask
    this.trace.push(`event ${this.events} at ${loop.time()}`)
  }

  /** Did what let itself be cancelled end with that? No example has anything against it. */
  get obeyed(): boolean {
    if (this.cancelled === null || this.cancelled.cancelled()) return true
    return isCancelled(this.cancelled.exception()) // of a gather()
  }

  /** How many tasks were never done. */
  get pending(): number { return this.loops.reduce((sum, { left }) => sum + left, 0) }
}

let current = new ExampleRun(Infinity)

/** The loop of the examples. It never really waits, and whatever it takes out of its queue is an event. */
class StudiedLoop extends EventLoop {
  /** What is run until it is done, or else the first task. */
  mainTask: Future | null = null
  /** How many tasks were left at the very end. */
  left = 0
  private closing = false

  constructor(options: ConstructorParameters<typeof EventLoop>[0] = {}) {
    super({ host: new VirtualHost(), logger: text => { current.trace.push(text.split('\n')[0] ?? '') }, ...options })
    current.loops.push(this)
    const { $ready: ready } = this
    const shift = ready.shift.bind(ready)
    ready.shift = () => {
      current.beforeEvent(this)
      return shift()
    }
  }

  override createTask: EventLoop['createTask'] = (coroutine, options) => {
    const task = super.createTask(coroutine, options)
    if (!this.closing) this.mainTask ??= task
    return task
  }

  override runUntilComplete<T>(awaitable: Awaitable<T>): T {
    if (this.closing) return super.runUntilComplete(awaitable)
    const future = ensureFuture(awaitable, { loop: this })
    this.mainTask = future
    return super.runUntilComplete(future)
  }

  /** First as `run()` does: what is left is cancelled, and gets the time to end. */
  override close(): void {
    if (this.closing || this.isRunning()) {
      super.close()
      return
    }
    const runner = new Runner({ loopFactory: () => this })
    runner.getLoop()
    this.shutDown(runner)
  }

  shutDown(runner: Runner): void {
    this.closing = true
    runner.close()
    this.left = this.report().length
  }
}

/** What the examples import in the place of `yieldfrom`. */
const surface = {
  ...library,
  EventLoop: StudiedLoop,
  run<T>(main: Awaitable<T>, { host }: RunnerOptions = {}): T {
    const loop = host === undefined ? newEventLoop() as StudiedLoop : new StudiedLoop({ host })
    const runner = new Runner({ loopFactory: () => loop })
    try {
      return runner.run(main)
    } finally {
      loop.shutDown(runner)
    }
  },
}

jest.doMock('yieldfrom', () => surface)
jest.doMock('yieldfrom/testing', () => testing)

/** Run an example, and cancel its main task before event `k`, if there are so many. */
export function runExample(name: string, k = Infinity): ExampleRun {
  const run = current = new ExampleRun(k)
  run.leftOpen = leftOpenBy(() => {
    const end = watch(({ kind, frame }) => { run.trace.push(`${kind} ${frame?.name ?? ''}`) })
    const { console: before } = globalThis
    const print = (...values: unknown[]): void => { run.print(...values) }
    globalThis.console = { log: print, error: print } as Console
    try {
      jest.isolateModules(() => { require(join(folder, `${name}.ts`)) })
    } catch (error) {
      run.trace.push(String(error)) // a program that is cancelled ends with that
    } finally {
      for (const loop of run.loops) loop.close()
      globalThis.console = before
      setEventLoop(null)
      setEventLoopPolicy(null)
      end()
    }
  })
  return run
}
