import { randomUUID } from 'node:crypto'
import { describe } from '../../base/describe.ts'
import { ArgumentError } from '../../base/errors.ts'
import { checkedCount } from '../../base/checked.ts'
import { load } from '../load.ts'
import { RemoteExecutor } from './remote-executor.ts'

/** Where Redis or Valkey is. */
export interface RedisOptions {
  /** The name or the address of the server. */
  readonly host?: string
  /** Its port; 6379 is the usual one. */
  readonly port?: number
  /** The user, if the server asks for one. */
  readonly username?: string
  /** The password, if the server asks for one. */
  readonly password?: string
  /** The number of the database; 0 by default. */
  readonly db?: number
}

/** The options of `new BullMQExecutor()`. */
export interface BullMQOptions {
  /** The name of the queue; `'yieldfrom'` by default. */
  readonly queue?: string
  /** `127.0.0.1:6379` by default. */
  readonly connection?: RedisOptions
  /** How often a function is tried that throws; once by default. */
  readonly attempts?: number
}

/** The queue that is used when none is named. */
export const DEFAULT_QUEUE = 'yieldfrom'
export const DEFAULT_CONNECTION: RedisOptions = { host: '127.0.0.1', port: 6379 }

/**
 * Runs functions on other machines, by BullMQ on Redis or Valkey: `executor.submit({ module: 'tasks', export: 'square' }, 3)`.
 * Workers are started there by `npx yieldfrom worker tasks.js`. To cancel a job removes it, or stops it if it runs. Needs the
 * packages bullmq and ioredis.
 */
export class BullMQExecutor extends RemoteExecutor {
  private readonly $queue: string

  /** @throws RuntimeError when BullMQ is not installed. */
  constructor(options: BullMQOptions = {}) {
    const { queue = DEFAULT_QUEUE, connection = DEFAULT_CONNECTION, attempts = 1 } = options
    if (typeof queue !== 'string' || queue === '' || queue.includes(':')) {
      throw new ArgumentError(`the name of a queue is text without a colon, not ${describe(queue)}`, 'BAD_QUEUE')
    }
    load('bullmq')
    super('queue', { queue, connection, attempts: checkedCount('attempts', attempts), sender: randomUUID() }, true)
    this.$queue = queue
  }

  /** @internal */
  protected override $died(message: string): string { return `the worker that ran it has died, or gave it up: ${message}` }

  override toString(): string { return `<BullMQExecutor queue=${this.$queue} jobs=${this.$count}>` }
}
