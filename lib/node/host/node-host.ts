import type { Host } from '../../loop/host.ts'
import { wake } from '../thread/cells.ts'
import { interruptibleWait } from '../thread/interruptible-wait.ts'
import { thisThread } from '../thread/this-thread.ts'
import { interrupts } from './interrupts.ts'

/**
 * Real time and real input and output, in a thread that blocks: sockets and the like are served by a second thread, and
 * this one sleeps until there is something to do. The default of `run()` of `yieldfrom/node`.
 */
export class NodeHost implements Host {
  now(): number { return performance.now() }

  wait(timeout: number | null): void {
    thisThread.sleep(timeout, interrupts.guarded ? undefined : interruptibleWait)
    interrupts.look()
  }

  poll(): void {
    if (thisThread.poll()) interrupts.look()
  }

  wake(): void { wake(thisThread.cells) }

  expects(): boolean { return thisThread.expects() }

  begin(): void { interrupts.begin() }

  end(): void { interrupts.end() }

  onInterrupt(told: () => void): () => void { return interrupts.tell(told) }
}
