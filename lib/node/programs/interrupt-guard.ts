/**
 * The program of the guard, a thread that does nothing but take Ctrl-C. The thread that it guards could not see Ctrl-C itself,
 * because Node calls signal handlers from its event loop, and that thread blocks.
 *
 * The guard sleeps in scripts that Ctrl-C ends. Several of them run inside each other. While one is started again, another
 * still runs, so there is always one that takes the signal.
 */
import { Script } from 'node:vm'
import { isMainThread, workerData } from 'node:worker_threads'
import { GUARDED, INTERRUPTIBLE, INTERRUPTS, INTERRUPTS_SEEN, isNewInterrupt, wake } from '../thread/cells.ts'

/** How many scripts run inside each other. With two, a process died when signals came every tenth of a millisecond. */
const LEVELS = 4

/** How long the guarded thread may take to see a Ctrl-C before the next one ends the process, in milliseconds. */
const PATIENCE = 1000

class Guard {
  private readonly script = new Script("globalThis[Symbol.for('yieldfrom.guard')]()")
  private level = 0
  private lastAt = 0
  private hasGivenUp = false

  constructor(private readonly cells: Int32Array) {
    Object.assign(globalThis, { [Symbol.for('yieldfrom.guard')]: () => { this.deeper() } })
  }

  /** Guard the thread while it wants to see Ctrl-C. */
  run(): void {
    do {
      Atomics.wait(this.cells, INTERRUPTIBLE, 0)
      this.deeper()
      Atomics.store(this.cells, GUARDED, 0)
    } while (!this.hasGivenUp)
    process.kill(process.pid, 'SIGINT') // nobody takes the signal any more, so it ends the process
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
    if (!isNewInterrupt(this.cells)) return
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
