import { basename, extname, join, resolve } from 'node:path'
import type * as bullmq from 'bullmq'
import type * as workerpool from 'workerpool'
import { ArgumentError } from '../../base/errors.ts'
import { type PortableError, portableError } from '../io/portable-error.ts'
import type { Call } from '../io/worker-pool.ts'
import { type JobData, STOP, packed, unpacked } from '../io/bullmq-queue.ts'
import { load } from '../load.ts'
import { programs } from '../thread/program-folder.ts'
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
  /** Also run functions that were sent as source; false by default. Whoever can write into the queue can then run any code here. */
  readonly allowSource?: boolean
  /**
   * In milliseconds. When a worker gives no sign of life for this long, its jobs go to another worker. Half a minute by default.
   */
  readonly lockDuration?: number
}

/** A worker that serves jobs. */
export interface WorkerHandle {
  /** Take no more jobs. Let those that run end, but if Redis cannot be reached, end them at once. Then call `ended`. */
  close(ended: () => void): void
}

/**
 * Serve the jobs of a queue with the functions that a module exports. `npx yieldfrom worker` calls it.
 * @param module the path of the module.
 * @returns a handle that ends it.
 */
export function serveJobs(module: string, options: WorkerOptions = {}): WorkerHandle {
  const { queue = DEFAULT_QUEUE, connection = DEFAULT_CONNECTION, concurrency = 1, allowSource = false, lockDuration = 30_000 } = options
  const path = resolve(module)
  const pool = (load('workerpool') as typeof workerpool).pool(join(programs.folder, 'executor-worker.js'), { workerType: 'thread', maxWorkers: concurrency })
  const { QueueEvents, Worker } = load('bullmq') as typeof bullmq
  const redis = connection as bullmq.ConnectionOptions
  const process = (job: bullmq.Job<JobData>, _token?: string, signal?: AbortSignal): Promise<string> =>
    Promise.resolve(job.data.call).then(call => checkedCall(unpacked(call) as Call, path, allowSource)).then(call => {
      const running = pool.exec('run', [call])
      signal?.addEventListener('abort', () => { running.cancel() })
      return running as PromiseLike<Envelope>
    }).then(envelope => 'error' in envelope ? thrown(job, envelope.error) : packed(envelope.value),
      (error: unknown) => error instanceof ArgumentError ? thrown(job, portableError(error)) : Promise.reject(error as Error))
  const worker = new Worker<JobData, string>(queue, process, {
    connection: { maxRetriesPerRequest: null, ...redis }, concurrency, lockDuration, stalledInterval: lockDuration,
  })
  const events = new QueueEvents(queue, { connection: redis })
  events.on<StopListener, typeof STOP>(STOP, ({ jobId }: { readonly jobId: string }) => { worker.cancelJob(jobId, 'cancelled') })
  const ignore = (): void => { /* BullMQ connects again by itself */ }
  worker.on('error', ignore)
  events.on('error', ignore)
  let isReached = false
  worker.backend.on('ready', () => { isReached = true })
  worker.backend.on('close', () => { isReached = false })
  return {
    close: ended => {
      if (!isReached) { // nobody can be told how the jobs end, and close() would wait for that
        worker.close(true).catch(ignore)
        events.close().catch(ignore)
        Promise.resolve(pool.terminate(true)).then(ended, ended)
        return
      }
      worker.close().then(() => Promise.all([events.close(), Promise.resolve(pool.terminate())])).then(ended, ended)
    },
  }
}

interface StopListener extends bullmq.QueueEventsListener {
  readonly [STOP]: (event: { readonly jobId: string }, id: string) => void
}

/** Keep in the job what its function has thrown, and let the job fail. BullMQ then decides whether to try it again. */
function thrown(job: bullmq.Job<JobData>, error: PortableError): Promise<never> {
  return job.updateData({ ...job.data, error }).then(() => { throw Object.assign(new Error(error.message), { name: error.name }) })
}

/** The call, with the path of the module of this worker. @throws TypeError when this worker does not serve it. */
function checkedCall(call: Call, path: string, allowSource: boolean): Call {
  if ('source' in call) {
    if (allowSource) return call
    throw new ArgumentError('this worker runs only what its module exports, and no source. Write { module, export }, or start it with --allow-source', 'NOT_ALLOWED')
  }
  if (nameOf(call.module) === nameOf(path)) return { ...call, module: path }
  throw new ArgumentError(`this worker serves ${basename(path)}, not ${call.module}`, 'NOT_SERVED')
}

function nameOf(path: string): string { return basename(path, extname(path)) }
