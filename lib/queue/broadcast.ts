import { checkedCount } from '../base/checked.ts'
import { ValueError } from '../base/errors.ts'
import { ClosedResourceError, EndOfChannel, QueueShutDown, WouldBlock } from '../base/sync-errors.ts'
import { made } from '../generator/made.ts'
import type { Coroutine } from '../generator/types.ts'
import type { Stream, StreamIterator } from '../iteration/stream.ts'
import type { ContextManager } from '../scope/use.ts'
import { ParkingLot, type Place } from '../sync/parking-lot.ts'
import { type Overflow, checkedOverflow } from './overflow.ts'
import { Queue } from './queue.ts'

export interface BroadcastOptions {
  /** What becomes of a value for which a subscriber has no room; by default who sends it waits until all have. */
  readonly overflow?: Overflow
}

export interface SubscribeOptions {
  /** Is told how many values the subscriber has missed, before it gets the next one. */
  readonly onMissed?: (count: number) => unknown
}

/**
 * A channel whose values go to all that subscribe to it: `const news = broadcast<string>(10, { overflow: 'dropOldest' })`. A
 * subscriber gets what is sent from then on.
 * @param size how many values each subscriber can have waiting for it; may be `Infinity`.
 * @throws ValueError when it is less than 1.
 */
export function broadcast<T>(size: number, options: BroadcastOptions = {}): Broadcast<T> {
  checkedCount('broadcast()', size)
  if (!(size >= 1)) throw new ValueError('the size of a broadcast is 1 or more: what is sent waits there for a subscriber', { code: 'NO_ROOM' })
  return new Broadcast<T>(size, checkedOverflow('broadcast()', options.overflow ?? 'wait'))
}

/** Where values go in; made by `broadcast()`. */
export class Broadcast<T> implements ContextManager<Broadcast<T>> {
  private readonly $subscribers = new Set<Subscriber<T>>()
  private readonly $senders: ParkingLot = new ParkingLot(this)
  private $closed = false
  /** How many values were sent. @internal */
  $sent = 0

  /** @internal */
  constructor(readonly size: number, private readonly $overflow: Overflow) {}

  /** How many subscribe to it. */
  get subscribers(): number { return this.$subscribers.size }

  /** From now on, what is sent comes out there too. Close it when nobody is to receive any more: `use()` does. */
  subscribe(options: SubscribeOptions = {}): Subscriber<T> {
    this.$throwIfClosed()
    const subscriber = new Subscriber<T>(this, this.$overflow, options)
    this.$subscribers.add(subscriber)
    return subscriber
  }

  /**
   * Send a value to all that subscribe; by the policy `wait`, wait until all have room.
   * @returns how many subscribe.
   * @throws ClosedResourceError when it is closed; WouldBlock by the policy `error`, and then nobody gets it.
   */
  send(value: T): Coroutine<number> { return made(this.$send(value), 'broadcast.send(…)') }

  private *$send(value: T): Coroutine<number> {
    if (this.$overflow !== 'wait') return this.sendNowait(value)
    let place: Place | null = null
    for (let waits = this.$isFull || this.$senders.$isBusy; waits && !this.$closed; waits = this.$isFull || this.$senders.$isBusyBefore(place)) {
      place = this.$senders.$place(null, place)
      yield* place
    }
    const count = this.sendNowait(value)
    this.$wakeSender()
    return count
  }

  /** The same without waiting. @throws WouldBlock when one has no room, unless a value is dropped. */
  sendNowait(value: T): number {
    this.$throwIfClosed()
    if (this.$isFull && (this.$overflow === 'wait' || this.$overflow === 'error')) {
      throw new WouldBlock('a subscriber has no room. Write yield* broadcast.send(value) to wait, or another policy')
    }
    for (const subscriber of this.$subscribers) subscriber.$give(value, this.$sent)
    this.$sent++
    return this.subscribers
  }

  /** Nothing is sent any more. Subscribers get what is there, and come to an end. Closing twice does nothing. */
  close(): void {
    this.$closed = true
    for (const subscriber of this.$subscribers) subscriber.$end()
    this.$senders.unparkAll()
  }

