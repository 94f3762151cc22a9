import { checkOptions } from '../base/options.ts'
import { checkedCount } from '../base/checked.ts'
import { ValueError } from '../base/errors.ts'
import { INSPECT } from '../base/inspect.ts'
import { ClosedResourceError, EndOfChannel, QueueShutDown, WouldBlock } from '../base/sync-errors.ts'
import { made } from '../generator/made.ts'
import { checkedPlain } from '../generator/plain-function.ts'
import type { Coroutine } from '../generator/types.ts'
import { refuseCoroutine } from '../generator/unrun.ts'
import type { Stream, StreamIterator } from '../iteration/stream.ts'
import type { ContextManager } from '../scope/use.ts'
import { ParkingLot, type Place } from '../sync/parking-lot.ts'
import { type Overflow, checkedOverflow } from './overflow.ts'
import { Queue } from './queue.ts'

/** The options of `broadcast()`. */
export interface BroadcastOptions {
  /** What happens to a value for which a subscriber has no room. By default the sender waits until all subscribers have room. */
  readonly overflow?: Overflow
}

/** The options of `subscribe()`. */
export interface SubscribeOptions {
  /** Is called with the number of values that the subscriber has missed, before it gets the next one, or the end. */
  readonly onMissed?: (count: number) => unknown
}

/** Figures about a broadcast at one moment. The names are those of a channel. */
export interface BroadcastStatistics {
  /** How many values wait for the subscriber that lags most. */
  readonly currentBufferUsed: number
  /** How many values can wait for each subscriber. */
  readonly maxBufferSize: number
  /** How many subscribers there are. */
  readonly openReceiveStreams: number
  /** How many tasks wait to send. */
  readonly tasksWaitingSend: number
}

/** Figures about a subscriber at one moment. The names are those of a channel. */
export interface SubscriberStatistics {
  /** How many values wait for the subscriber. */
  readonly currentBufferUsed: number
  /** How many values can wait for it. */
  readonly maxBufferSize: number
  /** How many tasks wait to receive. */
  readonly tasksWaitingReceive: number
  /** Values that the subscriber has missed, because it had no room for them. */
  readonly dropped: number
}

const BROADCAST = { call: "broadcast(10, { overflow: 'dropOldest' })", names: ['overflow'] }
const SUBSCRIBE = { call: 'news.subscribe({ onMissed: count => … })', names: ['onMissed'] }

/**
 * Make a channel whose values go to everybody who subscribes to it: `const news = broadcast<string>(10, { overflow: 'dropOldest'
 * })`. A subscriber gets the values that are sent after it has subscribed.
 * @param size how many values can wait for each subscriber; may be `Infinity`.
 * @param options.overflow what happens to a value for which a subscriber has no room.
 * @throws ValueError when the size is less than 1; TypeError when it is not a whole number, or when there is no such policy.
 */
export function broadcast<T>(size: number, options: BroadcastOptions = {}): Broadcast<T> {
  checkOptions(options, BROADCAST)
  checkedCount('broadcast()', size)
  if (!(size >= 1)) throw new ValueError('the size of a broadcast must be 1 or more: each subscriber needs room for a value', { code: 'NO_ROOM' })
  return new Broadcast<T>(size, checkedOverflow('broadcast()', options.overflow ?? 'wait'))
}

/** The end of a broadcast where values go in. `broadcast()` makes it. */
export class Broadcast<T> implements ContextManager<Broadcast<T>> {
  private readonly $subscribers = new Set<Subscriber<T>>()
  private readonly $senders: ParkingLot = new ParkingLot(this)
  private $closed = false
  /** How many values were sent. A subscriber finds out from it what it has missed. @internal */
  $sent = 0

  /** @internal */
  constructor(
    /** How many values are kept for each subscriber. */
    readonly size: number,
    private readonly $overflow: Overflow,
  ) {}

  /** How many subscribers there are. */
  get subscribers(): number { return this.$subscribers.size }

  /**
   * Make a subscriber, which gets everything that is sent from now on. Close it when nobody receives from it any more. `use()` does
   * that.
   * @throws ClosedResourceError when the broadcast is closed.
   */
  subscribe(options: SubscribeOptions = {}): Subscriber<T> {
    checkOptions(options, SUBSCRIBE)
    if (options.onMissed !== undefined) checkedPlain('subscribe({ onMissed })', options.onMissed)
    this.$throwIfClosed()
    const subscriber = new Subscriber<T>(this, this.$overflow, options)
    this.$subscribers.add(subscriber)
    return subscriber
  }

  /**
   * Send a value to all subscribers. With the policy `wait`, wait until all of them have room.
   * @returns how many subscribers there are.
   * @throws ClosedResourceError when the broadcast is closed; WouldBlock with the policy `error` when one has no room. Then no
   * subscriber gets the value.
   */
  send(value: T): Coroutine<number> { return made(this.$$send(value), 'broadcast.send(…)', arguments.length - 1) }

