import { checkedCount } from '../base/checked.ts'
import { describe } from '../base/describe.ts'
import { ArgumentError, ValueError } from '../base/errors.ts'
import { INSPECT } from '../base/inspect.ts'
import { checkOptions } from '../base/options.ts'
import { BrokenResourceError, ClosedResourceError, EndOfChannel, WouldBlock } from '../base/sync-errors.ts'
import { made } from '../generator/made.ts'
import { refuseGeneratorFunction } from '../generator/plain-function.ts'
import type { Coroutine } from '../generator/types.ts'
import type { ContextManager } from '../scope/use.ts'
import type { Stream, StreamIterator } from '../iteration/stream.ts'
import type { ParkingLot, Place } from '../sync/parking-lot.ts'
import { checkedOverflow } from './overflow.ts'
import { type ChannelOptions, type ChannelStatistics, type Offer, Pipe, type Visitor, type Wish, full } from './pipe.ts'

const CHANNEL = { call: "channel(10, { overflow: 'dropOldest' })", names: ['overflow', 'onUndelivered'] }

/**
 * Make a queue with two ends: `const [sender, receiver] = channel<string>(10)`. Each end can be cloned and closed. When all senders
 * are closed, the receivers come to an end. When all receivers are closed, sending is an error. It is trio's memory channel.
 * @param size how many values can wait in the channel before `send()` waits; may be `Infinity`. With 0, each `send()` waits for a
 * receiver.
 * @param options.overflow what happens to a value for which there is no room.
 * @param options.onUndelivered is called with each value that nobody will receive.
 * @throws ValueError when the size is negative, or 0 with `dropOldest`; TypeError when it is not a whole number, or when an option
 * is wrong.
 */
export function channel<T>(size: number, options: ChannelOptions<T> = {}): [sender: Sender<T>, receiver: Receiver<T>] {
  checkOptions(options, CHANNEL)
  checkedCount('channel()', size)
  if (!(size >= 0)) throw new ValueError('the size of a channel must not be negative', { code: 'NEGATIVE' })
  const { overflow = 'wait' } = options
  const { onUndelivered: told } = options as { readonly onUndelivered?: unknown }
  refuseGeneratorFunction('onUndelivered', told)
  if (told !== undefined && typeof told !== 'function') {
    throw new ArgumentError(`channel() takes { onUndelivered: value => … }, not ${describe(told)}`, 'NOT_CALLABLE')
  }
  if (overflow === 'dropOldest' && size === 0) {
    throw new ValueError("a channel of size 0 has no oldest value to drop. Write channel(1, { overflow: 'dropOldest' })", { code: 'NO_ROOM' })
  }
  const pipe = new Pipe<T>(size, checkedOverflow('channel()', overflow), options)
  return [new Sender(pipe), new Receiver(pipe)]
}

/** What both ends of a channel have. */
abstract class End<T> {
  protected $closed = false
  /** Those who wait at this end. */
  private readonly $visitors = new Set<Visitor>()

  /** @internal */
  constructor(protected readonly $pipe: Pipe<T>) {}

  /** Figures about the channel at this moment. */
  statistics(): ChannelStatistics { return this.$pipe.statistics() }

  /** Close this end. Whoever waits at it gets a ClosedResourceError. Closing twice does nothing. */
  close(): void {
    if (this.$closed) return
    this.$closed = true
    for (const visitor of this.$visitors) {
      const { lot } = visitor.place as Place
      visitor.closed = lot.$unparkOne(visitor.place as Place)
    }
    this.$hangUp()
  }

  /** The block ends, and this end is closed. */
  *exit(): Coroutine<void> { this.close() }

  /** @returns the state of this end and of the channel, in words. */
  toString(): string { return `<${this.constructor.name}${this.$closed ? ' closed' : ''} of ${this.$pipe.toString()}>` }

  /** @internal */
  [INSPECT](): string { return this.toString() }

  /** Make a place to wait at, at this end. @internal */
  protected $place(lot: ParkingLot, visitor: Visitor): Place {
    this.$visitors.add(visitor)
    return lot.$place(visitor)
  }

  /** Somebody no longer waits at this end. @internal */
  $left(visitor: Visitor): void { this.$visitors.delete(visitor) }

  /** The channel has one open end less. @internal */
  protected abstract $hangUp(): void

  /** @internal */
  protected $throwIfClosed(): void {
    if (this.$closed) throw closed()
  }
}

/** The end of a channel where values go in. */
export class Sender<T> extends End<T> implements ContextManager<Sender<T>> {
  /** @internal */
  constructor(pipe: Pipe<T>) {
    super(pipe)
    pipe.senders++
  }