  *enter(): Coroutine<this> { return this }

  *exit(): Coroutine<void> { this.close() }

  toString(): string { return `<broadcast [subscribers:${this.subscribers}, waiting:${this.$senders.waiting}]>` }

  /** One who was let go on gives up. @internal */
  $gaveUp({ isReleased }: Place): void { if (isReleased) this.$wakeSender() }

  /** Somebody has got a value, or has left. @internal */
  $wakeSender(): void { if (this.$senders.waiting > 0 && !this.$isFull) this.$senders.unpark() }

  /** @internal */
  $left(subscriber: Subscriber<T>): void {
    this.$subscribers.delete(subscriber)
    this.$wakeSender()
  }

  private get $isFull(): boolean {
    for (const subscriber of this.$subscribers) if (subscriber.$isFull) return true
    return false
  }

  private $throwIfClosed(): void {
    if (this.$closed) throw new ClosedResourceError('the broadcast is closed')
  }
}

/** A value, and how many were sent before it. */
interface Numbered<T> {
  readonly value: T
  readonly number: number
}

/** Tells when a value is taken out. */
class Inbox<T> extends Queue<Numbered<T>> {
  constructor(size: number, overflow: Overflow, private readonly $onTaken: () => void) { super(size === Infinity ? 0 : size, { overflow }) }

  override getNowait(): Numbered<T> {
    const numbered = super.getNowait()
    this.$onTaken()
    return numbered
  }
}

/** Where values come out of a broadcast. It is a stream of them, and `use()` closes it. */
export class Subscriber<T> implements ContextManager<Subscriber<T>>, Stream<T> {
  private readonly $inbox: Inbox<T>
  private $closed = false
  /** The number of the value that comes next, if none is missed. */
  private $expected: number

  /** @internal */
  constructor(private readonly $from: Broadcast<T>, overflow: Overflow, private readonly $options: SubscribeOptions) {
    this.$inbox = new Inbox<T>($from.size, overflow, () => { $from.$wakeSender() })
    this.$expected = $from.$sent
  }

  /** How many values it has missed so far, because it had no room for them. */
  get missed(): number { return this.$inbox.statistics().dropped }

  /**
   * The next value; wait until there is one.
   * @throws EndOfChannel when there will be none any more; ClosedResourceError when this subscriber is closed.
   */
  receive(): Coroutine<T> { return made(this.$receive(), 'subscriber.receive()') }

  private *$receive(): Coroutine<T> {
    this.$throwIfClosed()
    try {
      return this.$unpack(yield* this.$inbox.get())
    } catch (error) {
      if (!(error instanceof QueueShutDown)) throw error
      this.$throwIfClosed()
      throw new EndOfChannel('the broadcast is closed, and nothing is left of it')
    }
  }

  /** All values that come, until the broadcast is closed. */
  iterate(): StreamIterator<T> { return { next: () => this.$next() } }

  /** It gets nothing any more, and nobody waits for it. Closing twice does nothing. */
  close(): void {
    if (this.$closed) return
    this.$closed = true
    this.$inbox.shutdown(true)
    this.$from.$left(this)
  }

  *enter(): Coroutine<this> { return this }

  *exit(): Coroutine<void> { this.close() }

  toString(): string { return `<subscriber [waiting values:${this.$inbox.qsize()}, missed:${this.missed}]>` }

  /** @internal */
  get $isFull(): boolean { return this.$inbox.full() }

  /** @internal */
  $give(value: T, number: number): void { this.$inbox.putNowait({ value, number }) }

  /** @internal */
  $end(): void { this.$inbox.shutdown() }

  private $unpack({ value, number }: Numbered<T>): T {
    const missed = number - this.$expected
    this.$expected = number + 1
    if (missed > 0) this.$options.onMissed?.(missed)
    return value
  }

  private *$next(): Coroutine<IteratorResult<T>> {
    try {
      return { value: yield* this.receive(), done: false }
    } catch (error) {
      if (error instanceof EndOfChannel) return { value: undefined, done: true }
      throw error
    }
  }

  private $throwIfClosed(): void {
    if (this.$closed) throw new ClosedResourceError('this subscriber is closed')
  }
}
