import { availableParallelism } from 'node:os'
import { checkedCount } from '../../base/checked.ts'
import { RuntimeError } from '../../base/errors.ts'
import { checkOptions } from '../../base/options.ts'
import type { ExecutorOptions } from './executor.ts'
import { RemoteExecutor } from './remote-executor.ts'

/** Runs functions in a pool of workers. */
abstract class PoolExecutor extends RemoteExecutor {
  /** @internal */
  protected constructor(private readonly $worker: 'thread' | 'process', private readonly $maxWorkers: number) {
    super('pool', { kind: $worker, maxWorkers: checkedCount('maxWorkers', $maxWorkers) }, false)
    if ($maxWorkers < 1) throw new RuntimeError('maxWorkers must be at least 1', { code: 'NO_WORKERS' })
  }

  /** @internal */
  protected override $died(message: string): string { return `the ${this.$worker} that ran this function has died: ${message}. The pool goes on with a new one` }

  /** @returns what it is, in words. */
  override toString(): string { return `<${this.constructor.name} maxWorkers=${this.$maxWorkers} jobs=${this.$count}>` }
}

/**
 * Runs functions in threads: `pool.submit(function, ...args)`. A thread has its own memory, so the function is sent as source, and
 * arguments and results are copied. It is Python's `ThreadPoolExecutor`.
 */
export class ThreadPoolExecutor extends PoolExecutor {
  /** @param options `maxWorkers` is the largest number of threads; by default, four more than the computer has cores. */
  constructor(options: ExecutorOptions = {}) { super('thread', workersOf(options, 'ThreadPoolExecutor', availableParallelism() + 4)) }
}

/** Runs functions in processes. A process that dies takes nothing else with it. It is Python's `ProcessPoolExecutor`. */
export class ProcessPoolExecutor extends PoolExecutor {
  /** @param options `maxWorkers` is the largest number of processes; by default, as many as the computer has cores. */
  constructor(options: ExecutorOptions = {}) { super('process', workersOf(options, 'ProcessPoolExecutor', availableParallelism())) }
}

function workersOf(options: ExecutorOptions, name: string, byDefault: number): number {
  checkOptions(options, { call: `new ${name}({ maxWorkers: 4 })`, names: ['maxWorkers'] })
  return options.maxWorkers ?? byDefault
}
