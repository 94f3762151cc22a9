/** Asynchronous iterators that several programs use; the twin of `iterators.py`. */
import { type Coroutine, type Stream, type StreamIterator, sleep } from '../../../../lib/index.ts'

/** What `next()` gives at the end. */
export const END = { value: undefined, done: true } as const

/** Gives n - 1, …, 1, 0; each after a pause. */
export class Countdown implements Stream<number>, StreamIterator<number> {
  constructor(private n: number, protected pause = 0) {}

  iterate(): StreamIterator<number> { return this }

  *next(): Coroutine<IteratorResult<number>> {
    if (this.n === 0) return END
    if (this.pause > 0) yield* sleep(this.pause)
    return { value: --this.n, done: false }
  }
}

/** Gives the same numbers to each loop, from the beginning. */
export class Numbers implements Stream<number> {
  private readonly numbers: readonly number[]

  constructor(...numbers: number[]) { this.numbers = numbers }

  iterate(): StreamIterator<number> { return new Reader(this.numbers) }
}

/** Gives the items of something that can be iterated. */
export class Reader<T> implements Stream<T>, StreamIterator<T> {
  private readonly items: Iterator<T, undefined>

  constructor(items: Iterable<T>) { this.items = items[Symbol.iterator]() as Iterator<T, undefined> }

  iterate(): StreamIterator<T> { return this }

  *next(): Coroutine<IteratorResult<T>> { return this.items.next() }
}
