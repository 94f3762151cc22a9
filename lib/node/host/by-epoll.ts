import { isMainThread } from 'node:worker_threads'
import { EpollLink } from '../epoll/epoll-link.ts'
import { C, loadLibc } from '../epoll/libc.ts'
import { endOrphansOfThread } from '../link/thread-link.ts'
import { type NodeServices, servicesBy } from '../services.ts'
import { NEWS, wokenBy } from '../thread/cells.ts'
import { waitInterruptibly } from '../thread/interruptible-wait.ts'
import { type Sleep, thisThread } from '../thread/this-thread.ts'
import { ctrlC } from './ctrl-c.ts'
import { blockingSignals } from './signal-handlers.ts'
import type { Waiting } from './waiting.ts'

/** While tasks are ready in each turn, sockets are looked at so often, in milliseconds. */
const LOOK_EVERY = 0.2

/** Until the guard is there, Ctrl-C is seen between waits that are not longer than this, in milliseconds. */
const UNGUARDED = 50

/** This thread serves plain connections by an epoll set, and sleeps in it. Other threads wake it by a descriptor in the set. */
class EpollWaiting implements Waiting {
  readonly services: NodeServices
  private readonly link: EpollLink
  private readonly asleep: Sleep
  private readonly asleepUnguarded: Sleep
  private lookedAt = 0

  constructor() {
    const libc = loadLibc()
    const link = this.link = new EpollLink(libc)
    this.services = servicesBy(() => link, blockingSignals)
    const bell = libc.eventfd(0, C.NONBLOCK | C.CLOEXEC)
    link.net.set.add(bell, { onEvents: () => undefined }, C.IN | C.EDGE) // it tells of each ring once, so nobody needs to read it
    const mark = wokenBy(bell)
    if (!isMainThread) process.once('exit', () => { this.close(bell) }) // descriptors belong to the process, which goes on
    this.asleep = { mark, wait: (cells, seen, ms) => { this.wait(cells, seen, ms) } }
    this.asleepUnguarded = {
      mark, wait: (cells, seen, ms) => { waitInterruptibly(cells, () => { this.wait(cells, seen, Math.min(ms, UNGUARDED)) }) },
    }
  }

  sleep(timeout: number | null): void { thisThread.sleep(timeout, ctrlC.guarded ? this.asleep : this.asleepUnguarded) }

  poll(): boolean {
    const now = performance.now()
    if (now - this.lookedAt >= LOOK_EVERY) {
      this.lookedAt = now
      this.link.net.set.wait(0)
    }
    return thisThread.poll()
  }

  endOrphans(): void {
    this.link.endOrphans()
    endOrphansOfThread()
  }

  private close(bell: number): void {
    const { net } = this.link
    net.libc.close(bell)
    net.set.close()
  }

  private wait(cells: Int32Array, seen: number, ms: number): void {
    if (Atomics.load(cells, NEWS) !== seen) return // it came before the thread could say that it sleeps
    if (this.link.net.set.wait(ms)) Atomics.add(cells, NEWS, 1)
  }
}

let waiting: EpollWaiting | null = null

/** @throws RuntimeError when the system has no epoll, or koffi is not installed. */
export function byEpoll(): Waiting { return waiting ??= new EpollWaiting() }
