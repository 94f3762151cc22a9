import { availableParallelism } from 'node:os'
import { checkedCount } from '../../base/checked.ts'
import { RuntimeError } from '../../base/errors.ts'
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
  protected override $died(message: string): string { return `the ${this.$worker} that ran it has died: ${message}. The pool goes on with a new one` }

  override toString(): string { return `<${this.constructor.name} maxWorkers=${this.$maxWorkers} jobs=${this.$count}>` }
}

/**
 * Runs functions in threads (Python's `ThreadPoolExecutor`): `pool.submit(function, ...args)`. A thread has a memory of its own:
 * the function travels, and so do arguments and results.
 */
export class ThreadPoolExecutor extends PoolExecutor {
  /** @param options `maxWorkers`: how many threads at a time, at most; four more than there are processors by default. */
  constructor({ maxWorkers = availableParallelism() + 4 }: ExecutorOptions = {}) { super('thread', maxWorkers) }
}

/** Runs functions in processes (Python's `ProcessPoolExecutor`). One that dies takes nothing else with it. */
export class ProcessPoolExecutor extends PoolExecutor {
  /** @param options `maxWorkers`: how many processes at a time, at most; as many as there are processors by default. */
  constructor({ maxWorkers = availableParallelism() }: ExecutorOptions = {}) { super('process', maxWorkers) }
}
