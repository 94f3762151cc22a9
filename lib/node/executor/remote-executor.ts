/// <reference lib="esnext.disposable" preserve="true" />
import { dispose } from '../../base/dispose.ts'
import { RuntimeError } from '../../base/errors.ts'
import { INSPECT } from '../../base/inspect.ts'
import { checkOptions } from '../../base/options.ts'
import type { Coroutine } from '../../generator/types.ts'
import type { PortableError } from '../io/portable-error.ts'
import type { ResourceUser } from '../link/link.ts'
import { type ThreadLink, threadLink } from '../link/thread-link.ts'
import { blockUntil } from './block-until.ts'
import { ConcurrentFuture } from './concurrent-future.ts'
import { BrokenExecutorError, type Executor, type ShutdownOptions } from './executor.ts'
import { type Work, portableCall } from './portable-call.ts'
import { systemError } from '../net/system-error.ts'
import { reviveError } from './revive-error.ts'
import type { Envelope } from './run-call.ts'

const MAP = { call: 'executor.map(f, items, { timeout: 1000 })', names: ['timeout'] }
const SHUTDOWN = { call: 'executor.shutdown({ cancelFutures: true })', names: ['wait', 'cancelFutures'] }

/** Runs functions by a resource in the I/O thread: a pool of workers, or a queue. */
export abstract class RemoteExecutor implements Executor, ResourceUser {
  private readonly $jobs = new Map<number, ConcurrentFuture>()
  private $link: ThreadLink | null = null
  private $id = -1
  private $next = 1
  private $isShutDown = false
  private $isOver = true

  /** @internal */
  protected constructor(private readonly $kind: string, private readonly $options: object, private readonly $mayStop: boolean) {}

  /** The message of the error when the worker of a job has died. @internal */
  protected abstract $died(message: string): string

  submit<A extends unknown[], T>(work: Work<A, T>, ...args: A): ConcurrentFuture<T> {
    if (this.$isShutDown) throw new RuntimeError('cannot schedule new futures after shutdown', { code: 'SHUT_DOWN' })
    const call = portableCall(work, args)
    const link = this.$begin()
    const id = this.$next++
    const future = new ConcurrentFuture<T>(() => { this.$cancel(id) }, this.$mayStop)
    this.$jobs.set(id, future as ConcurrentFuture)
    link.expectJobs(1)
    link.tell(this.$id, 'submit', { id, call })
    return future
  }

  *map<A, T>(work: Work<[A], T>, items: Iterable<A>, options: { readonly timeout?: number | null } = {}): IterableIterator<T> {
    checkOptions(options, MAP)
    const { timeout = null } = options
    const end = timeout === null ? null : performance.now() + timeout
    const futures = Array.from(items, item => this.submit(work, item))
    try {
      for (const future of futures) yield future.result(end === null ? null : Math.max(0, end - performance.now()))
    } finally {
      for (const future of futures) future.cancel()
    }
  }

  shutdown(options: ShutdownOptions = {}): void {
    checkOptions(options, SHUTDOWN)
    const { wait = true, cancelFutures = false } = options
    this.$beginShutdown(cancelFutures)
    if (wait) blockUntil(() => this.$isOver, null)
  }

  *enter(): Coroutine<this> { return this }

  *exit(): Coroutine<void> { this.shutdown() }

  /** For `using`: it is shut down at the end of the block. */
  [dispose](): void { this.shutdown() }

  /** How many jobs are under way. @internal */
  protected get $count(): number { return this.$jobs.size }

  /** Take no more work, and end when all jobs have ended. @internal */
  $beginShutdown(cancelFutures: boolean): void {
    if (cancelFutures) for (const future of this.$jobs.values()) future.cancel()
    if (this.$isShutDown) return
    this.$isShutDown = true
    if (!this.$isOver) this.$link?.tell(this.$id, 'shutdown')
  }

  /** Have all jobs ended after a shutdown, or has none ever been submitted? @internal */
  get $ended(): boolean { return this.$isOver }

  abstract toString(): string

  /** @internal */
  [INSPECT](): string { return this.toString() }

  // As the user of a resource

  /** @internal */
  $onReport(event: string, value: unknown): void {
    switch (event) {
      case 'started': this.$jobs.get(value as number)?.setRunningOrNotifyCancel(); break
      case 'result': this.$finished(value as [number, Envelope]); break
      case 'failed': this.$workerDied(value as [number, PortableError]); break
      case 'refused': this.$refused(value as [number, PortableError]); break
      case 'over':
        this.$isOver = true
        this.$link?.drop(this.$id)
    }
  }

  /** @internal */
  $onLost(error: Error): void {
    this.$isOver = true
    this.$link = null
    for (const id of Array.from(this.$jobs.keys())) this.$end(id, future => { future.setException(error) })
  }

  /** Open the resource at the first job. */
  private $begin(): ThreadLink {
    if (this.$link !== null) return this.$link
    const link = this.$link = threadLink()
    this.$isOver = false
    this.$id = link.open(this.$kind, this.$options, this)
    link.isQuiet(this.$id)
    return link
  }

  private $cancel(id: number): void {
    this.$link?.tell(this.$id, 'cancel', id)
    this.$forget(id)
  }

  private $finished([id, envelope]: [number, Envelope]): void {
    this.$end(id, future => {
      if ('error' in envelope) future.setException(reviveError(envelope.error))
      else future.setResult(envelope.value)
    })
  }

  private $workerDied([id, { message }]: [number, PortableError]): void {
    this.$end(id, future => { future.setException(new BrokenExecutorError(this.$died(message.split('\n')[0] ?? ''))) })
  }

  /** The queue has not taken the job. */
  private $refused([id, error]: [number, PortableError]): void { this.$end(id, future => { future.setException(systemError(error)) }) }

  private $end(id: number, settle: (future: ConcurrentFuture) => void): void {
    const future = this.$jobs.get(id)
    if (future === undefined) return
    this.$forget(id)
    settle(future)
  }

  private $forget(id: number): void {
    if (this.$jobs.delete(id)) this.$link?.expectJobs(-1)
  }
}
