import { ASLEEP, NEWS, NOTIFIED, makeCells } from './cells.ts'

/** Something that may send to this thread: a link, or the inbox for other threads. */
export interface Source {
  /** Take in what is there. @returns whether something is left, to be taken in the next turn. */
  take(): boolean
  /** May something still come in that wakes a loop? */
  expects(): boolean
  /** Send what was kept back. The thread is about to sleep. */
  flush?(): void
  /** Look whether the other side still lives. It is called now and then while the thread sleeps. */
  check?(): void
}

/** How a thread sleeps until something comes in. */
export interface Sleep {
  /** What `ASLEEP` holds meanwhile. */
  readonly mark: number
  /** Sleep until `NEWS` is no longer what was `seen`, at most for so many milliseconds. */
  readonly wait: (cells: Int32Array, seen: number, ms: number) => void
}

/** The longest sleep before the thread looks whether those that may wake it still live, in milliseconds. */
const CHECK_EVERY = 250

/** This thread: what may come in for it, and how it sleeps until then. */
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

  /** Take in what has come. @returns whether anything has come. */
  poll(): boolean {
    for (const source of this.sources) source.flush?.()
    if (Atomics.load(this.cells, NEWS) === this.seen) return false
    this.take()
    return true
  }

  /**
   * Send what was kept back, then sleep until something comes in.
   * @param timeout the longest time in milliseconds; `null` for no limit.
   * @returns whether something has come in.
   */
  sleep(timeout: number | null, { mark, wait } = plainSleep): boolean {
    const end = timeout === null ? Infinity : performance.now() + timeout
    for (;;) {
      for (const source of this.sources) source.flush?.()
      if (Atomics.load(this.cells, NEWS) !== this.seen) {
        this.take()
        return true
      }
      const left = end - performance.now()
      if (left <= 0) return false
      Atomics.store(this.cells, ASLEEP, mark)
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
    let isLeft = false
    for (const source of this.sources) if (source.take()) isLeft = true
    if (isLeft) this.seen = (this.seen - 1) | 0 // as if it had not been seen
  }
}

const plainSleep: Sleep = { mark: NOTIFIED, wait: (cells, seen, ms) => { Atomics.wait(cells, NEWS, seen, ms) } }

export const thisThread = new ThisThread()
