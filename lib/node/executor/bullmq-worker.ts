import { basename, extname, join, resolve } from 'node:path'
import type * as bullmq from 'bullmq'
import type * as workerpool from 'workerpool'
import { ArgumentError } from '../../base/errors.ts'
import { type PortableError, portable } from '../engine/portable-error.ts'
import type { Call } from '../engine/pools.ts'
import { type JobData, STOP, packed, unpacked } from '../engine/queues.ts'
import { load } from '../load.ts'
import { files } from '../thread/files.ts'
import { DEFAULT_CONNECTION, DEFAULT_QUEUE, type RedisOptions } from './bullmq-executor.ts'
import type { Envelope } from './run-call.ts'

/** The options of `serveJobs()`. */
export interface WorkerOptions {
  /** The name of the queue; `'yieldfrom'` by default. */
  readonly queue?: string
  /** Where Redis or Valkey is; `127.0.0.1:6379` by default. */
  readonly connection?: RedisOptions
  /** How many jobs run at a time, each in a thread of its own; one by default. */
  readonly concurrency?: number
  /** Run functions that travel as source, too. Whoever can write into the queue can then run any code here. */
  readonly allowSource?: boolean
  /** After so many milliseconds without a sign of life of a worker, its jobs are given to another one. */
  readonly lockDuration?: number
}

/** A worker that serves jobs. */
export interface WorkerHandle {
  /** Take no more jobs, let those that run end, then call `ended`. */
  close(ended: () => void): void
}

/** Serve the jobs of a queue with the exports of a module; `npx yieldfrom worker` does. @param module its path. */
export function serveJobs(module: string, options: WorkerOptions = {}): WorkerHandle {
  const { queue = DEFAULT_QUEUE, connection = DEFAULT_CONNECTION, concurrency = 1, allowSource = false, lockDuration = 30_000 } = options
  const path = resolve(module)
  const pool = (load('workerpool') as typeof workerpool).pool(join(files.folder, 'executor-worker.js'), { workerType: 'thread', maxWorkers: concurrency })
  const { QueueEvents, Worker } = load('bullmq') as typeof bullmq
  const redis = connection as bullmq.ConnectionOptions
  const process = (job: bullmq.Job<JobData>, _token?: string, signal?: AbortSignal): Promise<string> =>
    Promise.resolve(job.data.call).then(call => checkedCall(unpacked(call) as Call, path, allowSource)).then(call => {
      const running = pool.exec('run', [call])
      signal?.addEventListener('abort', () => { running.cancel() })
      return running as PromiseLike<Envelope>
    }).then(envelope => 'error' in envelope ? thrown(job, envelope.error) : packed(envelope.value),
      (error: unknown) => error instanceof ArgumentError ? thrown(job, portable(error)) : Promise.reject(error as Error))
  const worker = new Worker<JobData, string>(queue, process, {
    connection: { maxRetriesPerRequest: null, ...redis }, concurrency, lockDuration, stalledInterval: lockDuration,
  })
  const events = new QueueEvents(queue, { connection: redis })
  events.on<StopListener, typeof STOP>(STOP, ({ jobId }: { readonly jobId: string }) => { worker.cancelJob(jobId, 'cancelled') })
  const again = (): void => { /* it connects again */ }
  worker.on('error', again)
  events.on('error', again)
  return {
    close: ended => {
      worker.close().then(() => Promise.all([events.close(), Promise.resolve(pool.terminate())])).then(ended, ended)
    },
  }
}

interface StopListener extends bullmq.QueueEventsListener {
  readonly [STOP]: (event: { readonly jobId: string }, id: string) => void
}

/** The job remembers what was thrown, and BullMQ's rules say whether it is tried again. */
function thrown(job: bullmq.Job<JobData>, error: PortableError): Promise<never> {
  return job.updateData({ ...job.data, error }).then(() => { throw Object.assign(new Error(error.message), { name: error.name }) })
}

/** @throws TypeError for what is no export of the module. */
function checkedCall(call: Call, path: string, allowSource: boolean): Call {
  if ('source' in call) {
    if (allowSource) return call
    throw new ArgumentError("this worker runs exports of its module alone, and no source. Write { module, export }, or start it with --allow-source", 'NOT_ALLOWED')
  }
  if (nameOf(call.module) === nameOf(path)) return { ...call, module: path }
  throw new ArgumentError(`this worker serves ${basename(path)}, not ${call.module}`, 'NOT_SERVED')
}

function nameOf(path: string): string { return basename(path, extname(path)) }
