import { join } from 'node:path'
import type * as workerpool from 'workerpool'
import { Ring } from '../../base/ring.ts'
import { load } from '../load.ts'
import { programs } from '../thread/program-folder.ts'
import { portableError } from './portable-error.ts'
import type { Maker, Reporter, Resource } from './resource.ts'

/** Which pool to make. */
export interface PoolOptions {
  readonly kind: 'thread' | 'process'
  readonly maxWorkers: number
}

/** A function that runs in another thread or process, and its arguments. */
export type Call =
  | { readonly module: string; readonly name: string; readonly args: readonly unknown[] }
  | { readonly source: string; readonly args: readonly unknown[] }

interface Job {
  readonly id: number
  readonly call: Call
}

/** A pool of workers. It reports of each job that it has `started`, and then its `result`, or that it `failed`. */
export const makePool: Maker = (options: PoolOptions, reporter) => new PoolResource(options, reporter)

class PoolResource implements Resource {
  private readonly pool: workerpool.Pool
  private readonly jobs = new Ring<Job>()
  private readonly cancelled = new Set<number>()
  private running = 0
  private isShutDown = false

  constructor(private readonly options: PoolOptions, private readonly reporter: Reporter) {
    const { kind, maxWorkers } = options
    this.pool = (load('workerpool') as typeof workerpool).pool(join(programs.folder, 'executor-worker.js'), {
      workerType: kind, maxWorkers, ...kind === 'process' && { forkOpts: { serialization: 'advanced' } },
    })
  }

  do(command: string, value: unknown): void {
    switch (command) {
      case 'submit': this.jobs.push(value as Job); break
      case 'cancel': this.cancelled.add(value as number); break
      case 'shutdown': this.isShutDown = true
    }
    this.startNext()
    this.endIfOver()
  }

  private startNext(): void {
    while (this.running < this.options.maxWorkers && this.jobs.size > 0) {
      const job = this.jobs.shift()
      if (!this.cancelled.delete(job.id)) this.start(job)
    }
  }

  private endIfOver(): void {
    if (!this.isShutDown || this.running > 0) return
    this.isShutDown = false
    this.pool.terminate(true).then(() => undefined, () => undefined)
    this.reporter.report('over')
    this.reporter.ended()
  }

  private start({ id, call }: Job): void {
    this.running++
    this.reporter.report('started', id)
    const end = (event: string, value: unknown): void => {
      this.running--
      this.cancelled.delete(id)
      this.reporter.report(event, [id, value])
      this.startNext()
      this.endIfOver()
    }
    this.pool.exec('run', [call]).then(
      (result: unknown) => { end('result', result) },
      (error: unknown) => { end('failed', portableError(error)) },
    )
  }
}
