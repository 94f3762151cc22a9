import { randomUUID } from 'node:crypto'
import { describe } from '../../base/describe.ts'
import { ArgumentError } from '../../base/errors.ts'
import { checkedCount } from '../../base/checked.ts'
import { checkOptions } from '../../base/options.ts'
import { load } from '../load.ts'
import { RemoteExecutor } from './remote-executor.ts'

/** The address of Redis or Valkey, and who logs in there. */
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
  /** How often a function is tried, when it throws; once by default. */
  readonly attempts?: number
}

export const DEFAULT_QUEUE = 'yieldfrom'
export const DEFAULT_CONNECTION: RedisOptions = { host: '127.0.0.1', port: 6379 }

const BULLMQ = { call: "new BullMQExecutor({ queue: 'work' })", names: ['queue', 'connection', 'attempts'] }

/**
 * Runs functions on other machines, by BullMQ on Redis or Valkey: `executor.submit({ module: 'tasks', export: 'square' }, 3)`.
 * Start workers there with `npx yieldfrom worker tasks.js`. A job that is cancelled is removed from the queue. If it runs already,
 * it is stopped. The executor needs the packages bullmq and ioredis.
 */
export class BullMQExecutor extends RemoteExecutor {
  private readonly $queue: string

  /**
   * @param options.queue the name of the queue.
   * @param options.connection where Redis or Valkey is.
   * @param options.attempts how often a function is tried, when it throws.
   * @throws TypeError when an option is wrong; RuntimeError when BullMQ is not installed.
   */
  constructor(options: BullMQOptions = {}) {
    checkOptions(options, BULLMQ)
    const { queue = DEFAULT_QUEUE, connection = DEFAULT_CONNECTION, attempts = 1 } = options
    if (typeof queue !== 'string' || queue === '' || queue.includes(':')) {
      throw new ArgumentError(`the name of a queue must be text without a colon, not ${describe(queue)}`, 'BAD_QUEUE')
    }
    load('bullmq')
    super('queue', { queue, connection, attempts: checkedCount('attempts', attempts), sender: randomUUID() }, true)
    this.$queue = queue
  }

  /** @internal */
  protected override $died(message: string): string { return `the worker that ran this job has died, or has given it up: ${message}` }

  /** @returns what it is, in words. */
  override toString(): string { return `<BullMQExecutor queue=${this.$queue} jobs=${this.$count}>` }
}
