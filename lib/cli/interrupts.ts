import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { HOME } from './program-files.ts'

/** The exit code that a shell expects of a program that Ctrl-C has ended. */
const EXIT_CODE = 130

/** The numbers that the two threads share: how often Ctrl-C was pressed, and how often this thread has seen it. */
export const PRESSED = 0
export const SEEN = 1

/**
 * Ctrl-C while a program is recorded: the process ends, and says at its end what was recorded. Node calls a handler of SIGINT only when the
 * program waits. A generator that never ends does not wait, so another thread takes the signal.
 */
export class Interrupts {
  private readonly cells = new Int32Array(new SharedArrayBuffer(8))

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
  readonly look = (): void => { if (this.isPressed && process.listenerCount('SIGINT') === 0) process.exit(EXIT_CODE) }

  private get isPressed(): boolean { return Atomics.load(this.cells, SEEN) < Atomics.load(this.cells, PRESSED) }

  /** The program waits. If it handles Ctrl-C itself, its handlers are called. */
  private told(): void {
    this.look()
    Atomics.store(this.cells, SEEN, Atomics.load(this.cells, PRESSED))
    process.emit('SIGINT', 'SIGINT')
  }
}
