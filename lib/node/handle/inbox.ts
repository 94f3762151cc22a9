import { BroadcastChannel, receiveMessageOnPort, threadId } from 'node:worker_threads'
import type { EventLoop } from '../../task/event-loop.ts'
import { wake } from '../thread/cells.ts'
import { type Source, thisThread } from '../thread/this-thread.ts'

/** The address of a thread, for letters from other threads. It can be sent to any thread. */
export interface InboxAddress {
  /** The name of the channel. */
  readonly channel: string
  /** The cells of the thread, by which it is woken. */
  readonly cells: Int32Array
}

/** A message to a loop, or the answer to one. */
export interface Letter {
  /** The number of the loop, or of the future that waits for the answer. */
  readonly to: number
  readonly content: unknown
}

/** Takes the letters that other threads send to the loops of this thread, and the answers to the letters of this thread. */
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

  /** Call `take` with each letter to a new number. @returns the number. */
  register(take: (content: unknown) => void): number {
    const number = this.next++
    this.takers.set(number, take)
    return number
  }

  forget(number: number): void { this.takers.delete(number) }

  /** The same for a loop, until it is closed. Then `closed` holds 1, and all threads can see it. */
  registerLoop(loop: EventLoop, closed: Int32Array, take: (content: unknown) => void): number {
    const number = this.register(take)
    this.loops.set(number, { loop, closed })
    this.keepAlive()
    return number
  }

  /** Forget the loops that are closed, and let other threads know. */
  noteClosed(): void {
    for (const [number, { loop, closed }] of this.loops) {
      if (!loop.isClosed()) continue
      Atomics.store(closed, 0, 1)
      this.loops.delete(number)
      this.takers.delete(number)
    }
    this.keepAlive()
  }

  /** Note that more answers are awaited, or fewer. */
  expectAnswers(change: number): void {
    this.awaited += change
    this.keepAlive()
  }

  // As a source of this thread

  take(): boolean {
    for (let got = receiveMessageOnPort(this.channel as never); got !== undefined; got = receiveMessageOnPort(this.channel as never)) {
      this.open(got.message as Letter)
    }
    return false
  }

  expects(): boolean { return this.loops.size > 0 || this.awaited > 0 }

  private open({ to, content }: Letter): void { this.takers.get(to)?.(content) }

  /** Keep a process that Node's event loop drives alive, as long as a letter may still come. */
  private keepAlive(): void {
    if (this.expects()) this.channel.ref()
    else this.channel.unref()
  }
}

let inbox: Inbox | null = null

/** The inbox of this thread. It is made when it is needed. */
export function myInbox(): Inbox { return inbox ??= new Inbox() }

/** A loop was closed. Let the threads that have its handle know. */
export function noteClosedLoop(): void { inbox?.noteClosed() }

const channels = new Map<string, BroadcastChannel>()

/** Send a letter to another thread, or to this one. @throws DataCloneError when its content cannot be copied. */
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
