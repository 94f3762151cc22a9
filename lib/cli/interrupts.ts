import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { BlockingHost } from '../host/blocking-host.ts'
import { HOME } from './program-files.ts'

/** The exit code that a shell expects of a program that Ctrl-C has ended. */
const EXIT_CODE = 130

/** The numbers that the two threads share: how often Ctrl-C was pressed, how often this thread has seen it, and whether the program handles it. */
export const PRESSED = 0
export const SEEN = 1
export const HANDLED = 2

/** How long a program that waits for a timer goes without looking, in milliseconds. */
const SLICE = 200

/**
 * Ctrl-C while a program is recorded: the process ends, and says at its end what was recorded. Node calls a handler of SIGINT only when the
 * program waits. A generator that never ends does not wait, so another thread takes the signal.
 */
export class Interrupts {
  private readonly cells = new Int32Array(new SharedArrayBuffer(12))

  constructor() {
    process.on('newListener', name => { if (name === 'SIGINT') Atomics.store(this.cells, HANDLED, 1) })
  }

  /** Let loops that block this thread look, too. @returns a function that ends it. */
  watchLoops(): () => void {
    const { prototype } = BlockingHost
    const before: unknown = Reflect.get(prototype, 'wait')
    const { look } = this
    prototype.wait = function (this: BlockingHost, timeout: number | null): void {
      const end = timeout === null ? Infinity : this.now() + timeout
      for (;;) {
        const start = this.now()
        const slice = Math.min(SLICE, end - start)
        Reflect.apply(before as typeof prototype.wait, this, [slice])
        look()
        const now = this.now()
        if (now >= end || now < start + slice) return // the time is over, or somebody has woken it
      }
    }
    return () => { Object.assign(prototype, { wait: before }) }
  }

  /** Begin to listen, and wait until the thread is there. */
  begin(): Promise<void> {
    const worker = new Worker(join(HOME, 'dist/cjs/cli/interrupt-thread.js'), { workerData: this.cells, stdin: false, execArgv: [] })
    return new Promise(resolve => {
      worker.on('error', () => { resolve() }) // without the thread, Ctrl-C ends the program as it always does
      worker.once('message', () => { // it is there
        worker.on('message', () => { this.told() })
        worker.unref()
        resolve()
      })
    })
  }

  /** The program does something. It may do so without end, and never wait. */
  readonly look = (): void => {
    if (!this.isPressed || process.listenerCount('SIGINT') > 0) return
    this.saw()
    process.exit(EXIT_CODE)
  }

  private get isPressed(): boolean { return Atomics.load(this.cells, SEEN) < Atomics.load(this.cells, PRESSED) }

  /** The program waits. If it handles Ctrl-C itself, its handlers are called. */
  private told(): void {
    this.look()
    this.saw()
    process.emit('SIGINT', 'SIGINT')
  }

  private saw(): void {
    Atomics.store(this.cells, SEEN, Atomics.load(this.cells, PRESSED))
    Atomics.notify(this.cells, SEEN)
  }
}
