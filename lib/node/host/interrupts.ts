import { Worker, isMainThread } from 'node:worker_threads'
import { join } from 'node:path'
import { KeyboardInterrupt } from '../../base/task-errors.ts'
import { GUARDED, INTERRUPTIBLE, INTERRUPTS, INTERRUPTS_SEEN } from '../thread/cells.ts'
import { files } from '../thread/files.ts'
import { waitInterruptibly } from '../thread/interruptible-wait.ts'
import { thisThread } from '../thread/this-thread.ts'

/** What a shell makes of a program that Ctrl-C has ended. */
export const EXIT_CODE = 130

/** How long the guard may take to begin, in milliseconds: as a rule it takes a twentieth of that. */
const STARTED = 1000

/** Ctrl-C, as a blocked thread sees it: the guard, a thread of its own, counts. */
class Interrupts {
  /** Who is told, the innermost last. */
  private readonly told: (() => void)[] = []
  private guard: Worker | null = null
  private watchers = 0
  private handlers = 0

  /** A loop runs from now on, and wants to know of Ctrl-C. */
  begin(): void {
    if (!isMainThread || this.watchers++ > 0) return
    const { cells } = thisThread
    Atomics.store(cells, INTERRUPTS_SEEN, Atomics.load(cells, INTERRUPTS))
    Atomics.store(cells, INTERRUPTIBLE, 1)
    Atomics.notify(cells, INTERRUPTIBLE)
    if (this.guard !== null) return
    this.guard = new Worker(join(files.folder, 'interrupt-guard.js'), { workerData: cells, stdin: false })
    this.guard.on('error', () => undefined) // without it, Ctrl-C is seen while the thread waits
    this.guard.unref()
    waitInterruptibly(cells, () => { Atomics.wait(cells, GUARDED, 0, STARTED) }) // until then, Ctrl-C would end a program that computes
  }

  end(): void {
    if (!isMainThread || --this.watchers > 0) return
    Atomics.store(thisThread.cells, INTERRUPTIBLE, 0)
    Atomics.notify(thisThread.cells, INTERRUPTIBLE)
  }

  /** Will the guard see the next one? */
  get guarded(): boolean { return !isMainThread || Atomics.load(thisThread.cells, GUARDED) === 1 }

  /** @returns how to take it back. */
  tell(told: () => void): () => void {
    this.told.push(told)
    return () => { this.told.splice(this.told.lastIndexOf(told), 1) }
  }

  /** The same for a handler, for which a loop may wait. */
  expect(told: () => void): () => void {
    this.handlers++
    const takeBack = this.tell(told)
    return () => {
      this.handlers--
      takeBack()
    }
  }

  /** May a handler still be called? */
  get expected(): boolean { return this.handlers > 0 }

  /** @throws KeyboardInterrupt when somebody pressed Ctrl-C, and nobody wants to be told. */
  look(): void {
    const { cells } = thisThread
    const count = Atomics.load(cells, INTERRUPTS)
    for (let seen = Atomics.load(cells, INTERRUPTS_SEEN); seen < count; seen++) {
      Atomics.store(cells, INTERRUPTS_SEEN, seen + 1)
      endWithExitCode()
      const told = this.told.at(-1)
      if (told === undefined) throw new KeyboardInterrupt()
      told()
    }
  }
}

export const interrupts = new Interrupts()

let watchesExit = false

/** If the KeyboardInterrupt ends the process, let the exit code be that which a shell expects. */
export function endWithExitCode(): void {
  if (watchesExit) return
  watchesExit = true
  process.on('uncaughtExceptionMonitor', error => {
    if (error instanceof KeyboardInterrupt) process.once('exit', () => { process.exitCode = EXIT_CODE })
  })
}
