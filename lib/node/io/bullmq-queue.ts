import { deserialize, serialize } from 'node:v8'
import type * as bullmq from 'bullmq'
import { load } from '../load.ts'
import type { Call } from './worker-pool.ts'
import { type PortableError, portableError } from './portable-error.ts'
import type { Maker, Reporter, Resource } from './resource.ts'

/** Which queue, and where. */
export interface QueueOptions {
  readonly queue: string
  readonly connection: bullmq.ConnectionOptions
  /** How often a job is tried, when its function throws. */
  readonly attempts: number
  /** Identifies the executor. Two executors may use the same numbers for their jobs. */
  readonly sender: string
}

/** What a job carries. BullMQ keeps JSON, and a call is more than that, so it is packed. */
export interface JobData {
  readonly call: string
  /** What the function of the job has thrown. */
  readonly error?: PortableError
}

export function packed(value: unknown): string { return serialize(value).toString('base64') }

export function unpacked(text: string): unknown { return deserialize(Buffer.from(text, 'base64')) }

/** The name of the event that stops a running job. */
export const STOP = 'stop'

/** For how long Redis keeps a job that has ended, in seconds. */
const KEEP_FOR = 3_600
/** The time between two looks for events that were missed, in milliseconds. */
const LOOK_EVERY = 5_000
/** How long connections may take to close, in milliseconds. A connection that was never made would take for ever. */
const CLOSE_WITHIN = 2_000
/** How often a command to Redis is tried again when there is no connection. */
const RETRIES = 3

/** A queue of jobs for workers on other machines. It reports of each job that it has `started`, and then its `result`; or that it `failed`, or was `refused`. */
export const makeQueue: Maker = (options: QueueOptions, reporter) => new QueueResource(options, reporter)

class QueueResource implements Resource {
  private readonly queue: bullmq.Queue<JobData>
  private readonly events: bullmq.QueueEvents
  private readonly producer: bullmq.QueueEventsProducer
  /** The jobs that have not ended. Each promise is fulfilled when the job was added to the queue. */
  private readonly jobs = new Map<string, Promise<bullmq.Job<JobData>>>()
  /** The jobs that are still on their way to the queue. */
  private readonly unsent = new Set<string>()
  private readonly looking: NodeJS.Timeout
  private problem: Error | null = null
  private isShutDown = false

  constructor(private readonly options: QueueOptions, private readonly reporter: Reporter) {
    const { Queue, QueueEvents, QueueEventsProducer } = load('bullmq') as typeof bullmq
    const { queue } = options
    const connection = typeof options.connection === 'object' ? { maxRetriesPerRequest: RETRIES, ...options.connection } : options.connection
    this.queue = new Queue<JobData>(queue, { connection })
    this.producer = new QueueEventsProducer(queue, { connection })
    this.events = new QueueEvents(queue, { connection: options.connection })
    const failed = (error: Error): void => { this.problem = error }
    this.queue.on('error', failed)
    this.producer.on('error', failed)
    this.events.on('error', failed)
    this.events.on('active', ({ jobId }) => { if (this.jobs.has(jobId)) reporter.report('started', numberOf(jobId)) })
    this.events.on('completed', ({ jobId, returnvalue }: { jobId: string; returnvalue: unknown }) => { this.completed(jobId, String(returnvalue)) })
    this.events.on('failed', ({ jobId, failedReason }) => { this.failed(jobId, failedReason) })
    this.events.waitUntilReady().catch(failed)
    this.looking = setInterval(() => { this.lookForAll() }, LOOK_EVERY)
  }

  do(command: string, value: unknown): void {
    switch (command) {
      case 'submit': this.submit(value as { readonly id: number; readonly call: Call }); break
      case 'cancel': this.cancel(value as number); break
      case 'shutdown':
        this.isShutDown = true
        this.endIfOver()
    }
  }

  private submit({ id, call }: { readonly id: number; readonly call: Call }): void {
    const jobId = `${this.options.sender}-${id}`
    const name = 'source' in call ? 'function' : call.name
    const added = this.queue.add(name, { call: packed(call) }, {
      jobId, attempts: this.options.attempts, removeOnComplete: { age: KEEP_FOR }, removeOnFail: { age: KEEP_FOR },
    })
    this.jobs.set(jobId, added)
    this.unsent.add(jobId)
    added.then(job => {
      this.problem = null
      this.unsent.delete(jobId)
      if (!this.jobs.has(jobId)) job.remove().catch(() => undefined) // it was cancelled meanwhile
    }, (error: unknown) => { this.refuse(jobId, this.problem ?? error) })
  }

  /** Remove a job that waits. Stop a job that runs. */
  private cancel(id: number): void {
    const jobId = `${this.options.sender}-${id}`
    this.jobs.get(jobId)?.then(job => job.remove().catch(() => this.producer.publishEvent({ eventName: STOP, jobId })))
      .catch(() => undefined).finally(() => { this.end(jobId) })
  }

  private completed(jobId: string, result: string): void {
    if (this.end(jobId)) this.reporter.report('result', [numberOf(jobId), { value: unpacked(result) }])
  }

  /** A job has failed. If its function has thrown, the job holds the error. Otherwise its worker has died. */
  private failed(jobId: string, reason: string): void {
    if (!this.jobs.has(jobId)) return
    this.queue.getJob(jobId).then(job => job?.data.error, () => undefined).then(error => {
      if (!this.end(jobId)) return
      if (error === undefined) this.reporter.report('failed', [numberOf(jobId), { message: reason }])
      else this.reporter.report('result', [numberOf(jobId), { error }])
    }, () => undefined)
  }

  private refuse(jobId: string, error: unknown): void {
    this.unsent.delete(jobId)
    if (this.end(jobId)) this.reporter.report('refused', [numberOf(jobId), portableError(error)])
  }

  /** Events are missed while there is no connection. So look at all jobs now and then, and let nobody wait for ever. */
  private lookForAll(): void {
    if (this.problem !== null) for (const jobId of this.unsent) this.refuse(jobId, this.problem)
    for (const jobId of this.jobs.keys()) {
      this.queue.getJob(jobId).then(job => {
        if (job === undefined || job.finishedOn === undefined) return
        if ((job.failedReason as string | undefined ?? '') === '') this.completed(jobId, job.returnvalue as string)
        else this.failed(jobId, job.failedReason)
      }, () => undefined)
    }
  }

  private end(jobId: string): boolean {
    const was = this.jobs.delete(jobId)
    setImmediate(() => { this.endIfOver() })
    return was
  }

  private endIfOver(): void {
    if (!this.isShutDown || this.jobs.size > 0) return
    this.isShutDown = false
    clearInterval(this.looking)
    const ended = (): void => {
      this.reporter.report('over')
      this.reporter.ended()
    }
    const closed = Promise.all([this.events.close(), this.producer.close(), this.queue.close()])
    Promise.race([closed, new Promise(resolve => { setTimeout(resolve, CLOSE_WITHIN) })]).then(ended, ended)
  }
}

function numberOf(jobId: string): number { return Number(jobId.slice(jobId.lastIndexOf('-') + 1)) }
