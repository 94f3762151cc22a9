import { Queue } from './queue.ts'

/** A queue that gives the last item first. It is Python's `asyncio.LifoQueue`. */
export class LifoQueue<T = unknown> extends Queue<T> {
  private readonly $stack: T[] = []

  override qsize(): number { return this.$stack.length }

  protected override putItem(item: T): void { this.$stack.push(item) }

  protected override getItem(): T { return this.$stack.pop() as T }

  protected override dropItem(): T { return this.$stack.shift() as T }
}
