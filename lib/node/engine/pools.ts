import { join } from 'node:path'
import type * as workerpool from 'workerpool'
import { Ring as Queue } from '../../base/ring.ts'
import { load } from '../load.ts'
import { files } from '../thread/files.ts'
import { portable } from './portable-error.ts'
import type { Maker, Teller, Thing } from './thing.ts'

/** Which pool to make. */
export interface PoolOptions {
  readonly kind: 'thread' | 'process'
  readonly maxWorkers: number
}

/** A function that travels, and its arguments. */
export type Call =
  | { readonly module: string; readonly name: string; readonly args: readonly unknown[] }
  | { readonly source: string; readonly args: readonly unknown[] }

interface Job {
  readonly id: number
  readonly call: Call
}

/** A pool of workers: of each job is told that it has `started`, and its `result`, or that it `failed`. */
export const makePool: Maker = (options: PoolOptions, teller) => new PoolThing(options, teller)

class PoolThing implements Thing {
  private readonly pool: workerpool.Pool
  private readonly jobs = new Queue<Job>()
  private readonly cancelled = new Set<number>()
  private running = 0
  private isOver = false

  constructor(private readonly options: PoolOptions, private readonly teller: Teller) {
    const { kind, maxWorkers } = options
    this.pool = (load('workerpool') as typeof workerpool).pool(join(files.folder, 'executor-worker.js'), {
      workerType: kind, maxWorkers, ...kind === 'process' && { forkOpts: { serialization: 'advanced' } },
    })
  }

  do(verb: string, value: unknown): void {
    switch (verb) {
      case 'submit': this.jobs.push(value as Job); break
      case 'cancel': this.cancelled.add(value as number); break
      case 'shutdown': this.isOver = true
    }
    this.next()
  }

  private next(): void {
    while (this.running < this.options.maxWorkers && this.jobs.size > 0) {
      const job = this.jobs.shift()
      if (!this.cancelled.delete(job.id)) this.start(job)
    }
    if (!this.isOver || this.running > 0) return
    this.isOver = false
    this.pool.terminate(true).then(() => undefined, () => undefined)
    this.teller.tell('over')
    this.teller.over()
  }

  private start({ id, call }: Job): void {
    this.running++
    this.teller.tell('started', id)
    const end = (event: string, value: unknown): void => {
      this.running--
      this.cancelled.delete(id)
      this.teller.tell(event, [id, value])
      this.next()
    }
    this.pool.exec('run', [call]).then(
      (result: unknown) => { end('result', result) },
      (error: unknown) => { end('failed', portable(error)) },
    )
  }
}
