import { describe } from '../../base/describe.ts'
import { ValueError } from '../../base/errors.ts'
import { INSPECT } from '../../base/inspect.ts'
import { checkOptions, closest } from '../../base/options.ts'
import type { Host } from '../../loop/host.ts'
import { wake } from '../thread/cells.ts'
import { thisThread } from '../thread/this-thread.ts'
import type { NodeServices } from '../services.ts'
import { noteClosedLoop } from '../handle/inbox.ts'
import { byEpoll } from './by-epoll.ts'
import { ctrlC } from './ctrl-c.ts'
import { type Waiting, byThread } from './waiting.ts'

const NODE_HOST = { call: "new NodeHost({ poller: 'epoll' })", names: ['poller'] }
const POLLERS = ['thread', 'epoll']

/** The options of `new NodeHost()` and `new NodeEventLoopPolicy()`. */
export interface NodeHostOptions {
  /**
   * Who looks after plain connections by TCP, or by sockets in the file system: `'thread'`, the I/O thread, as for everything else; or
   * `'epoll'`, this thread itself, on Linux and with the package koffi.
   */
  readonly poller?: 'thread' | 'epoll'
}

/**
 * Real time and real input and output, in a thread that blocks. A second thread serves sockets, files and processes. This thread
 * sleeps until there is something to do. It is the default host of `run()` in `yieldfrom/node`.
 */
export class NodeHost implements Host {
  /** @internal */
  readonly $services: NodeServices
  /** @internal */
  readonly $insteadOfBlocking = 'let Node drive the loop: attach(loop)'
  private readonly $waiting: Waiting

  /** @throws ValueError for an unknown poller; RuntimeError when the system has no epoll, or koffi is not installed. */
  constructor(options: NodeHostOptions = {}) {
    this.$waiting = checkedPoller(options) === 'epoll' ? byEpoll() : byThread
    this.$services = this.$waiting.services
  }

  now(): number { return performance.now() }

  wait(timeout: number | null): void {
    this.$waiting.sleep(timeout)
    ctrlC.deliver()
  }

  poll(): void {
    if (this.$waiting.poll()) ctrlC.deliver()
  }

  wake(): void { wake(thisThread.cells) }

  expects(): boolean { return thisThread.expects() || ctrlC.hasHandlers }

  begin(): void { ctrlC.begin() }

  end(): void { ctrlC.end() }

  close(): void {
    noteClosedLoop()
    this.$waiting.endOrphans()
  }

  onInterrupt(listener: () => void): () => void { return ctrlC.listen(listener) }

  toString(): string { return '<NodeHost>' }

  /** @internal */
  [INSPECT](): string { return this.toString() }
}

/** @throws TypeError or ValueError when an option is wrong. */
export function checkedPoller(options: NodeHostOptions): 'thread' | 'epoll' {
  checkOptions(options, NODE_HOST)
  const poller: unknown = options.poller
  if (poller === undefined || poller === 'thread' || poller === 'epoll') return poller ?? 'thread'
  const meant = typeof poller === 'string' ? closest(poller, POLLERS) : null
  throw new ValueError(`the poller of a NodeHost is 'thread' or 'epoll', not ${describe(poller)}${meant === null ? '' : `. Did you mean '${meant}'?`}`,
    { code: 'BAD_POLLER' })
}
