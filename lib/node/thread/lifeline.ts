import { existsSync, readdirSync } from 'node:fs'
import type { Worker } from 'node:worker_threads'

/** Where Linux lists the threads of a process. */
const THREADS = '/proc/self/task'

/** Tells a thread that blocks whether another thread still runs. Node could tell it only in its event loop. */
export class Lifeline {
  readonly worker: Worker
  /** The numbers that Linux gave to the thread and its helpers. */
  private readonly numbers: readonly string[]

  constructor(start: () => Worker) {
    const before = list()
    this.worker = start()
    this.numbers = list().filter(number => !before.includes(number))
  }

  /** On other systems nobody can see it, so the answer is yes. There Node tells of a death when the thread no longer blocks. */
  isAlive(): boolean {
    return this.numbers.length === 0 || this.numbers.some(number => existsSync(`${THREADS}/${number}`))
  }
}

function list(): string[] {
  try {
    return readdirSync(THREADS)
  } catch {
    return []
  }
}
