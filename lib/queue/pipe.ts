import { Ring } from '../base/ring.ts'
import { WouldBlock } from '../base/sync-errors.ts'
import { isFatal } from '../base/task-errors.ts'
import { running } from '../loop/loop.ts'
import { type Cargo, ParkingLot, type Place } from '../sync/parking-lot.ts'
import type { Overflow } from './overflow.ts'

export interface ChannelOptions<T> {
  /** What becomes of a value that is sent when there is no room, and no receiver. */
  readonly overflow?: Overflow
  /**
   * Is given each value that was sent, or was to be, and that nobody will receive: it was dropped because there was no room, all
   * receivers are closed, or its sender was cancelled. What it throws is reported to the exception handler of the loop.
   */
  onUndelivered?(value: T): unknown
}

/** What can be said of a channel at one moment (anyio's). */
export interface ChannelStatistics {
  readonly currentBufferUsed: number
  readonly maxBufferSize: number
  readonly openSendStreams: number
  readonly openReceiveStreams: number
  readonly tasksWaitingSend: number
  readonly tasksWaitingReceive: number
  /** Values that were dropped because there was no room. */
  readonly dropped: number
}

/** Somebody who waits at an end. */
export interface Visitor extends Cargo {
  readonly end: { $left(visitor: Visitor): void }
  /** The end was closed meanwhile. */
  closed: boolean
}

/** A sender that waits, and its value. */
export interface Offer<T> extends Visitor {
  readonly value: T
  taken: boolean
}

/** A receiver that waits, and the value that it is given. */
export interface Wish<T> extends Visitor {
  granted: { readonly value: T } | null
}

/** What the two ends share. */
export class Pipe<T> {
  private readonly buffer = new Ring<T>()
  /** What cancelled receivers gave back: it goes before the rest, in the same order. */
  private readonly returned = new Ring<T>()
  readonly sending = new ParkingLot(this)
  readonly receiving = new ParkingLot(this)
  senders = 0
  receivers = 0

  dropped = 0

  constructor(readonly size: number, readonly overflow: Overflow, private readonly options: ChannelOptions<T>) {}

  /** Nobody will receive it. */
  lose(value: T): void {
    try {
      this.options.onUndelivered?.(value)
    } catch (exception) {
      const { loop } = running
      if (loop === null || isFatal(exception)) throw exception
      loop.callExceptionHandler({ message: 'Exception in onUndelivered() of a channel', exception })
    }
  }

  /** There is no room, and the policy is not to wait. @throws WouldBlock by the policy `error`. */
  overflows(value: T): void {
    if (this.overflow === 'error') {
      this.lose(value)
      throw full()
    }
    this.dropped++
    if (this.overflow === 'dropNewest') {
      this.lose(value)
    } else {
      const oldest = this.take()
      this.put(value)
      this.lose(oldest)
    }
  }

  statistics(): ChannelStatistics {
    return {
      currentBufferUsed: this.count,
      maxBufferSize: this.size,
      openSendStreams: this.senders,
      openReceiveStreams: this.receivers,
      tasksWaitingSend: this.sending.waiting,
      tasksWaitingReceive: this.receiving.waiting,
      dropped: this.dropped,
    }
  }

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
    const lost: T[] = []
    while (this.count > 0) lost.push(this.take())
    for (const value of lost) this.lose(value)
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
    if (!('granted' in visitor)) {
      if (!visitor.taken) this.lose(visitor.value)
    } else if (visitor.granted !== null) {
      const { value } = visitor.granted
      if (this.receivers === 0) this.lose(value)
      else if (!this.grant(value)) this.putBack(value)
    }
  }

  toString(): string { return `<channel [${this.count}/${this.size}, senders:${this.senders}, receivers:${this.receivers}]>` }
}

export function full(): Error { return new WouldBlock('the channel is full. Write yield* sender.send(value) to wait') }
