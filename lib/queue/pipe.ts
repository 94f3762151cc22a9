import { Ring } from '../base/ring.ts'
import { WouldBlock } from '../base/sync-errors.ts'
import { isFatal } from '../base/task-errors.ts'
import { refuseCoroutine } from '../generator/unrun.ts'
import { running } from '../loop/loop.ts'
import { type Cargo, ParkingLot, type Place } from '../sync/parking-lot.ts'
import type { Overflow } from './overflow.ts'

/** The options of `channel()`. */
export interface ChannelOptions<T> {
  /** What happens to a value that is sent when there is neither room nor a receiver. The default is to wait. */
  readonly overflow?: Overflow
  /**
   * Is called with each value that nobody will receive. It was dropped because there was no room, or all receivers were closed, or
   * its sender was cancelled. If this function throws, the exception handler of the loop gets the error.
   */
  onUndelivered?(value: T): unknown
}

/** Figures about a channel at one moment. The names are those of anyio. */
export interface ChannelStatistics {
  /** How many values are in the channel. */
  readonly currentBufferUsed: number
  /** How many values it has room for. */
  readonly maxBufferSize: number
  /** How many senders are open. */
  readonly openSendStreams: number
  /** How many receivers are open. */
  readonly openReceiveStreams: number
  /** How many tasks wait to send. */
  readonly tasksWaitingSend: number
  /** How many tasks wait to receive. */
  readonly tasksWaitingReceive: number
  /** Values that were dropped because there was no room. */
  readonly dropped: number
}

/** Somebody who waits at an end. */
export interface Visitor extends Cargo {
  readonly end: { $left(visitor: Visitor): void }
  /** The end was closed during the wait. */
  closed: boolean
}

/** A sender that waits, with its value. */
export interface Offer<T> extends Visitor {
  readonly value: T
  taken: boolean
}

/** A receiver that waits, and the value that it is given. */
export interface Wish<T> extends Visitor {
  granted: { readonly value: T } | null
}

/** The part of a channel that its ends share. */
export class Pipe<T> {
  private readonly buffer = new Ring<T>()
  /** Values that cancelled receivers have given back. They go first, in the same order. */
  private readonly returned = new Ring<T>()
  readonly sending = new ParkingLot(this)
  readonly receiving = new ParkingLot(this)
  senders = 0
  receivers = 0

  dropped = 0

  constructor(readonly size: number, readonly overflow: Overflow, private readonly options: ChannelOptions<T>) {}

  /** Nobody will receive this value. */
  lose(value: T): void {
    try {
      const result = this.options.onUndelivered?.(value)
      refuseCoroutine(result, 'onUndelivered()')
    } catch (exception) {
      const { loop } = running
      if (loop === null || isFatal(exception)) throw exception
      loop.callExceptionHandler({ message: 'Exception in onUndelivered() of a channel', exception })
    }
  }

  /** There is no room for a value, and the policy is not to wait. @throws WouldBlock with the policy `error`. */
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

  /** Give a value to the receiver that has waited longest. @returns false when none waits. */
  grant(value: T): boolean {
    const place = this.receiving.$unparkFirst()
    if (place !== null) (place.cargo as Wish<T>).granted = { value }
    return place !== null
  }

  /** How many values are in the channel. */
  get count(): number { return this.returned.size + this.buffer.size }

  put(value: T): void { this.buffer.push(value) }

  /** A receiver was cancelled after it had got a value, and gives it back. */
  putBack(value: T): void { this.returned.push(value) }

  /** Take out the next value. There must be one. */
  take(): T { return (this.returned.size > 0 ? this.returned : this.buffer).shift() }

  /** All receivers are closed. Nobody will receive the values that are left. */
  clear(): void {
    const lost: T[] = []
    while (this.count > 0) lost.push(this.take())
    for (const value of lost) this.lose(value)
  }

  /** A value is about to be taken out. Let in the value of the sender that has waited longest. */
  accept(): void {
    if (this.count > this.size) return // a value was given back meanwhile, so the channel is more than full
    const offer = this.sending.$unparkFirst()?.cargo as Offer<T> | undefined
    if (offer === undefined) return
    offer.taken = true
    this.put(offer.value)
  }

  /** Somebody who waited was cancelled. If it has got a value already, the next receiver gets that. */
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
