/**
 * The program of a thread that does nothing but see Ctrl-C, while the thread that it guards runs or sleeps, and could not
 * see it itself: Node's own handlers need its event loop.
 *
 * It sleeps in scripts that Ctrl-C ends, several in each other: while one of them is made anew, there is always another, and
 * the process has always somebody who takes the signal.
 */
import { Script } from 'node:vm'
import { isMainThread, workerData } from 'node:worker_threads'
import { GUARDED, INTERRUPTIBLE, INTERRUPTS, INTERRUPTS_SEEN, wake } from '../thread/cells.ts'

/** How many scripts sleep in each other. With two, a process died when signals came every tenth of a millisecond. */
const LEVELS = 4

/** How long the thread has time to see a Ctrl-C before the next one ends the process; in milliseconds. */
const PATIENCE = 1000

class Guard {
  private readonly script = new Script("globalThis[Symbol.for('yieldfrom.guard')]()")
  private level = 0
  private lastAt = 0
  private hasGivenUp = false

  constructor(private readonly cells: Int32Array) {
    Object.assign(globalThis, { [Symbol.for('yieldfrom.guard')]: () => { this.deeper() } })
  }

  /** Guard, as long as somebody wants to be told. */
  run(): void {
    do {
      Atomics.wait(this.cells, INTERRUPTIBLE, 0)
      this.deeper()
      Atomics.store(this.cells, GUARDED, 0)
    } while (!this.hasGivenUp)
    process.kill(process.pid, 'SIGINT') // now that nobody takes it, it ends the process
  }

  private deeper(): void {
    if (this.level === LEVELS) {
      this.sleep()
      return
    }
    this.level++
    while (Atomics.load(this.cells, INTERRUPTIBLE) === 1 && !this.hasGivenUp) {
      try {
        this.script.runInThisContext({ breakOnSigint: true })
      } catch (error) {
        if ((error as { code?: string }).code !== 'ERR_SCRIPT_EXECUTION_INTERRUPTED') throw error
        this.interrupted()
      }
    }
    this.level--
  }

  private sleep(): void {
    Atomics.store(this.cells, GUARDED, 1)
    Atomics.notify(this.cells, GUARDED)
    Atomics.wait(this.cells, INTERRUPTIBLE, 1)
  }

  private interrupted(): void {
    const now = performance.now()
    const unseen = Atomics.load(this.cells, INTERRUPTS) - Atomics.load(this.cells, INTERRUPTS_SEEN)
    if (unseen > 0 && now - this.lastAt > PATIENCE) {
      this.hasGivenUp = true
      return
    }
    if (unseen === 0) this.lastAt = now
    Atomics.add(this.cells, INTERRUPTS, 1)
    wake(this.cells)
  }
}

if (!isMainThread) new Guard(workerData as Int32Array).run()
