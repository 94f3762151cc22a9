import { BroadcastChannel, receiveMessageOnPort, threadId } from 'node:worker_threads'
import type { EventLoop } from '../../task/event-loop.ts'
import { wake } from '../thread/cells.ts'
import { type Source, thisThread } from '../thread/this-thread.ts'

/** Where messages to a thread go. It may be given to any other thread. */
export interface InboxAddress {
  /** The name of the channel. */
  readonly channel: string
  /** Those of the thread. */
  readonly cells: Int32Array
}

/** A message for a loop, or an answer to one. */
export interface Letter {
  /** The number of the loop, or 0 for an answer. */
  readonly to: number
  readonly content: unknown
}

/** What comes from other threads for the loops of this one, and what they answer. */
class Inbox implements Source {
  private readonly name = `yieldfrom ${String(process.pid)} ${String(threadId)} ${String(Math.random())}`
  private readonly channel = new BroadcastChannel(this.name)
  private readonly takers = new Map<number, (content: unknown) => void>()
  private readonly loops = new Map<number, { readonly loop: EventLoop; readonly closed: Int32Array }>()
  private next = 1
  /** How many answers are awaited. */
  private awaited = 0

  constructor() {
    this.channel.onmessage = event => { this.open((event as { data: unknown }).data as Letter) }
    this.channel.unref()
    thisThread.add(this)
  }

  get address(): InboxAddress { return { channel: this.name, cells: thisThread.cells } }

  /** Somebody wants what is sent to a number. */
  register(take: (content: unknown) => void): number {
    const number = this.next++
    this.takers.set(number, take)
    return number
  }

  forget(number: number): void { this.takers.delete(number) }

  /** A loop can be reached by a number, until it is closed, which the cell says to all. */
  registerLoop(loop: EventLoop, closed: Int32Array, take: (content: unknown) => void): number {
    const number = this.register(take)
    this.loops.set(number, { loop, closed })
    this.keepAlive()
    return number
  }

  /** A loop was closed. */
  noteClosed(): void {
    for (const [number, { loop, closed }] of this.loops) {
      if (!loop.isClosed()) continue
      Atomics.store(closed, 0, 1)
      this.loops.delete(number)
      this.takers.delete(number)
    }
    this.keepAlive()
  }

  /** So many more answers are awaited, or less. */
  expectAnswers(change: number): void {
    this.awaited += change
    this.keepAlive()
  }

  // As a source of this thread

  take(): void {
    for (let got = receiveMessageOnPort(this.channel as never); got !== undefined; got = receiveMessageOnPort(this.channel as never)) {
      this.open(got.message as Letter)
    }
  }

  expects(): boolean { return this.loops.size > 0 || this.awaited > 0 }

  private open({ to, content }: Letter): void { this.takers.get(to)?.(content) }

  /** A process that Node's event loop drives lives as long as somebody may still write. */
  private keepAlive(): void {
    if (this.expects()) this.channel.ref()
    else this.channel.unref()
  }
}

let inbox: Inbox | null = null

/** That of this thread; made when it is needed. */
export function myInbox(): Inbox { return inbox ??= new Inbox() }

/** A loop was closed: those that have its handle are to know. */
export function noteClosedLoop(): void { inbox?.noteClosed() }

const channels = new Map<string, BroadcastChannel>()

/** Send a letter to another thread, or to this one. @throws DataCloneError for what cannot travel. */
export function send(address: InboxAddress, letter: Letter): void {
  let channel = channels.get(address.channel)
  if (channel === undefined) {
    channel = new BroadcastChannel(address.channel)
    channel.unref()
    channels.set(address.channel, channel)
  }
  channel.postMessage(letter)
  wake(address.cells)
}