  /**
   * Send a value; wait until there is room, or a receiver. With another policy than `wait` it never waits.
   * @throws ClosedResourceError when this end is closed; BrokenResourceError when all receivers are closed; WouldBlock with the
   * policy `error` when there is no room.
   */
  send(value: T): Coroutine<void> { return made(this.$$send(value), 'sender.send(…)', arguments.length - 1) }

  private *$$send(value: T): Coroutine<void> {
    const pipe = this.$pipe
    try {
      if (this.$offer(value)) return
    } catch (error) {
      pipe.lose(value)
      throw error
    }
    if (pipe.overflow !== 'wait') {
      pipe.overflows(value)
      return
    }
    const offer: Offer<T> = { end: this, place: null, closed: false, value, taken: false }
    yield* this.$place(pipe.sending, offer)
    this.$left(offer)
    if (offer.taken) return
    pipe.lose(value)
    throw offer.closed ? closed() : broken()
  }

  /**
   * `send()` without waiting. @throws WouldBlock when there is no room, and the policy does not drop values; the other errors of
   * `send()`.
   */
  sendNowait(value: T): void {
    if (this.$offer(value)) return
    if (this.$pipe.overflow === 'wait' || this.$pipe.overflow === 'error') throw full()
    this.$pipe.overflows(value)
  }

  /** Make another sender of the same channel, which is closed by itself. @throws ClosedResourceError when this end is closed. */
  clone(): Sender<T> {
    this.$throwIfClosed()
    return new Sender(this.$pipe)
  }

  *enter(): Coroutine<this> { return this }

  private $offer(value: T): boolean {
    const pipe = this.$pipe
    this.$throwIfClosed()
    if (pipe.receivers === 0) throw broken()
    if (pipe.grant(value)) return true
    if (pipe.count >= pipe.size) return false
    pipe.put(value)
    return true
  }

  /** @internal */
  protected $hangUp(): void {
    const pipe = this.$pipe
    if (--pipe.senders === 0) pipe.receiving.unparkAll()
  }
}

/** The end of a channel where values come out. It is a stream of them. */
export class Receiver<T> extends End<T> implements ContextManager<Receiver<T>>, Stream<T> {
  /** @internal */
  constructor(pipe: Pipe<T>) {
    super(pipe)
    pipe.receivers++
  }

  /**
   * Take the next value; wait until there is one.
   * @throws EndOfChannel when all senders are closed and no value is left; ClosedResourceError when this end is closed.
   */
  receive(): Coroutine<T> { return made(this.$$receive(), 'receiver.receive()', arguments.length) }

  private *$$receive(): Coroutine<T> {
    if (this.$isReady()) return this.$pipe.take()
    const wish: Wish<T> = { end: this, place: null, closed: false, granted: null }
    yield* this.$place(this.$pipe.receiving, wish)
    this.$left(wish)
    if (wish.granted !== null) return wish.granted.value
    if (wish.closed) throw closed()
    if (this.$pipe.count > 0) return this.$pipe.take() // a receiver that was cancelled has given its value back
    throw end()
  }

  /** `receive()` without waiting. @throws WouldBlock when there is no value; the errors of `receive()`. */
  receiveNowait(): T {
    if (this.$isReady()) return this.$pipe.take()
    throw new WouldBlock('the channel is empty. Write yield* receiver.receive() to wait')
  }

  /** Make another receiver of the same channel, which is closed by itself. @throws ClosedResourceError when this end is closed. */
  clone(): Receiver<T> {
    this.$throwIfClosed()
    return new Receiver(this.$pipe)
  }

  /** All values that come out here, until the end of the channel: `yield* forEach(receiver, …)`. */
  iterate(): StreamIterator<T> { return { next: () => this.$next() } }

  *enter(): Coroutine<this> { return this }

  /** Is there a value? @throws EndOfChannel when there will be none. */
  private $isReady(): boolean {
    const pipe = this.$pipe
    this.$throwIfClosed()
    pipe.accept()
    if (pipe.count > 0) return true
    if (pipe.senders === 0) throw end()
    return false
  }

  private *$next(): Coroutine<IteratorResult<T>> {
    try {
      return { value: yield* this.receive(), done: false }
    } catch (error) {
      if (error instanceof EndOfChannel) return { value: undefined, done: true }
      throw error
    }
  }

  /** @internal */
  protected $hangUp(): void {
    const pipe = this.$pipe
    if (--pipe.receivers > 0) return
    pipe.clear()
    pipe.sending.unparkAll()
  }
}

function closed(): Error { return new ClosedResourceError('this end of the channel is closed') }

function broken(): Error { return new BrokenResourceError('all receivers of the channel are closed: nobody would receive the value') }

function end(): Error { return new EndOfChannel('all senders of the channel are closed, and it is empty') }
