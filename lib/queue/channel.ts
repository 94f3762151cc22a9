import { checkedCount } from '../base/checked.ts'
import { ValueError } from '../base/errors.ts'
import { INSPECT } from '../base/inspect.ts'
import { Ring } from '../base/ring.ts'
import { BrokenResourceError, ClosedResourceError, EndOfChannel, WouldBlock } from '../base/sync-errors.ts'
import type { Coroutine } from '../generator/types.ts'
import type { ContextManager } from '../scope/use.ts'
import type { Stream, StreamIterator } from '../iteration/stream.ts'
import { type Cargo, ParkingLot, type Place } from '../sync/parking-lot.ts'

/**
 * A queue with two ends, each of which can be cloned and closed (trio's memory channel):
 * `const [sender, receiver] = channel<string>(10)`. When all senders are closed, the receivers come to an end; when all
 * receivers are, sending is an error.
 * @param size how many values wait in it before `send()` waits; with 0 each waits for a receiver. May be `Infinity`.
 * @throws ValueError when it is negative.
 */
export function channel<T>(size: number): [sender: Sender<T>, receiver: Receiver<T>] {
  checkedCount('channel()', size)
  if (!(size >= 0)) throw new ValueError('the size of a channel is not negative', { code: 'NEGATIVE' })
  const pipe = new Pipe<T>(size)
  return [new Sender(pipe), new Receiver(pipe)]
}

/** Somebody who waits at an end. */
interface Visitor extends Cargo {
  readonly end: { $left(visitor: Visitor): void }
  /** The end was closed meanwhile. */
  closed: boolean
}

/** A sender that waits, and its value. */
interface Offer<T> extends Visitor {
  readonly value: T
  taken: boolean
}

/** A receiver that waits, and the value that it is given. */
interface Wish<T> extends Visitor {
  granted: { readonly value: T } | null
}

/** What the two ends share. */
class Pipe<T> {
  private readonly buffer = new Ring<T>()
  /** What cancelled receivers gave back: it goes before the rest, in the same order. */
  private readonly returned = new Ring<T>()
  readonly sending = new ParkingLot(this)
  readonly receiving = new ParkingLot(this)
  senders = 0
  receivers = 0

  constructor(readonly size: number) {}

  /** Give a value to the first receiver that waits. */
  grant(value: T): boolean {
    const place = this.receiving.$unparkFirst()
    if (place !== null) (place.cargo as Wish<T>).granted = { value }
    return place !== null
  }

  /** How many values are in it. */
  get count(): number { return this.returned.size + this.buffer.size }

  put(value: T): void { this.buffer.push(value) }

  putBack(value: T): void { this.returned.push(value) }

  /** The next value, which is taken out; there must be one. */
  take(): T { return (this.returned.size > 0 ? this.returned : this.buffer).shift() }

  clear(): void {
    this.buffer.clear()
    this.returned.clear()
  }

  /** Before one is taken out: let in the value of the first sender that waits. */
  accept(): void {
    if (this.count > this.size) return // one was given back meanwhile
    const offer = this.sending.$unparkFirst()?.cargo as Offer<T> | undefined
    if (offer === undefined) return
    offer.taken = true
    this.put(offer.value)
  }

  /** Cancelled with a value in its hand, which the next one gets. */
  $gaveUp({ cargo }: Place): void {
    const visitor = cargo as Offer<T> | Wish<T>
    visitor.end.$left(visitor)
    if (!('granted' in visitor) || visitor.granted === null) return
    const { value } = visitor.granted
    if (!this.grant(value)) this.putBack(value)
  }

  toString(): string { return `<channel [${this.count}/${this.size}, senders:${this.senders}, receivers:${this.receivers}]>` }
}

/** What can be said of either end. */
abstract class End<T> {
  protected $closed = false
  /** Those who wait at this end. */
  private readonly $visitors = new Set<Visitor>()

  /** @internal */
  constructor(protected readonly $pipe: Pipe<T>) {}

  /** This end is not used any more. Closing twice does nothing. */
  close(): void {
    if (this.$closed) return
    this.$closed = true
    for (const visitor of this.$visitors) {
      const { lot } = visitor.place as Place
      visitor.closed = lot.$unparkOne(visitor.place as Place)
    }
    this.$hangUp()
  }

  *exit(): Coroutine<void> { this.close() }

  toString(): string { return `<${this.constructor.name}${this.$closed ? ' closed' : ''} of ${this.$pipe.toString()}>` }

  /** @internal */
  [INSPECT](): string { return this.toString() }

  /** A place to wait at, at this end. @internal */
  protected $place(lot: ParkingLot, visitor: Visitor): Place {
    this.$visitors.add(visitor)
    return lot.$place(visitor)
  }

  /** Somebody no longer waits at this end. @internal */
  $left(visitor: Visitor): void { this.$visitors.delete(visitor) }

  /** One end less. @internal */
  protected abstract $hangUp(): void

  /** @internal */
  protected $throwIfClosed(): void {
    if (this.$closed) throw closed()
  }
}

/** Where values go in. */
export class Sender<T> extends End<T> implements ContextManager<Sender<T>> {
  /** @internal */
  constructor(pipe: Pipe<T>) {
    super(pipe)
    pipe.senders++
  }

  /**
   * Send a value; wait until there is room, or a receiver.
   * @throws ClosedResourceError when this end is closed; BrokenResourceError when all receivers are.
   */
  *send(value: T): Coroutine<void> {
    if (this.$offer(value)) return
    const offer: Offer<T> = { end: this, place: null, closed: false, value, taken: false }
    yield* this.$place(this.$pipe.sending, offer)
    this.$left(offer)
    if (!offer.taken) throw offer.closed ? closed() : broken()
  }

  /** The same without waiting. @throws WouldBlock when there is no room. */
  sendNowait(value: T): void {
    if (!this.$offer(value)) throw new WouldBlock('the channel is full. Write yield* sender.send(value) to wait')
  }

  /** Another end like this, to be closed by itself. */
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

/** Where values come out. It is a stream of them. */
export class Receiver<T> extends End<T> implements ContextManager<Receiver<T>>, Stream<T> {
  /** @internal */
  constructor(pipe: Pipe<T>) {
    super(pipe)
    pipe.receivers++
  }

  /**
   * The next value; wait until there is one.
   * @throws EndOfChannel when there will be none any more; ClosedResourceError when this end is closed.
   */
  *receive(): Coroutine<T> {
    if (this.$isReady()) return this.$pipe.take()
    const wish: Wish<T> = { end: this, place: null, closed: false, granted: null }
    yield* this.$place(this.$pipe.receiving, wish)
    this.$left(wish)
    if (wish.granted !== null) return wish.granted.value
    if (wish.closed) throw closed()
    if (this.$pipe.count > 0) return this.$pipe.take() // somebody gave it back
    throw end()
  }

  /** The same without waiting. @throws WouldBlock when there is none. */
  receiveNowait(): T {
    if (this.$isReady()) return this.$pipe.take()
    throw new WouldBlock('the channel is empty. Write yield* receiver.receive() to wait')
  }

  /** Another end like this, to be closed by itself. */
  clone(): Receiver<T> {
    this.$throwIfClosed()
    return new Receiver(this.$pipe)
  }

  /** All values that come out here, until the end of the channel. */
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

function broken(): Error { return new BrokenResourceError('all receivers of the channel are closed: nobody would get it') }

function end(): Error { return new EndOfChannel('all senders of the channel are closed, and it is empty') }
