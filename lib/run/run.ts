import type { Awaitable } from '../generator/types.ts'
import { Runner, type RunnerOptions } from './runner.ts'

/**
 * Run a program: `const result = run(main())`. A new loop runs until `main` is done, the caller being blocked; then what still
 * runs is cancelled, and the loop is closed (Python's `asyncio.run`).
 * @returns the result of `main`.
 * @throws what `main` throws; DeadlockError when nothing is left that could wake it; RuntimeError inside a running loop.
 */
export function run<T>(main: Awaitable<T>, options: RunnerOptions = {}): T {
  const runner = new Runner(options)
  try {
    return runner.run(main)
  } finally {
    runner.close()
  }
}
