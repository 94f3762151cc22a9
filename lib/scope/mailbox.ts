import type { Coroutine } from '../generator/types.ts'
import type { Loop } from '../loop/loop.ts'
import { Future } from '../task/future.ts'

/** Things that come in, and coroutines that wait for them: first come, first served. */
export class Mailbox<T> {
  private readonly items: T[] = []
  private readonly getters: Future<void>[] = []

  constructor(private readonly loop: Loop) {}

  put(item: T): void {
    this.items.push(item)
    this.wakeNext()
  }

  *get(): Coroutine<T> {
    while (this.items.length === 0) {
      const getter = new Future<void>({ loop: this.loop })
      this.getters.push(getter)
      try {
        yield* getter
      } catch (error) {
        getter.cancel()
        if (!getter.cancelled()) this.wakeNext() // it was woken, and leaves the item to the next
        throw error
      }
    }
    return this.items.shift() as T
  }

  private wakeNext(): void {
    for (let getter = this.getters.shift(); getter !== undefined; getter = this.getters.shift()) {
      if (getter.done()) continue
      getter.setResult()
      return
    }
  }
}
