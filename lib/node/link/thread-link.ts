import { join } from 'node:path'
import { MessageChannel, Worker } from 'node:worker_threads'
import { RuntimeError } from '../../base/errors.ts'
import type { PortableError } from '../engine/portable-error.ts'
import { RUNG, RUNG_BACK, WANTS_RING } from '../thread/cells.ts'
import { files } from '../thread/files.ts'
import { Lifeline } from '../thread/lifeline.ts'
import { type Source, thisThread } from '../thread/this-thread.ts'
import { Channel } from './channel.ts'
import { Link } from './link.ts'
import { ringMemory } from './ring.ts'

/** How much may be under way in each direction, in bytes. */
const RING = 2 ** 21

/** For whom a message is that is about the thread itself. */
const THREAD = 0

/** The link to a second thread, in which Node's event loop serves what this one, which blocks, wants. */
export class ThreadLink extends Link implements Source {
  private readonly worker: Worker
  private readonly channel: Channel
  private readonly lifeline: Lifeline
  private isDead = false
  /** Things from which nothing is expected by itself. */
  private readonly quiet = new Set<number>()
  private jobs = 0

  constructor() {
    super()
    const { port1, port2 } = new MessageChannel()
    const [toThread, fromThread] = [ringMemory(RING), ringMemory(RING)]
    const { cells } = thisThread
    Atomics.store(cells, RUNG, 0)
    this.lifeline = new Lifeline(() => new Worker(join(files.folder, 'io-thread.js'), {
      workerData: { incoming: toThread, outgoing: fromThread, port: port2, cells }, transferList: [port2], stdin: false,
    }))
    this.worker = this.lifeline.worker
    this.channel = new Channel({ incoming: fromThread, outgoing: toThread, port: port1 }, {
      onBytes: (id, bytes) => { this.got(id, bytes) },
      onMessage: (id, message) => {
        const [event, value] = message as [string, unknown]
        if (id === THREAD) this.die(value as PortableError | null)
        else this.told(id, event, value)
      },
    }, () => { this.ring() })
    port1.unref()
    this.worker.on('message', () => { this.rungBack() })
    this.worker.on('error', error => { this.die(error as Error & PortableError) })
    this.worker.on('exit', () => { this.die(null) })
    this.worker.unref() // after the listeners, which take it back
    thisThread.add(this)
  }

  tell(id: number, verb: string, value?: unknown): void {
    this.channel.sendMessage(id, [verb, value])
    this.channel.flush()
  }

  write(id: number, bytes: Uint8Array): void { this.channel.sendBytes(id, bytes) }

  protected sendOpen(kind: string, id: number, options: unknown): void { this.tell(id, 'open', [kind, options]) }

  // As a source of this thread

  take(): void { this.channel.receive() }

  flush(): void { this.channel.flush() }

  expects(): boolean { return this.owners.size > this.quiet.size || this.jobs > 0 }

  check(): void { if (this.owners.size > 0 && !this.lifeline.isAlive()) this.die(null) }

  override isQuiet(id: number): void { this.quiet.add(id) }

  override drop(id: number): void {
    this.quiet.delete(id)
    super.drop(id)
  }

  /** So many jobs more are under way, or less. Meanwhile the process lives, and Node's event loop tells of what comes. */
  expectJobs(change: number): void {
    const before = this.jobs
    this.jobs += change
    if (before > 0 === this.jobs > 0) return
    Atomics.store(thisThread.cells, WANTS_RING, this.jobs > 0 ? 1 : 0)
    if (this.jobs > 0) this.worker.ref()
    else this.worker.unref()
  }

  private ring(): void {
    if (Atomics.exchange(thisThread.cells, RUNG, 1) === 0) this.worker.postMessage(0)
  }

  /** Node's event loop drives this thread, and something has come. */
  private rungBack(): void {
    Atomics.store(thisThread.cells, RUNG_BACK, 0)
    thisThread.poll()
  }

  private die(reason: PortableError | null): void {
    if (this.isDead) return
    this.isDead = true
    if (link === this) link = null
    thisThread.remove(this)
    this.worker.removeAllListeners()
    this.worker.on('error', () => undefined)
    const error = new IoThreadError(reason)
    const owners = Array.from(this.owners.values())
    this.owners.clear()
    for (const owner of owners) owner.onLost(error)
  }
}

/** The thread that does the input and output has died. */
export class IoThreadError extends RuntimeError {
  constructor(reason: PortableError | null) {
    super(`the thread that does the input and output has died${reason === null ? ', and did not say why: as when it is out of memory' : `: ${reason.message}`}. ` +
      'What it served is lost; what is opened from now on is served by a new one', { code: 'IO_THREAD_DIED', cause: reason })
  }
}

let link: ThreadLink | null = null

/** The link of this thread to its I/O thread, which is started when it is needed. */
export function threadLink(): ThreadLink { return link ??= new ThreadLink() }
