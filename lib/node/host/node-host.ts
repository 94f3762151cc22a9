import type { Host } from '../../loop/host.ts'
import { wake } from '../thread/cells.ts'
import { interruptibleWait } from '../thread/interruptible-wait.ts'
import { thisThread } from '../thread/this-thread.ts'
import { threadLink } from '../link/thread-link.ts'
import { servicesBy } from '../services.ts'
import { noteClosedLoop } from '../handle/inbox.ts'
import { blockingSignals } from './signal-handlers.ts'
import { interrupts } from './interrupts.ts'

const services = servicesBy(threadLink, blockingSignals)

/**
 * Real time and real input and output, in a thread that blocks: sockets and the like are served by a second thread, and
 * this one sleeps until there is something to do. The default of `run()` of `yieldfrom/node`.
 */
export class NodeHost implements Host {
  /** @internal */
  readonly $services = services

  now(): number { return performance.now() }

  wait(timeout: number | null): void {
    thisThread.sleep(timeout, interrupts.guarded ? undefined : interruptibleWait)
    interrupts.look()
  }

  poll(): void {
    if (thisThread.poll()) interrupts.look()
  }

  wake(): void { wake(thisThread.cells) }

  expects(): boolean { return thisThread.expects() || interrupts.expected }

  begin(): void { interrupts.begin() }

  end(): void { interrupts.end() }

  close(): void { noteClosedLoop() }

  onInterrupt(told: () => void): () => void { return interrupts.tell(told) }
}