  private *$$send(value: T): Coroutine<number> {
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

  /** `send()` without waiting. @throws WouldBlock when a subscriber has no room, and the policy does not drop values. */
  sendNowait(value: T): number {
    this.$throwIfClosed()
    if (this.$isFull && (this.$overflow === 'wait' || this.$overflow === 'error')) {
      throw new WouldBlock('a subscriber has no room. Write yield* broadcast.send(value) to wait, or choose another overflow policy')
    }
    for (const subscriber of this.$subscribers) subscriber.$give(value, this.$sent)
    this.$sent++
    return this.subscribers
  }

  /** Send nothing any more. Subscribers get the values that wait for them, and then come to an end. Closing twice does nothing. */
  close(): void {
    this.$closed = true
    for (const subscriber of this.$subscribers) subscriber.$end()
    this.$senders.unparkAll()
  }

  *enter(): Coroutine<this> { return this }

  *exit(): Coroutine<void> { this.close() }

  /** Figures about the broadcast at this moment. */
  statistics(): BroadcastStatistics {
    let used = 0
    for (const subscriber of this.$subscribers) used = Math.max(used, subscriber.statistics().currentBufferUsed)
    return {
      currentBufferUsed: used, maxBufferSize: this.size, openReceiveStreams: this.subscribers, tasksWaitingSend: this.$senders.waiting,
    }
  }

  /** @internal */
  [INSPECT](): string { return this.toString() }

  toString(): string { return `<broadcast [subscribers:${this.subscribers}, waiting:${this.$senders.waiting}]>` }

  /** A sender gives up. If it was woken before, another one is woken instead. @internal */
  $gaveUp({ isReleased }: Place): void { if (isReleased) this.$wakeSender() }

  /** A subscriber has taken a value, or has left. So there may be room. @internal */
  $wakeSender(): void { if (this.$senders.waiting > 0 && !this.$isFull) this.$senders.unpark() }

  /** A subscriber is closed. So there may be room for a value now. @internal */
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

/** A value, and the number of values that were sent before it. */
interface Numbered<T> {
  readonly value: T
  readonly number: number
}

/** The queue of a subscriber. It tells the broadcast when a value is taken out. */
class Inbox<T> extends Queue<Numbered<T>> {
  constructor(size: number, overflow: Overflow, private readonly $onTaken: () => void) { super(size === Infinity ? 0 : size, { overflow }) }

  override getNowait(): Numbered<T> {
    const numbered = super.getNowait()
    this.$onTaken()
    return numbered
  }
}

/** The end of a broadcast where values come out. It is a stream of them. `use()` closes it. */
export class Subscriber<T> implements ContextManager<Subscriber<T>>, Stream<T> {
  private readonly $inbox: Inbox<T>
  private $closed = false
  /** The number that the next value has if none is missed. */
  private $expected: number

  /** @internal */
  constructor(private readonly $from: Broadcast<T>, overflow: Overflow, private readonly $options: SubscribeOptions) {
    this.$inbox = new Inbox<T>($from.size, overflow, () => { $from.$wakeSender() })
    this.$expected = $from.$sent
  }

  /** How many values this subscriber has missed, because it had no room for them. */
  get missed(): number { return this.$inbox.statistics().dropped }

  /**
   * Take the next value; wait until there is one.
   * @throws EndOfChannel when the broadcast is closed and no value is left; ClosedResourceError when this subscriber is closed.
   */
  receive(): Coroutine<T> { return made(this.$$receive(), 'subscriber.receive()', arguments.length) }

  private *$$receive(): Coroutine<T> {
    this.$throwIfClosed()
    try {
      return this.$unpack(yield* this.$inbox.get())
    } catch (error) {
      if (!(error instanceof QueueShutDown)) throw error
      this.$throwIfClosed()
      this.$countTo(this.$from.$sent) // the last values may have found no room
      throw new EndOfChannel('the broadcast is closed, and no value is left')
    }
  }

  /** All values that come, until the broadcast is closed: `yield* forEach(subscriber, …)`. */
  iterate(): StreamIterator<T> { return { next: () => this.$next() } }

  /** Receive nothing any more. Whoever waits in `receive()` gets a ClosedResourceError. Closing twice does nothing. */
  close(): void {
    if (this.$closed) return
    this.$closed = true
    this.$inbox.shutdown(true)
    this.$from.$left(this)
  }

  *enter(): Coroutine<this> { return this }

  *exit(): Coroutine<void> { this.close() }

  /** Figures about the subscriber at this moment. */
  statistics(): SubscriberStatistics {
    const { size, tasksWaitingGet, dropped } = this.$inbox.statistics()
    return { currentBufferUsed: size, maxBufferSize: this.$from.size, tasksWaitingReceive: tasksWaitingGet, dropped }
  }

  /** @internal */
  [INSPECT](): string { return this.toString() }

  toString(): string { return `<subscriber [waiting values:${this.$inbox.qsize()}, missed:${this.missed}]>` }

  /** Does this subscriber have no room for a value? @internal */
  get $isFull(): boolean { return this.$inbox.full() }

  /** Put a value into the queue of this subscriber, with its number. @internal */
  $give(value: T, number: number): void { this.$inbox.putNowait({ value, number }) }

  /** No more values will come. @internal */
  $end(): void { this.$inbox.shutdown() }

  private $unpack({ value, number }: Numbered<T>): T {
    this.$countTo(number, 1)
    return value
  }

  /** The next thing to come has this number. Tell how many values were missed before it. @param step 1 for a value, 0 for the end. */
  private $countTo(number: number, step = 0): void {
    const missed = number - this.$expected
    this.$expected = number + step
    if (missed > 0) refuseCoroutine(this.$options.onMissed?.(missed), 'onMissed()')
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
