import { Worker, isMainThread } from 'node:worker_threads'
import { join } from 'node:path'
import { KeyboardInterrupt } from '../../base/task-errors.ts'
import { GUARDED, INTERRUPTIBLE, INTERRUPTS, INTERRUPTS_SEEN } from '../thread/cells.ts'
import { programs } from '../thread/program-folder.ts'
import { waitInterruptibly } from '../thread/interruptible-wait.ts'
import { thisThread } from '../thread/this-thread.ts'

/** The exit code that a shell expects of a program that Ctrl-C has ended. */
export const EXIT_CODE = 130

/** How long the guard may take to begin, in milliseconds. Mostly it takes a twentieth of that. */
const START_WITHIN = 1000

/** Ctrl-C, as a thread that blocks sees it. Another thread, the guard, counts how often it was pressed. */
class CtrlC {
  /** The listeners. The last one is the innermost, and it alone is called. */
  private readonly listeners: (() => void)[] = []
  private guard: Worker | null = null
  /** How many loops run that want to see it. */
  private watchers = 0
  private handlers = 0

  /** A loop begins to run, and wants to see Ctrl-C. */
  begin(): void {
    if (!isMainThread || this.watchers++ > 0) return
    const { cells } = thisThread
    Atomics.store(cells, INTERRUPTS_SEEN, Atomics.load(cells, INTERRUPTS))
    Atomics.store(cells, INTERRUPTIBLE, 1)
    Atomics.notify(cells, INTERRUPTIBLE)
    if (this.guard !== null) return
    this.guard = new Worker(join(programs.folder, 'interrupt-guard.js'), {
      workerData: cells, stdin: false, execArgv: [], // it must start fast: loaders of the program have no business in it
    })
    this.guard.on('error', () => undefined) // without a guard, Ctrl-C is seen only while the thread waits
    this.guard.unref()
    waitInterruptibly(cells, () => { Atomics.wait(cells, GUARDED, 0, START_WITHIN) }) // until the guard is there, Ctrl-C would end a program that computes
  }

  /** A loop runs no more. */
  end(): void {
    if (!isMainThread || --this.watchers > 0) return
    Atomics.store(thisThread.cells, INTERRUPTIBLE, 0)
    Atomics.notify(thisThread.cells, INTERRUPTIBLE)
  }

  /** Will the guard see the next Ctrl-C? */
  get guarded(): boolean { return !isMainThread || Atomics.load(thisThread.cells, GUARDED) === 1 }

  /** Call `listener` at each Ctrl-C. @returns a function that ends it. */
  listen(listener: () => void): () => void {
    this.listeners.push(listener)
    return () => { this.listeners.splice(this.listeners.lastIndexOf(listener), 1) }
  }

  /** The same for a handler of the program. A loop may wait for nothing but a handler. @returns a function that ends it. */
  handle(handler: () => void): () => void {
    this.handlers++
    const takeBack = this.listen(handler)
    return () => {
      this.handlers--
      takeBack()
    }
  }

  /** May a handler still be called? */
  get hasHandlers(): boolean { return this.handlers > 0 }

  /** Call the innermost listener once for each new Ctrl-C. @throws KeyboardInterrupt when there is no listener. */
  deliver(): void {
    const { cells } = thisThread
    const count = Atomics.load(cells, INTERRUPTS)
    for (let seen = Atomics.load(cells, INTERRUPTS_SEEN); seen < count; seen++) {
      Atomics.store(cells, INTERRUPTS_SEEN, seen + 1)
      endWithExitCode()
      const listener = this.listeners.at(-1)
      if (listener === undefined) throw new KeyboardInterrupt()
      listener()
    }
  }
}

export const ctrlC = new CtrlC()

let watchesExit = false

/** From now on, a KeyboardInterrupt that ends the process gives it the exit code that a shell expects. */
export function endWithExitCode(): void {
  if (watchesExit) return
  watchesExit = true
  process.on('uncaughtExceptionMonitor', error => {
    if (error instanceof KeyboardInterrupt) process.once('exit', () => { process.exitCode = EXIT_CODE })
  })
}
