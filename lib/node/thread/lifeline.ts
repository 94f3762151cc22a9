import { existsSync, readdirSync } from 'node:fs'
import type { Worker } from 'node:worker_threads'

/** Where Linux lists the threads of a process. */
const THREADS = '/proc/self/task'

/** Tells whether a thread still runs, to another one that blocks and cannot be told by Node. */
export class Lifeline {
  readonly worker: Worker
  private readonly numbers: readonly string[]

  constructor(start: () => Worker) {
    const before = list()
    this.worker = start()
    this.numbers = list().filter(number => !before.includes(number))
  }

  /** Where it cannot be seen, it is believed to live: then Node tells when the thread that blocks is back. */
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
