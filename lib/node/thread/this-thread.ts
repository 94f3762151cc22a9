import { ASLEEP, NEWS, makeCells } from './cells.ts'

/** From where something may come in for this thread. */
export interface Source {
  /** Take in what is there. */
  take(): void
  /** May something still come that wakes a loop? */
  expects(): boolean
  /** The thread is about to sleep: let go what is to be sent. */
  flush?(): void
  /** Look whether the other side still lives; called now and then while the thread sleeps. */
  check?(): void
}

/** How long the thread sleeps, at most, before it looks whether those still live that may wake it; in milliseconds. */
const CHECK_EVERY = 250

/** This thread, as those see it that wake it. */
class ThisThread {
  readonly cells = makeCells()
  private sources: Source[] = []
  private seen = 0

  add(source: Source): void { this.sources.push(source) }

  remove(source: Source): void { this.sources = this.sources.filter(other => other !== source) }

  /** May anything still come in? */
  expects(): boolean {
    return this.sources.some(source => source.expects())
  }

  /** Take in what has come. @returns whether anything had. */
  poll(): boolean {
    for (const source of this.sources) source.flush?.()
    if (Atomics.load(this.cells, NEWS) === this.seen) return false
    this.take()
    return true
  }

  /** Let what waits to be sent go, and sleep until something comes in, or for so many milliseconds. @returns whether something came. */
  sleep(timeout: number | null, wait: typeof plainWait = plainWait): boolean {
    const end = timeout === null ? Infinity : performance.now() + timeout
    for (;;) {
      for (const source of this.sources) source.flush?.()
      if (Atomics.load(this.cells, NEWS) !== this.seen) {
        this.take()
        return true
      }
      const left = end - performance.now()
      if (left <= 0) return false
      Atomics.store(this.cells, ASLEEP, 1)
      try {
        wait(this.cells, this.seen, this.sources.length === 0 ? left : Math.min(left, CHECK_EVERY))
      } finally {
        Atomics.store(this.cells, ASLEEP, 0)
      }
      if (Atomics.load(this.cells, NEWS) === this.seen) for (const source of this.sources) source.check?.()
    }
  }

  private take(): void {
    this.seen = Atomics.load(this.cells, NEWS)
    for (const source of this.sources) source.take()
  }
}

function plainWait(cells: Int32Array, seen: number, ms: number): void { Atomics.wait(cells, NEWS, seen, ms) }

export const thisThread = new ThisThread()
