import { endOrphansOfThread, threadLink } from '../link/thread-link.ts'
import { type NodeServices, servicesBy } from '../services.ts'
import { interruptibleSleep } from '../thread/interruptible-wait.ts'
import { thisThread } from '../thread/this-thread.ts'
import { ctrlC } from './ctrl-c.ts'
import { blockingSignals } from './signal-handlers.ts'

/** How a thread that blocks waits for input and output, and who serves it. */
export interface Waiting {
  readonly services: NodeServices
  /** Sleep until something comes in, at most for so many milliseconds; `null` for no limit. */
  sleep(timeout: number | null): void
  /** Take in what has come, without a wait. @returns whether anything has come. */
  poll(): boolean
  /** A loop was closed: end what its program has left open. */
  endOrphans(): void
}

/** The I/O thread serves everything, and wakes this one through shared memory. */
export const byThread: Waiting = {
  services: servicesBy(threadLink, blockingSignals),
  sleep(timeout) { thisThread.sleep(timeout, ctrlC.guarded ? undefined : interruptibleSleep) },
  poll: () => thisThread.poll(),
  endOrphans: endOrphansOfThread,
}
