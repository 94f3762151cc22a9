import { deserialize, serialize } from 'node:v8'
import type * as bullmq from 'bullmq'
import { load } from '../load.ts'
import type { Call } from './pools.ts'
import { type PortableError, portable } from './portable-error.ts'
import type { Maker, Teller, Thing } from './thing.ts'

/** Which queue, and where. */
export interface QueueOptions {
  readonly queue: string
  readonly connection: bullmq.ConnectionOptions
  /** How often a job is tried whose function throws. */
  readonly attempts: number
  /** Who submits: the numbers of jobs are its own. */
  readonly sender: string
}

/** What a job carries; a call is no JSON. */
export interface JobData {
  readonly call: string
  /** What its function threw. */
  readonly error?: PortableError
}

export function packed(value: unknown): string { return serialize(value).toString('base64') }

export function unpacked(text: string): unknown { return deserialize(Buffer.from(text, 'base64')) }

/** The event by which a job that runs is told to stop. */
export const STOP = 'stop'

/** For how long Redis keeps a job that is over, in seconds. */
const KEPT = 3_600
/** How often the queue looks whether it has missed an event, in milliseconds. */
const LOOK_EVERY = 5_000
/** How long connections may take to close, in milliseconds. A connection that never stood would take for ever. */
const CLOSED = 2_000
/** How often a command is tried again before it fails for want of a connection. */
const RETRIES = 3

/** Jobs for workers elsewhere. The program is told that a job has `started`, and its `result`; or that it `failed`, or was `refused`. */
export const makeQueue: Maker = (options: QueueOptions, teller) => new QueueThing(options, teller)

class QueueThing implements Thing {
  private readonly queue: bullmq.Queue<JobData>
  private readonly events: bullmq.QueueEvents
  private readonly producer: bullmq.QueueEventsProducer
  /** The jobs that are not over: each by a promise that it has been added. */
  private readonly jobs = new Map<string, Promise<bullmq.Job<JobData>>>()
  /** The jobs that are on their way to the queue. */
  private readonly unsent = new Set<string>()
  private readonly look: NodeJS.Timeout
  private problem: Error | null = null
  private isOver = false

  constructor(private readonly options: QueueOptions, private readonly teller: Teller) {
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
    this.events.on('active', ({ jobId }) => { if (this.jobs.has(jobId)) teller.tell('started', numberOf(jobId)) })
    this.events.on('completed', ({ jobId, returnvalue }: { jobId: string; returnvalue: unknown }) => { this.completed(jobId, String(returnvalue)) })
    this.events.on('failed', ({ jobId, failedReason }) => { this.failed(jobId, failedReason) })
    this.events.waitUntilReady().catch(failed)
    this.look = setInterval(() => { this.lookForAll() }, LOOK_EVERY)
  }

  do(verb: string, value: unknown): void {
    switch (verb) {
      case 'submit': this.submit(value as { readonly id: number; readonly call: Call }); break
      case 'cancel': this.cancel(value as number); break
      case 'shutdown':
        this.isOver = true
        this.endIfOver()
    }
  }

  private submit({ id, call }: { readonly id: number; readonly call: Call }): void {
    const jobId = `${this.options.sender}-${id}`
    const name = 'source' in call ? 'function' : call.name
    const added = this.queue.add(name, { call: packed(call) }, {
      jobId, attempts: this.options.attempts, removeOnComplete: { age: KEPT }, removeOnFail: { age: KEPT },
    })
    this.jobs.set(jobId, added)
    this.unsent.add(jobId)
    added.then(job => {
      this.problem = null
      this.unsent.delete(jobId)
      if (!this.jobs.has(jobId)) job.remove().catch(() => undefined) // the program has given it up meanwhile
    }, (error: unknown) => { this.refuse(jobId, this.problem ?? error) })
  }

  /** A job that waits is removed. A job that runs is told to stop. */
  private cancel(id: number): void {
    const jobId = `${this.options.sender}-${id}`
    this.jobs.get(jobId)?.then(job => job.remove().catch(() => this.producer.publishEvent({ eventName: STOP, jobId })))
      .catch(() => undefined).finally(() => { this.end(jobId) })
  }

  private completed(jobId: string, result: string): void {
    if (this.end(jobId)) this.teller.tell('result', [numberOf(jobId), { value: unpacked(result) }])
  }

  /** A job has failed. If its function has thrown, the job has the error; else its worker has died. */
  private failed(jobId: string, reason: string): void {
    if (!this.jobs.has(jobId)) return
    this.queue.getJob(jobId).then(job => job?.data.error, () => undefined).then(error => {
      if (!this.end(jobId)) return
      if (error === undefined) this.teller.tell('failed', [numberOf(jobId), { message: reason }])
      else this.teller.tell('result', [numberOf(jobId), { error }])
    }, () => undefined)
  }

  private refuse(jobId: string, error: unknown): void {
    this.unsent.delete(jobId)
    if (this.end(jobId)) this.teller.tell('refused', [numberOf(jobId), portable(error)])
  }

  /** While there is no connection, events are missed. Nobody may wait for ever because of that. */
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
    if (!this.isOver || this.jobs.size > 0) return
    this.isOver = false
    clearInterval(this.look)
    const ended = (): void => {
      this.teller.tell('over')
      this.teller.over()
    }
    const closed = Promise.all([this.events.close(), this.producer.close(), this.queue.close()])
    Promise.race([closed, new Promise(resolve => { setTimeout(resolve, CLOSED) })]).then(ended, ended)
  }
}

function numberOf(jobId: string): number { return Number(jobId.slice(jobId.lastIndexOf('-') + 1)) }
