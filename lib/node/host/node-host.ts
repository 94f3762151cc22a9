import { INSPECT } from '../../base/inspect.ts'
import type { Host } from '../../loop/host.ts'
import { wake } from '../thread/cells.ts'
import { interruptibleWait } from '../thread/interruptible-wait.ts'
import { thisThread } from '../thread/this-thread.ts'
import { endOrphansOfThread, threadLink } from '../link/thread-link.ts'
import { servicesBy } from '../services.ts'
import { noteClosedLoop } from '../handle/inbox.ts'
import { blockingSignals } from './signal-handlers.ts'
import { ctrlC } from './ctrl-c.ts'

const services = servicesBy(threadLink, blockingSignals)

/**
 * Real time and real input and output, in a thread that blocks. A second thread serves sockets, files and processes. This thread
 * sleeps until there is something to do. It is the default host of `run()` in `yieldfrom/node`.
 */
export class NodeHost implements Host {
  /** @internal */
  readonly $services = services
  /** @internal */
  readonly $insteadOfBlocking = 'let Node drive the loop: attach(loop)'

  now(): number { return performance.now() }

  wait(timeout: number | null): void {
    thisThread.sleep(timeout, ctrlC.guarded ? undefined : interruptibleWait)
    ctrlC.deliver()
  }

  poll(): void {
    if (thisThread.poll()) ctrlC.deliver()
  }

  wake(): void { wake(thisThread.cells) }

  expects(): boolean { return thisThread.expects() || ctrlC.hasHandlers }

  begin(): void { ctrlC.begin() }

  end(): void { ctrlC.end() }

  close(): void {
    noteClosedLoop()
    endOrphansOfThread()
  }

  onInterrupt(listener: () => void): () => void { return ctrlC.listen(listener) }

  toString(): string { return '<NodeHost>' }

  /** @internal */
  [INSPECT](): string { return this.toString() }
}
