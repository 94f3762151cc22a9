import { join } from 'node:path'
import { MessageChannel, Worker } from 'node:worker_threads'
import { ArgumentError, RuntimeError } from '../../base/errors.ts'
import { type RequestOptions, isPlainRequest } from '../io/http-request.ts'
import type { PortableError } from '../io/portable-error.ts'
import { RUNG, RUNG_BACK, WANTS_RING, wake } from '../thread/cells.ts'
import { programs } from '../thread/program-folder.ts'
import { Lifeline } from '../thread/lifeline.ts'
import { type Source, thisThread } from '../thread/this-thread.ts'
import { ABOUT_THE_THREAD, Channel } from './channel.ts'
import { Link } from './link.ts'
import { ringMemory } from './shared-ring.ts'

/** How many bytes may be under way in each direction. */
const RING = 2 ** 21

/**
 * How much this thread takes in before the loop has a turn. Thousands of connections may have sent something. So the answers to the
 * first go out while the others wait, and what the turn needs is still at hand.
 */
const MANY = 64

/** So long the process waits, when it ends, for bytes that were written just before, in milliseconds. */
const LINGER = 5000

/**
 * How much memory the I/O thread may fill with new objects, in megabytes. Nearly all of them are gone after one report, so it needs
 * a quarter of what Node gives to a thread.
 */
const YOUNG = 12

/** The link of a thread that blocks. The I/O side is in a second thread, where Node's event loop runs. */
export class ThreadLink extends Link implements Source {
  private readonly worker: Worker
  private readonly channel: Channel
  private readonly lifeline: Lifeline
  private isDead = false
  /** Resources that report nothing unless they get a command. */
  private readonly quiet = new Set<number>()
  /** Connections that were told to end when their loop was closed, and may still have something to send. */
  private readonly abandoned = new Set<number>()
  /** The process waits for these when it ends. */
  private lingers: object | null = null
  /** How many jobs of executors are under way. */
  private jobs = 0

  constructor() {
    super()
    const { port1, port2 } = new MessageChannel()
    const [toThread, fromThread] = [ringMemory(RING), ringMemory(RING)]
    const { cells } = thisThread
    Atomics.store(cells, RUNG, 0)
    this.lifeline = new Lifeline(() => new Worker(join(programs.folder, 'io-thread.js'), {
      workerData: { incoming: toThread, outgoing: fromThread, port: port2, cells }, transferList: [port2], stdin: false,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG },
    }))
    this.worker = this.lifeline.worker
    this.channel = new Channel({ incoming: fromThread, outgoing: toThread, port: port1 }, {
      onBytes: (id, bytes) => {
        this.received(id, bytes)
        return false
      },
      onMessage: (id, event, value) => {
        if (id === ABOUT_THE_THREAD) this.die(value as PortableError | null)
        else this.reported(id, event, value)
      },
    }, () => { this.ring() })
    port1.unref()
    this.worker.on('message', () => { this.rungBack() })
    this.worker.on('error', error => { this.die(error as Error & PortableError) })
    this.worker.on('exit', () => { this.die(null) })
    this.worker.unref() // after the listeners were added, because each of them undoes it
    thisThread.add(this)
  }

  tell(id: number, command: string, value?: unknown): void { this.send(id, command, value) }

  write(id: number, bytes: Uint8Array): void { this.channel.sendBytes(id, bytes) }

  protected sendOpen(kind: string, id: number, options: unknown): void {
    this.send(id, 'open', [kind, options], kind === 'http request' && isPlainRequest(options as RequestOptions))
  }

  private send(id: number, command: string, value: unknown, isText = false): void {
    try {
      this.channel.sendMessage(id, command, value, isText)
    } catch (error) {
      throw notSent(error as Error)
    }
    this.channel.flush()
  }

  // As a source of this thread

  take(): boolean {
    this.channel.receive(MANY)
    return !this.channel.isEmpty
  }

  flush(): void { this.channel.flush() }

  expects(): boolean { return this.users.size > this.quiet.size || this.jobs > 0 }

  check(): void { if (this.users.size > 0 && !this.lifeline.isAlive()) this.die(null) }

  /** What the program has written, and found no room, goes out now: this thread may never come back to it. */
  override endOrphans(): void {
    super.endOrphans()
    while (this.channel.keepsBack && !this.isDead) thisThread.sleep(null)
    if (this.abandoned.size > 0) this.lingers ??= process.once('beforeExit', () => { this.linger() })
  }

  /** The process is about to end, and the I/O thread with it. It gets some time to send what the program has written. */
  private linger(): void {
    this.lingers = null
    const end = performance.now() + LINGER
    for (let left = LINGER; left > 0 && this.abandoned.size > 0 && !this.isDead; left = end - performance.now()) thisThread.sleep(left)
  }

  override abandon(id: number): void {
    if (this.isDead) return
    this.abandoned.add(id)
    this.quiet.add(id)
    this.adopt(id, { $onReport: event => { if (event === 'closed') this.drop(id) }, $onLost: () => { this.drop(id) } })
  }

  override isQuiet(id: number): void { this.quiet.add(id) }

  override drop(id: number): void {
    this.abandoned.delete(id)
    this.quiet.delete(id)
    super.drop(id)
  }

  /**
   * Note that more jobs are under way, or fewer. While there are some, the process stays alive, and the I/O thread also wakes a
   * program that Node's event loop drives.
   */
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

  /** Something has come while Node's event loop drives this thread. */
  private rungBack(): void {
    Atomics.store(thisThread.cells, RUNG_BACK, 0)
    while (thisThread.poll()); // nobody polls again when something is left
  }

  private die(reason: PortableError | null): void {
    if (this.isDead) return
    this.isDead = true
    if (link === this) link = null
    thisThread.remove(this)
    this.worker.removeAllListeners()
    this.worker.on('error', () => undefined)
    const error = new IoThreadError(reason)
    const users = this.users.values()
    this.users.clear()
    for (const user of users) user.$onLost(error)
    wake(thisThread.cells) // the users got an error: a thread that sleeps has something to do
  }
}

/** An option holds a function, or something else that cannot be copied. */
function notSent(error: Error): Error {
  return new ArgumentError(`this cannot go to the thread that does the input and output: ${error.message} Give plain data, or let Node drive the loop: attach(loop)`,
    'NOT_PORTABLE')
}

/** The thread that does the input and output has died. */
export class IoThreadError extends RuntimeError {
  constructor(reason: PortableError | null) {
    super(`the thread that does the input and output has died${reason === null ? ', and did not say why: as when it is out of memory' : `: ${reason.message}`}. ` +
      'What it served is lost; what is opened from now on is served by a new one', { code: 'IO_THREAD_DIED', cause: reason })
  }
}

let link: ThreadLink | null = null

/** A loop of this thread was closed: end what its program has left open. */
export function endOrphansOfThread(): void { link?.endOrphans() }

/** The link of this thread to its I/O thread. The I/O thread is started when it is needed. */
export function threadLink(): ThreadLink { return link ??= new ThreadLink() }
